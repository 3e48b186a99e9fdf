"""The job of a document, from its file to its draft, and many of them on all cores."""

import mmap
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.ingest.checking import Checker
from sosei_graph.ingest.comparing import Comparison, compare
from sosei_graph.ingest.differing import Difference
from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.drafting import Drafted, Options, draft_facts
from sosei_graph.ingest.extracting import extract
from sosei_graph.ingest.jobs import Job, jobs_of
from sosei_graph.ingest.known import Known
from sosei_graph.ingest.matching import View
from sosei_graph.ingest.opening import drafts_folder, open_for_drafts
from sosei_graph.ingest.reading import read
from sosei_graph.ingest.records import Family, Findings
from sosei_graph.ingest.reviewing import Draft, NextSteps, Review, Suggestion, review_of, review_page
from sosei_graph.ingest.settling import settle
from sosei_graph.ingest.suggesting import Lexicon, Suggested, alignments, suggest, told
from sosei_graph.ingest.writing import draft_text, is_untouched, suggestions_text, triples_of
from sosei_graph.integrity import read as read_turtle
from sosei_graph.integrity import read_text
from sosei_graph.languages import Lang, Text
from sosei_graph.locate import lines_of_blocks
from sosei_graph.processes import spread_apart
from sosei_graph.store.memory import Store
from sosei_graph.validation.findings import Finding
from sosei_graph.validation.results import CHECK, SPARQL_COMPONENT
from sosei_graph.vocab import NS
from sosei_graph.workspace import SOURCES, Workspace

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wishes:
    """What the user asks of a run: where drafts go, the family and name of the document where they are known."""

    folder: Path
    family: Family | None = None
    document: str | None = None
    city: str | None = None
    quote: bool = False
    lang: Lang = "ja"


@dataclass(frozen=True)
class Outcome:
    """What came of a document: the files written and what is in them, or the error.

    `things` and `doubtful` are counted as the review page shows them, `remarks` are those of the doubtful ones.
    `is_reviewed`: there are data of the document already. `lacks_government`: whose document it is could not be told.
    """

    path: Path
    slug: str = ""
    family: Family | None = None
    written: tuple[Path, ...] = ()
    things: int = 0
    unread: int = 0
    doubtful: int = 0
    suggestions: int = 0
    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    warnings: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    is_reviewed: bool = False
    lacks_government: bool = False
    error: SoseiError | None = field(default=None, compare=False)

    @property
    def counts(self) -> Counter[str]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)


@dataclass
class Ingester:
    """Everything that the documents of a run share; `__call__` is the work on one of them."""

    store: Store
    wishes: Wishes
    known: Known
    checker: Checker
    lexicon: Lexicon
    progress: Progress | None = None

    @classmethod
    def of(cls, store: Store, wishes: Wishes) -> "Ingester":
        """Reads what every document is held against."""
        return cls(store, wishes, Known(store), Checker.of(store), Lexicon.of(store))

    def __call__(self, job: Job) -> Outcome:
        """Reads a document, drafts its facts and writes the files; what goes wrong is told in the outcome."""
        try:
            return self.ingest(job)
        except SoseiError as error:
            told = SoseiError(error.message, where=error.where or str(job.path), hint=error.hint)
            return Outcome(job.path, job.slug, error=told)

    def ingest(self, job: Job) -> Outcome:
        """The same; what goes wrong is raised."""
        targets = Targets(self.wishes.folder, job.slug)
        _keep_corrections(targets.draft)
        reading = read(job.path, self.progress)
        extracted = extract(reading, self.wishes.family)
        drafted = self.draft(reading, extracted.findings, job.slug)
        settled = settle(drafted.notes, job.slug, self.known)
        facts, base = settled.notes.facts, self.store.workspace.base
        text = draft_text(triples_of(facts, drafted.document, reading), base, job.path.name)
        report = self.checker.report(text, targets.draft)
        suggestions = suggest(facts, reading, self.lexicon, self.known)
        draft = Draft(
            reading,
            extracted.findings,
            facts,
            settled.notes.names,
            drafted.unread,
            (*report.findings, *(_finding(each, targets.draft) for each in settled.differences)),
            _by_thing(suggestions, self.store),
            lines_of_blocks(text, base),
            (*extracted.warnings, *drafted.questions, *settled.warnings),
        )
        review = review_of(draft, self._steps(targets))
        page = review_page(review, lang=self.wishes.lang)
        contents = {targets.draft: text, targets.text: reading.text, targets.page: page}
        if suggestions and not _is_corrected(targets.suggestions):
            aligned = alignments(suggestions, facts, self.known)
            contents[targets.suggestions] = suggestions_text(aligned, base, job.slug)
        files.make_folder(self.wishes.folder)
        files.write_all(contents)
        return replace(
            _outcome(job, draft, review, tuple(contents)),
            suggestions=len(suggestions),
            findings=report.findings,
            differences=settled.differences,
            is_reviewed=settled.is_reviewed,
        )

    def draft(self, reading: Reading, findings: Findings, slug: str) -> Drafted:
        """The facts of a document."""
        options = Options(slug, self.wishes.city, self.wishes.quote)
        return draft_facts(reading, findings, options, self.known)

    def _steps(self, targets: "Targets") -> NextSteps:
        shown = self.store.workspace.short(targets.draft)
        folder = self.store.workspace.short(targets.folder)
        return NextSteps(
            shown,
            accept=f"sosei ingest --accept {shown}",
            check=f"sosei validate {shown}",
            cite=f'sosei cite {targets.slug} "…" --sources {folder}',
        )


