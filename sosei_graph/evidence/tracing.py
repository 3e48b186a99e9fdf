"""`trace`: re-reads every span of evidence in the sources and checks that the facts stand there."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.errors import SoseiError
from sosei_graph.evidence.report import Failure, SpanResult, TraceReport
from sosei_graph.evidence.sources import Source, digest, read_source
from sosei_graph.evidence.standing import figure_stands, mark_stands, pieces_stand, text_stands
from sosei_graph.languages import Text
from sosei_graph.names import compact
from sosei_graph.store.memory import Store
from sosei_graph.validation.figures import number_agrees, number_of
from sosei_graph.vocab import NS, PREFIXES

_CHAR = re.compile(r"(.*)#char=([0-9]+),([0-9]+)")
_NOTATION = PREFIXES["skos"] + "notation"
#: What has to stand in a span: the property, how it is looked for, its name in a message.
_STATED = (
    (f"{NS}statedName", text_stands, Text("名称", "name")),
    (f"{NS}statedValue", figure_stands, Text("値", "value")),
    (f"{NS}statedUnit", text_stands, Text("単位", "unit")),
    (f"{NS}statedPeriod", text_stands, Text("時期", "period")),
    (f"{NS}signatoryName", text_stands, Text("記名者の氏名", "name of the signatory")),
    (f"{NS}signatoryTitle", text_stands, Text("記名者の職名", "title of the signatory")),
    (f"{NS}signatoryAddress", text_stands, Text("記名団体の所在地", "address of the signatory")),
    (_NOTATION, mark_stands, Text("記号", "mark")),
)
_SHOWN = 160


def trace(store: Store, sources: Path, thing: str | None = None) -> TraceReport:
    """Re-reads the evidence of everything, or of one thing and what its IRI contains, in `sources`.

    Checked are each document's SHA-256, each span with its digest, that what a node says was printed (name,
    value, period, mark, signatory) stands in one of its spans, a figure with its sign, that a number is what was
    printed, and that what says so has evidence.
    A missing folder or file is a `SoseiError`; a file that has changed is a failure, and its spans are read all
    the same, so that those that changed are told.
    """
    if not sources.is_dir():
        message = Text("原文のフォルダーがありません", "there is no such folder of sources")
        raise SoseiError(message, where=str(sources))
    facts = _Facts(store)
    nodes, chosen = facts.scope(thing)
    if not chosen and not nodes:
        raise SoseiError(
            Text("根拠が記録されていません", "no evidence is recorded"),
            where=compact(thing, store.workspace.base) if thing else "",
            hint=Text("sosei:evidence で根拠を加えてください", "add it with sosei:evidence"),
        )
    run = _Trace(facts, sources, store.workspace.base)
    run.read_documents({facts.document_of(iri) for iri in chosen} | (set() if thing else set(facts.sha256)))
    for iri in sorted(chosen, key=_place):
        run.read_span(iri)
    for node in sorted(nodes):
        run.check_node(node)
    return run.report()


def _place(iri: str) -> tuple[str, int, int]:
    found = _CHAR.fullmatch(iri)
    return (found[1], int(found[2]), int(found[3])) if found else (iri, 0, 0)


class _Facts:
    """What the graph says of evidence and of the things that have it: IRI → values, sorted."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.spans = self.values(f"{NS}evidence")
        self.source = self.values(PREFIXES["oa"] + "hasSource")
        self.selector = self.values(PREFIXES["oa"] + "hasSelector")
        self.fragment = self.values(PREFIXES["rdf"] + "value")
        self.digest = self.values(f"{NS}digest")
        self.file_name = self.values(f"{NS}fileName")
        self.sha256 = self.values(f"{NS}sha256")
        self.numbers = self.values(f"{NS}numericValue")
        self.stated = {name: self.values(name) for name, _, _ in _STATED}
        self.bare = {
            node
            for name, values in self.stated.items()
            if name != _NOTATION  # units and themes have one, too
            for node in values
            if node not in self.spans
        }
        self.nodes: dict[str, list[str]] = defaultdict(list)
        for node, spans in sorted(self.spans.items()):
            for iri in spans:
                self.nodes[iri].append(node)

    def values(self, predicate: str) -> dict[str, list[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.store.ox.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                found[quad.subject.value].add(quad.object.value)
        return {subject: sorted(values) for subject, values in found.items()}

    def scope(self, thing: str | None) -> tuple[set[str], set[str]]:
        """The nodes to check and the evidence to read."""
        if thing is None:
            rdf_type, evidence = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(f"{NS}Evidence")
            typed = self.store.ox.quads_for_pattern(None, rdf_type, evidence)
            declared = {quad.subject.value for quad in typed if isinstance(quad.subject, ox.NamedNode)}
            return set(self.spans) | self.bare, declared | set(self.nodes)
        if thing in self.source:
            chosen = {thing}
        else:
            chosen = {
                iri for iri, documents in self.source.items() if thing in documents and iri in self.digest
            }
        inside = {node for node in {*self.spans, *self.bare} if node == thing or node.startswith(f"{thing}/")}
        if thing in self.file_name:
            inside |= {node for node in self.bare if self.home(node) == thing}
        nodes = inside | {node for iri in chosen for node in self.nodes.get(iri, [])}
        return nodes, chosen | {iri for node in nodes for iri in self.spans.get(node, [])}

    def document_of(self, iri: str) -> str:
        sources = self.source.get(iri)
        return sources[0] if sources else iri.partition("#")[0]

    def home(self, node: str) -> str:
        """The document in whose file a node without evidence is described; nothing where that is not one."""
        found = set()
        for quad in self.store.ox.quads_for_pattern(ox.NamedNode(node), None, None):
            name = ox.NamedNode(f"{NS}fileName")
            named = self.store.ox.quads_for_pattern(None, name, None, quad.graph_name)
            found |= {each.subject.value for each in named if isinstance(each.subject, ox.NamedNode)}
        return found.pop() if len(found) == 1 else ""

    def is_described(self, iri: str) -> bool:
        """Whether the graph says anything of a span beside that things were read from it."""
        inferred = ox.NamedNode(self.store.workspace.inferred_graph)  # there every span has its class
        quads = self.store.ox.quads_for_pattern(ox.NamedNode(iri), None, None)
        return any(quad.graph_name != inferred for quad in quads)


class _Trace:
    """One run: what was read so far and what did not hold."""

    def __init__(self, facts: _Facts, sources: Path, base: str) -> None:
        self.facts = facts
        self.folder = sources
        self.base = base
        self.documents: dict[str, Source | None] = {}
        self.texts: dict[str, str] = {}
        self.there: dict[str, str] = {}
        self.read: list[str] = []
        self.failures: list[Failure] = []
        self.spoiled: set[str] = set()
        self.statements = 0

    def report(self) -> TraceReport:
        results = []
        for iri in self.read:
            _, start, end = _place(iri)
            things = tuple(self.facts.nodes.get(iri, ()))
            ok = iri in self.texts and iri not in self.spoiled
            document = self.facts.document_of(iri)
            results.append(SpanResult(iri, document, start, end, self.there.get(iri, ""), things, ok))
        return TraceReport(
            tuple(results), tuple(self.failures), tuple(sorted(self.documents)), self.statements
        )

    def fail(self, thing: str, message: Text, evidence: Iterable[str] = (), document: str = "") -> None:
        """Notes a failure of a node, a span or a document, with what stands in the spans."""
        spans = tuple(evidence)
        self.spoiled.update(spans)
        found = _short(" … ".join(self.there[iri] for iri in spans if iri in self.there))
        nodes = tuple(self.facts.nodes.get(thing, ())) if thing in spans else (thing,)
        self.failures.append(Failure(thing, spans, message, found, nodes, document))

    def read_documents(self, documents: Iterable[str]) -> None:
        """Reads the files of the documents; those that are missing are told together."""
        missing = []
        for document in sorted(documents):
            name = next(iter(self.facts.file_name.get(document, [])), "")
            # The name of a file and nothing else: data must not lead out of the folder.
            if not name or Path(name).name != name:
                self.documents[document] = None
                message = Text(
                    "文書に原文のファイル名がありません", "the document has no file name of a source"
                )
                self.fail(document, message)
            elif not (self.folder / name).is_file():
                missing.append(name)
            else:
                self.documents[document] = self._compared(document, read_source(self.folder / name))
        if missing:
            listed = ", ".join(missing)
            raise SoseiError(
                Text(f"原文ファイルがありません: {listed}", f"source files are missing: {listed}"),
                where=str(self.folder),
                hint=Text("--sources で原文のフォルダーを指定してください", "give their folder as --sources"),
            )

    def _compared(self, document: str, source: Source) -> Source:
        """Tells when a file is not the one recorded; its spans are read nevertheless."""
        recorded = next(iter(self.facts.sha256.get(document, [])), "")
        if recorded != source.sha256:
            name, was, now = source.path.name, recorded[:12] or "?", source.sha256[:12]
            self.fail(
                document,
                Text(
                    f"原文ファイル {name} が記録と違います（記録 {was}…、ファイル {now}…）",
                    f"the source file {name} is not the one recorded (recorded {was}…, file {now}…)",
                ),
            )
        return source

    def read_span(self, iri: str) -> None:
        """Reads one span where its document can be read."""
        self.read.append(iri)
        source = self.documents.get(self.facts.document_of(iri))
        if source is None:
            return  # told once, at the document
        _, start, end = _place(iri)
        if start < end <= len(source.text):
            self.there[iri] = source.text[start:end]
        if message := self._fault(iri, source):
            self.fail(iri, message, [iri])
        else:
            self.texts[iri] = self.there[iri]

    def _fault(self, iri: str, source: Source) -> Text | None:
        """What is wrong with a span and with what is said of it."""
        document, start, end = _place(iri)
        if not self.facts.is_described(iri):
            return Text(
                "この箇所の記述（sosei:Evidence）がありません。sosei cite で書いてください",
                "nothing describes this evidence (sosei:Evidence): write it with sosei cite",
            )
        selectors = self.facts.selector.get(iri, [])
        fragments = [each for name in selectors for each in self.facts.fragment.get(name, [])]
        if self.facts.source.get(iri) != [document] or fragments != [f"char={start},{end}"]:
            return Text(
                "出典か位置の指定が IRI と違います", "its source or selector is not what its IRI says"
            )
        if iri not in self.there:
            length = len(source.text)
            return Text(
                f"位置が原文の外です（全{length}字）",
                f"the span is not inside the text of {length} characters",
            )
        recorded = self.facts.digest.get(iri)
        if not recorded:
            return Text("箇所のハッシュ値（sosei:digest）がありません", "it has no digest (sosei:digest)")
        if recorded != [digest(self.there[iri])]:
            return Text("記録された文字列と違います", "the text there is not the one recorded")
        return None

    def check_node(self, node: str) -> None:
        """Looks for what the node says was printed in its spans, where all of them could be read."""
        if node in self.facts.bare:
            message = Text(
                "文書の記載なのに根拠がありません。sosei:evidence で箇所を指してください",
                "it says what was printed but has no evidence: point to the place with sosei:evidence",
            )
            self.fail(node, message, document=self.facts.home(node))
            return
        spans = self.facts.spans[node]
        if not all(iri in self.texts for iri in spans):
            return
        absent: set[str] = set()
        for predicate, stands, name in _STATED:
            for stated in self.facts.stated[predicate].get(node, []):
                self.statements += 1
                in_pieces = stands is text_stands and pieces_stand(stated, self._in_order(spans))
                if not in_pieces and not any(stands(stated, self.texts[iri]) for iri in spans):
                    absent.add(stated)
                    message = Text(
                        f"{name.ja}「{stated}」が根拠箇所にありません",
                        f"the {name.en} “{stated}” is not there",
                    )
                    self.fail(node, message, spans)
        printed = self.facts.stated[f"{NS}statedValue"].get(node, [])
        if absent.isdisjoint(printed):  # else the number is at fault only because the print is
            self._check_numbers(node, printed)

    def _in_order(self, spans: Iterable[str]) -> list[str]:
        """What stands in spans, in the order of the text."""
        return [self.texts[iri] for iri in sorted(spans, key=_place)]

    def _check_numbers(self, node: str, printed: list[str]) -> None:
        apart = min(self.facts.stated[f"{NS}statedUnit"].get(node, []), default="")
        for lexical in self.facts.numbers.get(node, []):
            number = number_of(lexical)
            if (
                number is None
                or not printed
                or any(number_agrees(number, stated, apart) for stated in printed)
            ):
                continue
            message = Text(
                f"数値 {lexical} が記載「{printed[0]}」と合いません",
                f"the number {lexical} is not what “{printed[0]}” says",
            )
            self.fail(node, message, self.facts.spans[node])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
