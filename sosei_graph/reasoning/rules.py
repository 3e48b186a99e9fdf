"""The CONSTRUCT rules of a workspace, and what a rule can read and make: whether a change is any concern of it.

That is read off the rule's text; in doubt a rule reads, or makes, everything. A statement concerns a rule by its
property; one with `rdf:type` by its class, and by `rdf:type` itself where the rule does not say which class it wants.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.integrity import read_text
from sosei_graph.languages import Text
from sosei_graph.reasoning.axioms import TYPE, Axioms, Names
from sosei_graph.store.memory import Store
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace

# Tokens of SPARQL 1.1 (section 19.8), roughly: a text with a backslash is not looked into.
_TOKEN = re.compile(
    r"""
      \#[^\r\n]* | \s+
    | (?P<string>\"{3}(?:\"{0,2}[^"])*\"{3} | '{3}(?:'{0,2}[^'])*'{3} | "[^"\r\n]*" | '[^'\r\n]*')
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.\-]*:(?:[\w.:\-%]*[\w:\-%])?)
    | (?P<word>[\w@]+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
#: Kind and text.
_Token = tuple[str, str]
_TERMS = {"iri", "variable", "name"}
_NOTHING: _Token = ("mark", "")
#: What a name does not show: other IRIs than those written, other graphs, values that are none.
_DOUBTFUL = {"BASE", "FROM", "SERVICE", "UNDEF"}


@dataclass(frozen=True)
class Rule:
    """A rule's text, and how messages name its file."""

    text: str
    shown: str

    @cached_property
    def reads(self) -> Names | None:
        """The properties and classes of the statements that it looks at; None if it may be any."""
        return self._named(self._parts[1])

    @cached_property
    def makes(self) -> Names | None:
        """Those of the statements that it makes, and perhaps more, but for `rdf:type`; None if it may be any."""
        names = self._named(self._parts[0])
        return None if _has_open_class(self._parts[0]) else names and names - {TYPE}

    @cached_property
    def makes_types(self) -> bool:
        """Whether it gives things classes."""
        names = self._named(self._parts[0])
        return names is None or TYPE in names or ("word", "a") in self._parts[0]

    @cached_property
    def _tokens(self) -> list[_Token]:
        found = ((match.lastgroup, match[0]) for match in _TOKEN.finditer(self.text))
        return [(kind, text) for kind, text in found if kind]

    @cached_property
    def _parts(self) -> tuple[list[_Token], list[_Token]]:
        """The template and the pattern; `CONSTRUCT WHERE` has one for both."""
        words = [text.upper() for _, text in self._tokens]
        start = words.index("CONSTRUCT") + 1
        if words[start] != "{":
            return self._tokens[start:], self._tokens[start:]
        end = start + words[start:].index("}") + 1
        return self._tokens[start:end], self._tokens[end:]

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        texts = [text for _, text in self._tokens]
        triples = zip(texts, texts[1:], texts[2:], strict=False)
        return PREFIXES | {name[:-1]: iri[1:-1] for word, name, iri in triples if word.upper() == "PREFIX"}

    def _named(self, tokens: Sequence[_Token]) -> Names | None:
        words = {text.upper() for kind, text in self._tokens if kind == "word"}
        if words & _DOUBTFUL or "\\" in self.text or "<<" in self.text or _has_open_property(tokens):
            return None
        names = {TYPE} if _has_open_class(tokens) else set()
        for kind, text in tokens:
            prefix, _, local = text.partition(":")
            if kind == "iri":
                names.add(ox.NamedNode(text[1:-1]))
            elif kind == "name" and prefix != "_":
                names.add(ox.NamedNode(self._prefixes.get(prefix, f"{prefix}:") + local))
        return frozenset(names)


@dataclass(frozen=True)
class Reach:
    """A rule with what it reads and makes, and with what follows by the axioms from what it makes."""

    rule: Rule
    reads: Names
    makes: Names
    far: Names

    @classmethod
    def of(cls, rule: Rule, axioms: Axioms) -> "Reach | None":
        """None for a rule that may read or make anything."""
        if rule.reads is None or rule.makes is None:
            return None
        far = axioms.reach(rule.makes)
        return cls(rule, rule.reads, rule.makes, far | {TYPE} if rule.makes_types else far)

    def is_bound_to(self, other: "Reach") -> bool:
        """Whether one cannot be worked out again without the other: they make the same, or one reads the other's."""
        return bool(self.makes & other.makes or self.far & other.reads or other.far & self.reads)


def concerned(rules: Sequence[Reach], names: Names) -> tuple[list[Reach], list[Reach]]:
    """The rules whose results may be others now that statements of these names have come or gone.

    First those that have to do with nobody's results, their own included, then those that are bound to some.
    """
    found = {each for each in rules if (each.reads | each.makes) & names}
    while more := {
        each for each in rules for other in found if each not in found and each.is_bound_to(other)
    }:
        found |= more
    bound = {each for each in found if each.far & each.reads or any(map(each.is_bound_to, found - {each}))}
    return [each for each in rules if each in found - bound], [each for each in rules if each in bound]


def made_by(rule: Rule, store: Store, done: set[ox.Triple] | None = None) -> list[ox.Triple]:
    """What the rule makes of the store as it is, besides what is `done`, which is added to."""
    found = [triple for triple in set(store.construct(rule.text)) if not done or triple not in done]
    if done is not None:
        done.update(found)
    terms = {term for triple in found for term in (triple.subject, triple.object)}
    if any(isinstance(term, ox.BlankNode) and _is_new(term, store) for term in terms):
        raise SoseiError(
            Text("規則は空白ノードを作れません", "a rule cannot make blank nodes"),
            where=rule.shown,
            hint=Text("推論のたびに別のものができます", "each time it would make others"),
        )
    return found


def _is_new(node: ox.BlankNode, store: Store) -> bool:
    find = store.ox.quads_for_pattern
    return all(next(quads, None) is None for quads in (find(node, None, None), find(None, None, node)))


def rules_of(workspace: Workspace) -> list[Rule]:
    """The workspace's rules, each tried on nothing, so that a broken one is an error of its file."""
    rules = []
    nothing = Store(workspace)
    for path in workspace.rules():
        shown = workspace.short(path)
        text = read_text(path, shown)
        try:
            nothing.construct(text)
        except (SyntaxError, TypeError) as error:
            raise SoseiError(
                Text(
                    f"規則を読めません: {error}", f"the rule cannot be read: {' '.join(str(error).split())}"
                ),
                where=shown,
                hint=Text("CONSTRUCT の問い合わせにしてください", "it has to be a CONSTRUCT query"),
            ) from error
        rules.append(Rule(text, shown))
    return rules


def _has_open_property(tokens: Sequence[_Token]) -> bool:
    """Whether a property may be any: a variable in its place, all but some, or a way that may have no steps at all."""
    padded = [_NOTHING, _NOTHING, _NOTHING, *tokens, _NOTHING]
    return any(_is_open(*padded[place : place + 5]) for place in range(len(tokens)))


def _is_open(third: _Token, second: _Token, before: _Token, token: _Token, after: _Token) -> bool:
    kind, text = token
    starts = before[1] in {";", "["}
    follows_term = before[0] in _TERMS or before[1] in {"]", ")"}
    if kind == "variable":
        return starts or (follows_term and _begins_term(*after))
    if text == "!":
        return starts or follows_term
    # In `a/b*` there is a step before those that may be none.
    stepped = second[1] == "/" and third[0] != "mark" and before[1] != ")"
    return text in {"*", "?"} and (before[0] in {"iri", "name"} or before[1] in {")", "a"}) and not stepped


def _begins_term(kind: str, text: str) -> bool:
    number = kind == "word" and (text[0].isdigit() or text in {"true", "false"})
    return number or kind in {*_TERMS, "string"} or text in {"[", "(", "+", "-"}


def _has_open_class(tokens: Sequence[_Token]) -> bool:
    """Whether the class of an `a` may be any: no name, nor a variable that has names only by the VALUES beside it."""
    listed = {
        (block, tokens[place + 1][1]) for place, block, text in _in_blocks(tokens) if text.upper() == "VALUES"
    }
    for place, block, text in _in_blocks(tokens):
        if text != "a" or tokens[place][0] != "word":
            continue
        for kind, each in tokens[place + 1 :]:
            if each in {";", ".", "}", "{", "]"}:
                break
            if not (kind in {"iri", "name"} or each == "," or (block, each) in listed):
                return True
    return False


def _in_blocks(tokens: Sequence[_Token]) -> Iterator[tuple[int, int, str]]:
    """Each token's place, the innermost block in braces that it stands in, and its text."""
    blocks, count = [0], 0
    for place, (_, text) in enumerate(tokens):
        if text == "{":
            count += 1
            blocks.append(count)
        elif text == "}":
            blocks.pop()
        yield place, blocks[-1] if blocks else 0, text
