"""Accepting: a draft that nothing is wrong with any more becomes data of the workspace.

What was reviewed before stays as it is: of a document with a graph in `data/`, only what that does not say is added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.evidence.sources import read_source
from sosei_graph.ingest.facts import CONFIDENCE, LABEL, REMARK, TYPE
from sosei_graph.ingest.jobs import checked_slug
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import Thing, View
from sosei_graph.ingest.proving import Candidate, check_evidence, checked
from sosei_graph.ingest.writing import final_text, is_draft
from sosei_graph.integrity import TurtleFile, read
from sosei_graph.languages import Text
from sosei_graph.store.memory import Store
from sosei_graph.turtle import head_comment
from sosei_graph.vocab import NS
from sosei_graph.workspace import SOURCES, Workspace

_STRIPPED = frozenset({CONFIDENCE, REMARK})
_HEAD = """# {title}に書かれている事実
# Facts stated in {title}"""
_SUGGESTIONS_HEAD = """# {slug} の対応付け: 語による提案を編集者が確かめたもの。原典の記載ではない。
# Alignments of {slug}: suggested by its words, confirmed by an editor; not stated in the source."""
_SUGGESTIONS = ".suggestions.ttl"


@dataclass(frozen=True)
class Accepted:
    """What became of a draft: the file of data, where its text lies, and how many things were added and kept.

    `names` are those of what came to a document that was reviewed before, `suggestions` the file that still waits,
    `remarks` how many of what was added still asked for a look.
    """

    data: Path
    text: Path | None = None
    added: int = 0
    kept: int = 0
    warnings: int = 0
    names: tuple[str, ...] = ()
    suggestions: Path | None = None
    remarks: int = 0


def accept(store: Store, draft: Path) -> Accepted:
    """Moves a draft, or a file of suggestions, into the workspace's data.

    `SoseiError` with one line where a violation is left, or where the draft does not fit to what is there; then
    nothing has been written.
    """
    workspace = store.workspace
    _check_own(workspace)
    _check_there(workspace, draft)
    file = read(draft, workspace.base, workspace.short(draft))
    if draft.name.endswith(_SUGGESTIONS):
        return _accept_suggestions(store, file)
    document = _document_of(file)
    slug = checked_slug(document.iri.removeprefix(f"{workspace.base}id/doc/"), file.shown)
    source = _text_of(draft, document.one("fileName"), document.one("sha256"), file.shown)
    target = workspace.root / "data" / f"{slug}.ttl"
    merged = _merged(store, file, target, document.one("sha256"))
    text = final_text(
        merged.triples, workspace.base, merged.head or _head(document.one("http://purl.org/dc/terms/title"))
    )
    _check_described_once(store, merged.triples, workspace.graph_name(target), target)
    candidate = Candidate(store, file, target, text)
    warnings = checked(candidate)
    _check_settled(text, slug, file)
    check_evidence(candidate, merged.triples, merged.kept)
    kept_text = _place_of_text(workspace, source)
    _move({target: text, kept_text: source.read_bytes()}, (draft, draft.with_suffix(".html"), source))
    waiting = draft.with_name(f"{draft.stem}{_SUGGESTIONS}")
    added = _described(merged.triples) - _described(merged.kept)
    return Accepted(
        target,
        kept_text,
        len(added),
        len(_described(merged.kept)),
        warnings,
        _names(merged.triples, added) if merged.kept else (),
        waiting if waiting.is_file() else None,
        len(added & _asking(file)),
    )


def _asking(draft: TurtleFile) -> set[str]:
    """What still asks for a look: its remark, or its confidence, was left."""
    return {
        quad.subject.value
        for quad in draft.quads
        if quad.predicate.value in _STRIPPED and isinstance(quad.subject, ox.NamedNode)
    }


def _document_of(draft: TurtleFile) -> Thing:
    document = View.of(draft.quads).document
    if not is_draft(draft.text) or document is None:
        raise SoseiError(
            Text("sosei ingest の下書きではありません", "this is not a draft of sosei ingest"),
            where=draft.shown,
            hint=Text("data/drafts/ の .ttl を指定してください", "give a .ttl of data/drafts/"),
        )
    return document