@dataclass(frozen=True)
class Targets:
    """The files that a document becomes."""

    folder: Path
    slug: str

    @property
    def draft(self) -> Path:
        """The facts."""
        return self.folder / f"{self.slug}.ttl"

    @property
    def text(self) -> Path:
        """The text that the evidence points into."""
        return self.folder / f"{self.slug}.txt"

    @property
    def page(self) -> Path:
        """The review page."""
        return self.folder / f"{self.slug}.html"

    @property
    def suggestions(self) -> Path:
        """Suggested alignments."""
        return self.folder / f"{self.slug}.suggestions.ttl"


def _outcome(job: Job, draft: Draft, review: Review, written: tuple[Path, ...]) -> Outcome:
    entries = list(review.walk())
    return Outcome(
        job.path,
        job.slug,
        draft.found.family,
        written,
        len(entries),
        len(draft.unread),
        sum(entry.doubtful for entry in entries),
        warnings=(*draft.reading.warnings, *draft.warnings),
        remarks=tuple(remark for entry in entries for remark in entry.doubt.remarks),
        lacks_government=_lacks_government(draft, job.slug),
    )


def _lacks_government(draft: Draft, slug: str) -> bool:
    """Whether a shape misses the government of the document or plan, or one has only a placeholder."""
    missed = {"DocumentPublisher", "PlanAdoptedBy"}
    return any(finding.shape_name in missed for finding in draft.findings) or any(
        f"/id/doc/{slug}/government/" in fact.subject for fact in draft.facts
    )


def _by_thing(suggestions: Sequence[Suggested], store: Store) -> dict[str, list[Suggestion]]:
    found: dict[str, list[Suggestion]] = defaultdict(list)
    for each in suggestions:
        found[each.thing].append(Suggestion(*told(each, store)))
    return found


def _finding(difference: Difference, draft: Path) -> Finding:
    """A difference as the page shows it, beside what the shapes find."""
    what, message = difference.what, difference.message
    if what.ja:
        message = Text("{what}: {message}", "{what}: {message}").fill(what=what, message=message)
    path = f"{NS}{difference.property}" if difference.property else ""
    return Finding(
        "warning",
        difference.iri,
        path,
        "",
        f"{CHECK}reviewed-otherwise",
        message,
        str(draft),
        0,
        difference.name,
        "",
        SPARQL_COMPONENT,
    )


def ingest(
    paths: Sequence[Path | str],
    workspace: Workspace | None = None,
    *,
    output: Path | None = None,
    progress: Progress | None = None,
    **wishes: Any,
) -> list[Outcome]:
    """Drafts of the documents in files and folders, as `sosei ingest` makes them; one outcome each, in their order.

    Drafts go to `output`, by default `data/drafts/` of the workspace. `wishes` are those of `Wishes` (`family`,
    `document`, `city`, `quote`, `lang`). What is wrong with one document stands in its outcome; `SoseiError` is
    raised for what concerns all of them.
    """
    workspace = workspace or Workspace.find()
    store = open_for_drafts(workspace)
    if (city := wishes.get("city")) is not None:
        wishes["city"] = Known(store).city(city)
    wished = Wishes(output or drafts_folder(workspace), **wishes)
    return ingest_files(store, [Path(path) for path in paths], wished, progress)


