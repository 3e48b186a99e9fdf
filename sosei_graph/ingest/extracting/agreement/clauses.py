"""Items that are clauses and no rows: `(1)` > `a` > `(a) 取組内容`, `(b) 役割分担` > `i 甲の役割`, `ii 乙の役割`.

Marks nest the clauses; a clause whose head is 取組内容 or …の役割 is a part of the item over it. The same heads without
marks, in brackets or on lines of their own, are read where they follow each other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sosei_graph.ingest.extracting.agreement import remarks
from sosei_graph.ingest.extracting.agreement.entries import Entry, Heading, RawRole
from sosei_graph.ingest.extracting.agreement.joint import split_roles
from sosei_graph.ingest.extracting.agreement.labels import Label, read_label, split_label
from sosei_graph.ingest.extracting.agreement.lists import texts_to_nest
from sosei_graph.ingest.extracting.agreement.parties import Parties
from sosei_graph.ingest.extracting.agreement.rows import Annex
from sosei_graph.ingest.extracting.headings import Mark, Section, outline
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold

_LONGEST_NAME = 60
_WIDE_GAP = re.compile(r"\s{2,}|\t")
_PARTY_FIRST = re.compile(r"(?P<who>[^\s:：はがのを、。]{1,20})(?:[:：]\s*|\s+|$)")
#: The heading of the article on items and roles, which is none of a field.
_CAPTION = re.compile(r"役割分担\)?$|^\(?連携する(?:具体的な)?取組\)?$|^別表")


@dataclass
class Part:
    """A labelled part of an item with its words, up to the next label or heading."""

    label: Label
    lines: list[Wording] = field(default_factory=list)


@dataclass
class ClauseReader:
    """Reads the sections of lines in the order of the document."""

    lines: Sequence[Wording]
    parties: Parties
    source: Source
    annex: Annex
    captions: Mapping[int, Wording] = field(default_factory=dict)
    """The headings of articles （救急医療の確保）, by where the articles begin."""
    over: list[Heading] = field(default_factory=list)

    @cached_property
    def root(self) -> Section:
        """The sections of the lines."""
        return outline(texts_to_nest(self.lines, self._read))

    def read(self) -> None:
        """Adds the items of all clauses to the annex."""
        for section in self.root.walk():
            if section.mark is None or (not self._label(section) and not self._inside_label(section)):
                self._read_item(section)

    def _words(self, section: Section) -> Wording:
        """The line of a section without its mark."""
        assert section.line is not None  # noqa: S101
        assert section.mark is not None  # noqa: S101
        return self.lines[section.line].cut(section.mark.rest)

    def _label(self, section: Section) -> tuple[Label, Wording] | None:
        return self._read(self._words(section)) if section.mark else None

    def _read(self, words: Wording) -> tuple[Label, Wording] | None:
        """The label that words begin with, if it is a content, a role of a known party, or all roles."""
        found = split_label(words)
        if found is None or (found[0].kind == "role" and not self.parties.named(found[0].who)):
            return None
        return found

    def _inside_label(self, section: Section) -> bool:
        return any(self._label(each) for each in section.above())

    def _read_item(self, section: Section) -> None:
        """The item that a section is, if it has labelled parts."""
        self.over = list[Heading]()
        parts = [*self._own_parts(section), *self._marked_parts(section)]
        if parts and section.mark is not None and self._is_row(section):
            lines = [self._words(section), *(line for part in parts for line in part.lines)]
            self.annex.unread.append(self.source.unread(lines, remarks.COLUMNS_UNREAD))
            return
        groups = _grouped(parts)
        for group in groups:
            if not any(part.label.kind == "role" for part in group.parts):
                words = [line for part in group.parts for line in part.lines]
                if words:
                    self.annex.unread.append(self.source.unread(words, remarks.NO_ROLES))
                if not words or section.mark is None or section.mark.style == "第条":
                    continue
            entry = self._entry(section, group)
            if not entry.content and len(groups) == 1:
                entry.content = self._unlabelled(section)
            self.annex.entries.append(entry)

    def _is_row(self, section: Section) -> bool:
        """Whether the line of a section is the row of a table: a label stands beside its name."""
        pieces = _WIDE_GAP.split(self._words(section).text)[1:]
        return any(read_label(fold(piece)) is not None for piece in pieces)

    def _unlabelled(self, section: Section) -> Wording:
        """The sentences below the heading of an item, before its roles, that have no label."""
        lines = list[Wording]()
        for at in section.own:
            if self._read(self.lines[at]):
                break
            lines.append(self.lines[at])
        words = join(lines)
        return words if "。" in words.text else Wording()

    def _marked_parts(self, section: Section) -> list[Part]:
        """The labelled clauses right below a section, or below its clause 役割分担."""
        parts = list[Part]()
        for each in section.parts:
            found = self._label(each)
            if found is None:
                continue
            if found[0].kind == "roles":
                inner = [*self._own_parts(each), *self._marked_parts(each)]
                parts += inner or self._named_parts(each, found[1])
            elif found[0].kind in ("content", "role"):
                parts.append(Part(found[0], [found[1], *self._below(each)]))
        return parts

    def _named_parts(self, section: Section, rest: Wording) -> list[Part]:
        """The parts of a clause 役割分担 that begin with the party alone (`a 甲　…`, `甲は、…`)."""
        parts = list[Part]()
        for each in section.parts:
            found = _PARTY_FIRST.match(self._words(each).text)
            if found is None or not self.parties.named(found["who"]):
                parts = []
                break
            words = self._words(each).cut(found.end())
            parts.append(Part(Label("role", found["who"]), [words, *self._below(each)]))
        if parts:
            return parts
        return self._parted(Part(Label("roles"), [rest, *self._below(section)]))

    def _parted(self, part: Part) -> list[Part]:
        """A part with the roles of all parties as one part for each; any other as it is."""
        if part.label.kind != "roles":
            return [part]
        words = join(part.lines)
        roles = split_roles(words, self.parties)
        if not roles and words:
            self.annex.unread.append(self.source.unread([words], remarks.ROLE_UNREAD))
        called = [
            ("、".join(party.alias or party.names[0] for party in role.parties), role.words) for role in roles
        ]
        return [Part(Label("role", who), [words]) for who, words in called]

    def _below(self, section: Section) -> list[Wording]:
        """All lines below the line of a section."""
        lines = [self.lines[at] for at in section.own]
        for part in section.parts:
            assert part.line is not None  # noqa: S101
            lines += [self.lines[part.line], *self._below(part)]
        return lines

    def _own_parts(self, section: Section) -> list[Part]:
        """The parts whose labels stand without marks in the lines of a section, and names between them."""
        parts = list[Part]()
        before = list[Wording]()
        for at in section.own:
            line = self.lines[at]
            found = self._read(line)
            if found is None:
                (parts[-1].lines if parts else before).append(line)
                continue
            label, rest = found
            if label.kind == "content":
                above = parts[-1].lines if parts else before
                names = _names_at_end(above, after_text=bool(parts))
                if names:
                    parts.append(Part(Label("name"), names))
            if label.kind != "roles" or rest:
                parts.append(Part(label, [rest] if rest else []))
        parts = [each for part in parts for each in self._parted(part)]
        if parts and section.mark is not None:
            last = parts[-1]
            for each in section.parts:
                if self._label(each) is None and self._is_text(each):
                    last.lines += [self.lines[each.line or 0], *self._below(each)]
        return parts

    def _is_text(self, section: Section) -> bool:
        return "。" in self._words(section).text

    def _entry(self, section: Section, group: "Group") -> Entry:
        path = [self.heading(each) for each in (*section.above(), section) if each.mark is not None]
        path = [each for each in path if each.name]
        caption = self.captions.get(self.lines[section.line].start) if section.line is not None else None
        if caption is not None and not _CAPTION.search(caption.folded):
            path.append(Heading(caption.cut(1, len(caption) - 1)))
        names = [Heading(name) for name in group.names]
        whole = path
        if names:
            self.over = names[:-1] if len(names) > 1 or not self.over else self.over
            whole = [*path, *self.over, names[-1]]
        own = whole[-1] if whole else Heading(Wording())
        entry = Entry(tuple(whole[:-1]), own.name, own.mark)
        if names:
            entry.remarks.append(remarks.UNMARKED_NAME)
            entry.confidence = 0.7
        for part in group.parts:
            words = join(part.lines)
            if part.label.kind == "content":
                entry.content = words
            elif part.label.kind == "role" and words:
                named = self.parties.named(part.label.who)
                entry.roles.append(RawRole(named, words, shared=len(named) > 1, known=self.parties.known))
        return entry

    def heading(self, section: Section, up_to: int | None = None) -> Heading:
        """A section as a heading; an article by its number only, an annex by the title it has.

        `up_to` is the last line that can be part of it, where a table follows.
        """
        mark = section.mark
        assert mark is not None  # noqa: S101
        assert section.line is not None  # noqa: S101
        name = join([self._words(section), *self._rest_of_name(section, up_to)])
        return heading_words(self.lines[section.line].cut(0, mark.rest), name, mark)

    def _rest_of_name(self, section: Section, up_to: int | None) -> list[Wording]:
        """The lines on which the name of a section goes on: those before its first part, if they are no sentences."""
        own = [self.lines[at] for at in section.own if up_to is None or at <= up_to]
        short = len(self._words(section).folded) + sum(len(line.folded) for line in own) <= _LONGEST_NAME
        plain = all("。" not in line.text and self._read(line) is None for line in own)
        return own if own and short and plain and (section.parts or up_to is not None) else []


def heading_words(printed: Wording, name: Wording, mark: Mark) -> Heading:
    """A heading of a section; what stands in brackets after 別表第１ is its article and no name."""
    if mark.style in ("別表", "別紙", "別記", "第条"):
        text = name.folded
        if mark.style == "第条" or (text.startswith("(第") and text.endswith(")")):
            return Heading(Wording(), printed, mark)
        if text.startswith("(第") and ")" in text:
            name = name.cut_folded(text.index(")") + 1, len(text))
    return Heading(name, printed, mark)


@dataclass
class Group:
    """The parts of one item, and the names without marks that stand before them."""

    parts: list[Part] = field(default_factory=list)
    names: list[Wording] = field(default_factory=list)


def _grouped(parts: Sequence[Part]) -> list[Group]:
    """The parts by item: each content begins a new one, and so does the second role of a party."""
    groups = list[Group]()
    for part in parts:
        if part.label.kind == "name":
            groups.append(Group([], list(part.lines)))
            continue
        current = groups[-1] if groups else None
        repeated = current is not None and any(each.label == part.label for each in current.parts)
        if current is None or repeated or (part.label.kind == "content" and current.parts):
            current = Group()
            groups.append(current)
        current.parts.append(part)
    return [group for group in groups if group.parts]


def _names_at_end(lines: list[Wording], *, after_text: bool) -> list[Wording]:
    """Takes the headings without marks from the end of lines: short, no sentences, after the end of one."""
    names = list[Wording]()
    while lines and len(names) < 3 and "。" not in lines[-1].text and len(lines[-1].folded) <= 40:
        if _CAPTION.search(lines[-1].folded):
            break
        names.insert(0, lines.pop())
    if after_text and (not lines or not lines[-1].text.endswith(("。", ")", "）"))):
        lines += names
        return []
    return names
