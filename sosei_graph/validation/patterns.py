"""The queries of `sh:sparql` constraints, read as far as is needed to see which nodes they cannot find.

A SELECT for one focus node is a conjunction: its triple patterns have to match and its filters to hold, whatever
else it asks for. What is read here is that part. A query that uses anything else is no error: `read` gives None, or
the part is `Other`, and nothing is concluded from it.
"""

from dataclasses import dataclass, field
from functools import cached_property

from sosei_graph.validation.paths import Alternative, InTurn, Path, Repeated, Step
from sosei_graph.validation.targets import Term


@dataclass(frozen=True)
class Token:
    """A part of a query: what it is, and its text."""

    kind: str
    text: str


@dataclass(frozen=True)
class Variable:
    """A variable, by its name."""

    name: str


Operand = Variable | Term
THIS = Variable("this")


@dataclass(frozen=True)
class Triple:
    """A triple pattern; `path` is None for a variable in its place."""

    subject: Operand
    path: Path | None
    object: Operand
    predicate: str | None = None
    """The variable as it is written."""

    @cached_property
    def turned(self) -> Path | None:
        """The path from the object to the subject."""
        return None if self.path is None else reversed_path(self.path)


@dataclass(frozen=True)
class Filter:
    """A condition, as tokens."""

    tokens: tuple[Token, ...]

    def lists(self) -> bool:
        """Whether it is `(?variable IN (…))` with nothing but IRIs in the list."""
        texts = [token.text.upper() for token in self.tokens]
        if len(texts) < 7 or texts[0] != "(" or texts[2:4] != ["IN", "("] or texts[-2:] != [")", ")"]:
            return False
        inner = self.tokens[4:-2]
        return self.tokens[1].kind == "var" and all(
            token.kind == "iri" or token.text == "," for token in inner
        )


@dataclass(frozen=True)
class Exists:
    """FILTER EXISTS or FILTER NOT EXISTS."""

    group: "Group"
    wanted: bool


@dataclass(frozen=True)
class Maybe:
    """OPTIONAL."""

    group: "Group"


@dataclass(frozen=True)
class Other:
    """A part that nothing is concluded from: BIND, MINUS, or groups with or without UNION."""

    kind: str
    groups: tuple["Group", ...] = ()


@dataclass
class Group:
    """A group graph pattern, and every variable in it."""

    parts: list[Triple | Filter | Exists | Maybe | Other] = field(default_factory=list)
    variables: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Query:
    """What is known of a query: its WHERE, and the predicates it can ask for (None: any)."""

    where: Group
    predicates: frozenset[Term] | None


Part = Triple | Filter | Exists | Maybe | Other


def variables_of(part: Part) -> set[str]:
    """Every variable in a part of a query."""
    match part:
        case Triple():
            ends = {end.name for end in (part.subject, part.object) if isinstance(end, Variable)}
            return ends | ({part.predicate[1:]} if part.predicate else set())
        case Filter():
            return {token.text[1:] for token in part.tokens if token.kind == "var"}
        case Other():
            return {name for group in part.groups for name in _in_group(group)}
    return _in_group(part.group)


def _in_group(group: Group) -> set[str]:
    return group.variables.union(*(variables_of(part) for part in group.parts))


def is_the_same_for_all(group: Group, level: str = "top") -> bool:
    """Whether a query says of all focus nodes in a VALUES block what it says of each that is put in its place.

    A group is worked out before it meets what stands around it, so `$this` is not bound there but by a triple
    pattern; the conditions of an OPTIONAL meet it before. SHACL has no MINUS (section 5.2.1).
    """
    for part in group.parts:
        if isinstance(part, Triple):
            continue
        if isinstance(part, Other) and part.kind == "minus":
            return False
        binds = isinstance(part, Other) and part.kind == "bind"
        if level == "nested" or (binds and level != "top"):
            if THIS.name in variables_of(part):
                return False
        elif isinstance(part, Exists | Maybe):
            inner = "inner" if level == "top" or isinstance(part, Exists) else "nested"
            if not is_the_same_for_all(part.group, inner):
                return False
        elif isinstance(part, Other) and not all(
            is_the_same_for_all(each, "nested") for each in part.groups if not binds
        ):
            return False
    return True


def reversed_path(path: Path) -> Path:
    """The path from its end to its start."""
    match path:
        case Step():
            return path.turned()
        case Alternative():
            return Alternative([reversed_path(part) for part in path.parts])
        case InTurn():
            return InTurn([reversed_path(part) for part in reversed(path.parts)])
        case Repeated():
            return Repeated(reversed_path(path.parts[0]), path.mark)
    raise TypeError(type(path).__name__)


def names_its_predicates(group: Group) -> bool:
    """Whether every predicate that the group asks for is named in the query."""
    listed = {part.tokens[1].text for part in group.parts if isinstance(part, Filter) and part.lists()}
    for part in group.parts:
        match part:
            case Triple(path=None):
                if part.predicate is None or part.predicate not in listed:
                    return False
            case Filter():
                if any(token.text == "{" for token in part.tokens):
                    return False
            case Exists() | Maybe():
                if not names_its_predicates(part.group):
                    return False
            case Other():
                if not all(names_its_predicates(each) for each in part.groups):
                    return False
    return True