def _check_own(workspace: Workspace) -> None:
    """Refuses to write into the package's own workspace, which somebody uses from another folder."""
    if workspace.is_packaged:
        raise SoseiError(
            Text(
                "ここは作業フォルダーではないので、data/ に移せません",
                "this is no workspace, so there is no data/ to move it to",
            ),
            where="sosei ingest --accept",
            hint=Text(
                "空のファイル sosei.toml をこのフォルダーに置いてください",
                "put an empty file sosei.toml into this folder",
            ),
        )


def _check_there(workspace: Workspace, draft: Path) -> None:
    """A draft that is missing because it was accepted before is told from a wrong path."""
    folder = workspace.root / "data"
    stem = draft.name.removesuffix(_SUGGESTIONS).removesuffix(".ttl")
    data = (folder / "curation" if draft.name.endswith(_SUGGESTIONS) else folder) / f"{stem}.ttl"
    if not draft.exists() and data.is_file():
        shown = workspace.short(data)
        raise SoseiError(
            Text(
                f"下書きがありません。{shown} は受け入れ済みです", f"no such draft; {shown} has been accepted"
            ),
            where=workspace.short(draft),
            hint=Text("直すときは data/ のファイルを直接直せます", "corrections can be made in data/ itself"),
        )


def _move(contents: dict[Path, str | bytes], done: Iterable[Path]) -> None:
    """Writes all files or none, then removes what waited in the drafts."""
    for path in contents:
        files.make_folder(path.parent)
    files.write_all(contents)
    for path in done:
        if path not in contents:
            path.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Merged:
    triples: list[ox.Triple]
    head: str = ""
    kept: tuple[ox.Triple, ...] = ()


def _merged(store: Store, draft: TurtleFile, target: Path, sha256: str) -> _Merged:
    """The statements of the draft, after those of the reviewed graph where there is one."""
    stated = [quad.triple for quad in draft.quads if quad.predicate.value not in _STRIPPED]
    if not target.is_file():
        return _Merged(stated)
    workspace = store.workspace
    reviewed = read(target, workspace.base, workspace.short(target))
    earlier = View.of(reviewed.quads).document
    if earlier is None or earlier.one("sha256") != sha256:
        raise SoseiError(
            Text(
                "確認済みのデータとは別の本文の下書きです",
                "this is the draft of another text than the reviewed data",
            ),
            where=draft.shown,
            hint=Text(
                f"{reviewed.shown} を残すなら、--document で別の名前を付けて取り込み直してください",
                f"to keep {reviewed.shown}, ingest it again with another name (--document)",
            ),
        )
    kept = [quad.triple for quad in reviewed.quads]
    known = {triple.subject for triple in kept}
    added = [triple for triple in stated if triple.subject not in known]
    new = {triple.subject for triple in added}
    links = [
        triple
        for triple in stated
        if triple.subject in known and triple.object in new and not _is_evidence(triple)
    ]
    both = _with_used_evidence([*kept, *added, *links], kept)
    return _Merged(both, head_comment(reviewed.text), tuple(kept))


def _with_used_evidence(triples: Sequence[ox.Triple], kept: Sequence[ox.Triple]) -> list[ox.Triple]:
    """Without evidence that only what was not added needs."""
    used = {triple.object for triple in triples if _is_evidence(triple)}
    selectors = {
        triple.object
        for triple in triples
        if triple.subject in used and triple.predicate.value.endswith("hasSelector")
    }
    before = {triple.subject for triple in kept}
    return [
        triple
        for triple in triples
        if triple.subject in before
        or not _stands_in_text(triple.subject)
        or triple.subject in used
        or triple.subject in selectors
    ]


def _stands_in_text(subject: object) -> bool:
    return isinstance(subject, ox.NamedNode) and (
        "#char=" in subject.value or "/selector/char-" in subject.value
    )


def _is_evidence(triple: ox.Triple) -> bool:
    return triple.predicate.value == f"{NS}evidence"


def _described(triples: Iterable[ox.Triple]) -> set[str]:
    """The things that triples describe, without the places of evidence."""
    return {
        triple.subject.value
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
        and triple.predicate.value == TYPE
        and not _stands_in_text(triple.subject)
    }