def compare_file(path: Path, graph: Path, workspace: Workspace | None = None, **wishes: Any) -> Comparison:
    """How well a document is read, against its reviewed graph in a Turtle file; nothing is written."""
    workspace = workspace or Workspace.find()
    store = open_for_drafts(workspace)
    reviewed = View.of(read_turtle(graph, workspace.base, workspace.short(graph)).quads)
    if (city := wishes.get("city")) is not None:
        wishes["city"] = Known(store).city(city)
    wished = Wishes(drafts_folder(workspace), **wishes)
    jobs = jobs_of([path], wished.document)
    if len(jobs) != 1:
        raise SoseiError(
            Text("--compare は文書一つと使います", "--compare goes with one document"), where=str(path)
        )
    job = jobs[0]
    reading = read(job.path)
    extracted = extract(reading, wished.family)
    drafted = Ingester.of(store, wished).draft(reading, extracted.findings, job.slug)
    return compare(View.of(triples_of(drafted.notes.facts, drafted.document, reading)), reviewed)


def ingest_files(
    store: Store, paths: Sequence[Path], wishes: Wishes, progress: Progress | None = None
) -> list[Outcome]:
    """Drafts of all documents, in their order; one that fails does not stop the others.

    `progress` is called with how many of how many are done: of one document its pages, else documents.
    """
    jobs = jobs_of(paths, wishes.document, _own_folders(store.workspace, wishes))
    ingester = Ingester.of(store, wishes)
    if len(jobs) == 1:
        ingester.progress = progress
        return [ingester(jobs[0])]
    marks = mmap.mmap(-1, len(jobs))  # shared with the processes: one byte for each document that is done

    def work(numbered: tuple[int, Job]) -> Outcome:
        number, job = numbered
        outcome = _guarded(ingester, job)
        marks[number] = 1
        return outcome

    def tell() -> None:
        if progress:
            progress(sum(marks[:]), len(jobs))

    weights = [_size(job.path) for job in jobs]
    found = spread_apart(work, list(enumerate(jobs)), weights, lambda each: _broken_down(each[1]), tell)
    tell()
    return found


def _own_folders(workspace: Workspace, wishes: Wishes) -> list[Path]:
    """The folders in which documents are no documents to take in: they were written here."""
    sources = workspace.sources or workspace.root / SOURCES
    return [workspace.root / "data", workspace.build_dir, sources, wishes.folder]


def _guarded(ingester: Ingester, job: Job) -> Outcome:
    """A fault of ours in one document of many is told as an error of that document."""
    try:
        return ingester(job)
    except Exception as error:  # noqa: BLE001  the others go on
        cause = f"{type(error).__name__}: {error}"
        message = Text(f"取り込みの途中で誤りが起きました（{cause}）", f"something went wrong ({cause})")
        return Outcome(job.path, job.slug, error=SoseiError(message, where=str(job.path)))


def _broken_down(job: Job) -> Outcome:
    """A document that ends the process that reads it, as broken files can in a library that is not of Python."""
    message = Text(
        "読み取りの途中でプロセスが終了しました", "the process that read it came to an end before it was done"
    )
    hint = Text(
        "ファイルが壊れていないか、メモリが足りるか確かめてください",
        "see whether the file is sound and there is memory enough",
    )
    return Outcome(job.path, job.slug, error=SoseiError(message, where=str(job.path), hint=hint))


def _is_corrected(path: Path) -> bool:
    return path.is_file() and not is_untouched(read_text(path))


def _keep_corrections(draft: Path) -> None:
    """A draft that somebody has corrected is not written over."""
    if _is_corrected(draft):
        raise SoseiError(
            Text("手直しされた下書きがあります", "there is a draft that was corrected by hand"),
            where=str(draft),
            hint=Text(
                "--accept で移すか、消すか、-o で別のフォルダーに書いてください",
                "accept it, delete it, or write to another folder with -o",
            ),
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