def _check_described_once(store: Store, triples: Sequence[ox.Triple], own: str, target: Path) -> None:
    known = Known(store)
    for iri in sorted(_described(triples)):
        if known.is_described(iri, but=own):
            raise SoseiError(
                Text(
                    f"<{iri}> は別のデータで記述されています", f"<{iri}> is described in other data already"
                ),
                where=store.workspace.short(target),
                hint=Text("文書をもう一度取り込んでください", "ingest the document again"),
            )


def _check_settled(text: str, slug: str, draft: TurtleFile) -> None:
    """Refuses a placeholder for a government that nobody has named."""
    unknown = f"id/doc/{slug}/government/"
    if unknown in text:
        line = draft.text.partition(unknown)[0].count("\n") + 1
        raise SoseiError(
            Text(
                "どの自治体か決まっていないものがあります",
                "it is not settled which government something is of",
            ),
            where=f"{draft.shown}:{line}",
            hint=Text(
                f"<{unknown}…> を gov:コード に置き換えるか、--city を付けて取り込み直してください",
                f"replace <{unknown}…> by gov:CODE, or ingest it again with --city",
            ),
        )


def _names(triples: Iterable[ox.Triple], things: set[str]) -> tuple[str, ...]:
    """The Japanese names of things, sorted."""
    return tuple(
        sorted(
            triple.object.value
            for triple in triples
            if isinstance(triple.subject, ox.NamedNode)
            and triple.subject.value in things
            and triple.predicate.value == LABEL
            and isinstance(triple.object, ox.Literal)
            and triple.object.language == "ja"
        )
    )


def _text_of(draft: Path, name: str, sha256: str, shown: str) -> Path:
    """The text that the draft rests on, beside it; another one is an error."""
    path = draft.parent / name
    if not name or Path(name).name != name or not path.is_file() or read_source(path).sha256 != sha256:
        raise SoseiError(
            Text(
                f"下書きの本文 {name or '?'} がないか、変わっています",
                f"the text {name or '?'} of the draft is missing or changed",
            ),
            where=shown,
            hint=Text("文書をもう一度取り込んでください", "ingest the document again"),
        )
    return path


def _place_of_text(workspace: Workspace, source: Path) -> Path:
    """Where the text goes, so that its evidence can be read again: into the folder of the sources."""
    place = (workspace.sources or workspace.root / SOURCES) / source.name
    if place.is_file() and place.read_bytes() != source.read_bytes():
        raise SoseiError(
            Text(
                "原文のフォルダーに、同じ名前の違う本文があります",
                "the folder of the sources has another text of that name",
            ),
            where=workspace.short(place),
            hint=Text(
                "--document で別の名前を付けてください", "give the document another name with --document"
            ),
        )
    return place


def _head(title: str) -> str:
    return _HEAD.format(title=" ".join(title.split()))


def _accept_suggestions(store: Store, file: TurtleFile) -> Accepted:
    """The alignments that the editor left in the file become curation."""
    workspace = store.workspace
    slug = checked_slug(file.path.name.removesuffix(_SUGGESTIONS), file.shown)
    target = workspace.root / "data" / "curation" / f"{slug}.ttl"
    draft = file.path.with_name(f"{slug}.ttl")
    if draft.is_file() and not (workspace.root / "data" / f"{slug}.ttl").is_file():
        shown = workspace.short(draft)
        raise SoseiError(
            Text("下書きがまだ受け入れられていません", "its draft has not been accepted yet"),
            where=file.shown,
            hint=Text(f"先に sosei ingest --accept {shown}", f"first sosei ingest --accept {shown}"),
        )
    stated = [quad.triple for quad in file.quads if quad.predicate.value not in _STRIPPED]
    kept: list[ox.Triple] = []
    head = _SUGGESTIONS_HEAD.format(slug=slug)
    if target.is_file():
        earlier = read(target, workspace.base, workspace.short(target))
        kept, head = [quad.triple for quad in earlier.quads], head_comment(earlier.text)
    known = {triple.subject for triple in kept}
    added = [triple for triple in stated if triple.subject not in known]
    text = final_text([*kept, *added], workspace.base, head)
    _check_described_once(store, added, workspace.graph_name(target), target)
    warnings = checked(Candidate(store, file, target, text))
    files.make_folder(target.parent)
    files.write(target, text)
    file.path.unlink()
    return Accepted(target, None, len(_described(added)), len(_described(kept)), warnings)
