"""The corpus for measuring: sound but for the faults that it says it has, and the same for the same seed."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import corpus as module
from benchmarks.corpus import Corpus, write_corpus
from benchmarks.generator.cities import areas
from benchmarks.generator.faults import KINDS
from benchmarks.generator.figures import course, printed, short_year
from benchmarks.generator.words import CROSS_CUTTING, TOPICS, Gauge
from sosei_graph.building import open_store
from sosei_graph.errors import SoseiError
from sosei_graph.evidence import trace
from sosei_graph.queries import ask
from sosei_graph.store.memory import Store
from sosei_graph.text import parse_number
from sosei_graph.validation.findings import Report
from sosei_graph.validation.validating import validate
from sosei_graph.vocab import PREFIXES
from sosei_graph.workspace import Workspace, packaged_root

SIZE = 15_000
ROOT = Path(__file__).parent.parent
GOVERNMENTS = packaged_root() / "data" / "governments.ttl"

QUESTIONS = tuple(path.stem for path in Workspace.find(packaged_root()).queries())
#: What measuring relies on: questions with something to find in any corpus, however small.
ANSWERED = """
    plans goals-side-by-side goal-tree kpis kpi-progress kpis-behind compare-indicator indicators-without-values
    sdg-coverage sdg-gaps agreement-roles leads items-without-lead third-cities agreement-behind agreement-gaps
    agreement-history cooperation-pairs theme theme-matrix opinions opinion-effects continued-actions
    population-goals fertility-goals in-force evaluation absent documents evidence
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus without faults."""
    return write_corpus(tmp_path_factory.mktemp("sound") / "corpus", SIZE, 1, faults=0)


@pytest.fixture(scope="module")
def sound_store(sound: Corpus) -> Store:
    return open_store(Workspace.find(sound.folder))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A corpus with so many faults that there is one of each kind."""
    return write_corpus(tmp_path_factory.mktemp("faulty") / "corpus", 20_000, 1, faults=6)


@pytest.fixture(scope="module")
def faulty_store(faulty: Corpus) -> Store:
    return open_store(Workspace.find(faulty.folder))


def files(folder: Path) -> dict[str, bytes]:
    """Every file by its path in the folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def notes(report: Report) -> Counter[str]:
    return Counter(finding.shape_name for finding in report.findings if finding.severity == "info")


def grave(report: Report) -> Counter[tuple[str, str, str, str]]:
    """File, node, shape and severity of each violation and warning."""
    return Counter(
        (finding.file, finding.focus, finding.shape_name, finding.severity)
        for finding in report.findings
        if finding.severity != "info"
    )


# What is written


def test_the_same_seed_makes_the_same_bytes(sound: Corpus, tmp_path: Path) -> None:
    """In another process with other hashes, too, and from the command line as from Python."""
    command = [sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(tmp_path / "again")]
    options = ["--triples", str(SIZE), "--seed", "1", "--faults", "0"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [*command, *options], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"{sound.triples} triples, {sound.documents} documents")
    assert files(tmp_path / "again") == files(sound.folder)


def test_another_seed_makes_another_corpus(sound: Corpus, tmp_path: Path) -> None:
    other = write_corpus(tmp_path / "other", SIZE, 2, faults=0)
    ours, theirs = files(sound.folder), files(other.folder)
    assert set(ours) & set(theirs) == {"sosei.toml", "faults.json", "data/cooperation-areas.ttl"}


def test_it_counts_what_it_writes(sound: Corpus) -> None:
    """The number of statements is that of the files, and about what was asked for: one document more at most."""
    paths = sorted((sound.folder / "data").rglob("*.ttl"))
    read = [set(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)) for path in paths]
    assert sum(map(len, read)) == sound.triples
    assert len(paths) == 1 + sound.documents + sound.curation
    assert SIZE * 0.9 < sound.triples < SIZE * 1.5


def test_all_kinds_of_documents_are_there(sound_store: Store) -> None:
    """Also in a small corpus: a strategy, its reports, a plan, a council's material, an agreement."""
    rows = sound_store.select("SELECT DISTINCT ?kind WHERE { ?document sosei:sha256 ?digest ; a ?kind }")
    kinds = {row[0].value.rpartition("#")[2] for row in rows if row[0]}
    assert {"PlanDocument", "ProgressReport", "MeetingMaterial", "AgreementDocument"} <= kinds
    plans = sound_store.select("SELECT DISTINCT ?kind WHERE { ?document sosei:states ?plan . ?plan a ?kind }")
    stated = {row[0].value.rpartition("#")[2] for row in plans if row[0]}
    assert {"ComprehensiveStrategy", "RegionalRevitalizationPlan", "PopulationVision", "Meeting"} <= stated


def test_a_report_belongs_to_the_plan_of_another_document(sound_store: Store) -> None:
    """The indicators of a strategy get their yearly figures from the reports."""
    assert sound_store.ask("""
        ASK {
          GRAPH ?ofPlan { ?kpi a sosei:KeyPerformanceIndicator ; sosei:hasBaseline ?baseline }
          GRAPH ?ofReport { ?kpi sosei:hasActual ?actual . ?actual sosei:numericValue ?number }
          FILTER(?ofPlan != ?ofReport)
        }
    """)


@pytest.mark.parametrize(
    "pattern",
    [
        '?value sosei:absenceReason absence:not-yet-counted ; sosei:statedValue "集計中"',
        "?value sosei:qualitativeValue ?words ; ^sosei:hasActual ?indicator",
        "?value sosei:approximate true ; sosei:numericValue ?number ; ^sosei:hasValue ?indicator",
        "?value sosei:numericValue ?number FILTER(?number < 0)",
        "?value sosei:cumulative true ; ^sosei:hasTarget/sosei:countedOver ?years",
        "?value ^sosei:hasBaseline/sosei:yearBasis yearbasis:calendar",
        "?item sosei:cooperatingCity ?city",
        "?amendment sosei:amends ?agreement",
        "?goal sosei:continues ?measure",
    ],
)
def test_the_ways_of_real_documents_are_there(pattern: str, faulty_store: Store) -> None:
    assert faulty_store.ask(f"ASK {{ {pattern} }}")


def test_municipalities_are_real_and_parties_are_of_one_prefecture(sound_store: Store) -> None:
    rows = sound_store.select("""
        SELECT ?one ?other WHERE {
          ?agreement sosei:contractingParty ?one, ?other .
          FILTER(STR(?one) < STR(?other))
          ?one sosei:inPrefecture ?prefecture .
          ?other sosei:inPrefecture ?prefecture
        }
    """)
    parties = sound_store.select(
        "SELECT DISTINCT ?agreement WHERE { ?agreement sosei:contractingParty ?party }"
    )
    assert len(rows) == len(parties) > 0


def test_every_municipality_is_in_one_area() -> None:
    members = [city.code for area in areas(GOVERNMENTS, 1) for city in area.members]
    assert len(members) == len(set(members)) == 1741
    assert all(len(area.members) >= 3 for area in areas(GOVERNMENTS, 1))
    assert all(len({city.code[:2] for city in area.members}) == 1 for area in areas(GOVERNMENTS, 1))


def test_words_name_concepts_of_the_schemes(sound_store: Store) -> None:
    """Every theme, SDG and comparable indicator exists, and one indicator is not worded in two ways."""
    topics = (*TOPICS, *CROSS_CUTTING)
    comparable = [gauge.comparable for topic in topics for gauge in topic.gauges]
    assert len(comparable) == len(set(comparable))
    concepts = [
        *(f"{PREFIXES['theme']}{name}" for topic in topics for name in (topic.theme, topic.above)),
        *(f"{PREFIXES['sdg']}{sdg}" for topic in topics for sdg in topic.sdgs),
        *(f"{PREFIXES['indicator']}{name}" for name in comparable),
    ]
    unknown = [iri for iri in concepts if not sound_store.labels(iri)]
    assert not unknown


def test_a_figure_means_what_it_prints() -> None:
    """Whatever the course of an indicator, the project's own reader reads the number that is written down."""
    for size in (-113, 0, 7, 1_341, 104_754, 5_350_000, 110_000_000):
        assert parse_number(printed(size, "person")) == size
    assert parse_number(printed(1284, "percent")) == parse_number("128.4％")
    assert (short_year(2018), short_year(2023)) == ("H30", "R5")


def test_all_documents_of_a_city_take_figures_from_one_course() -> None:
    gauge = Gauge("startups", "新しい事業所の数", "New businesses", "case")
    one, same, other = (course(gauge, city, 50_000, 1) for city in ("16202", "16202", "16205"))
    assert one == same != other
    assert one.actual(one.start) == one.aim(one.start) or one.about


# What validation, trace and the questions make of it


def test_without_faults_validation_has_nothing_to_complain_of(sound: Corpus, sound_store: Store) -> None:
    """No violation, no warning, and as many notes as the corpus says."""
    report = validate(sound_store.workspace, sound_store)
    assert not grave(report)
    assert notes(report) == sound.notes
    assert sound.faults == []


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_it_is_sound_wherever_it_ends(seed: int, tmp_path: Path) -> None:
    """Editors judge nothing that a document beyond the end would have described; here the first one is the last."""
    corpus = write_corpus(tmp_path / "corpus", 1, seed, faults=0)
    workspace = Workspace.find(corpus.folder)
    report = validate(workspace, open_store(workspace))
    assert corpus.documents == 1
    assert grave(report) == Counter()


def test_validation_finds_exactly_the_planted_faults(faulty: Corpus, faulty_store: Store) -> None:
    """Of every kind, each where it was planted, and nothing else."""
    assert {fault.kind for fault in faulty.faults} == set(KINDS)
    report = validate(faulty_store.workspace, faulty_store)
    expected = Counter(
        (finding.file, finding.focus, finding.shape, finding.severity) for finding in faulty.findings
    )
    assert grave(report) == expected
    assert notes(report) == faulty.notes


def test_the_file_of_faults_says_the_same(faulty: Corpus) -> None:
    told = json.loads((faulty.folder / "faults.json").read_text(encoding="utf-8"))
    assert told["triples"] == faulty.triples
    assert told["notes"] == faulty.notes
    assert [fault["kind"] for fault in told["faults"]] == [fault.kind for fault in faulty.faults]
    listed = [tuple(finding.values()) for fault in told["faults"] for finding in fault["findings"]]
    assert sorted(listed) == [
        (finding.file, finding.focus, finding.shape, finding.severity) for finding in faulty.findings
    ]


def test_every_span_holds(sound: Corpus, sound_store: Store) -> None:
    """All digests are those of the texts, and what nodes say was printed stands there."""
    report = trace(sound_store, sound.folder / "sources")
    assert report.ok
    assert report.passed == report.total > 500


def test_trace_complains_of_what_was_planted_for_it(faulty: Corpus, faulty_store: Store) -> None:
    report = trace(faulty_store, faulty.folder / "sources")
    assert {failure.thing for failure in report.failures} == faulty.untraceable != set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_runs(name: str, sound_store: Store) -> None:
    """Each gives a table, and those that measuring relies on a row."""
    assert ask(sound_store, name, "ja").rows or name not in ANSWERED.split()


# Options and bad input


def test_one_file_in_a_hundred_has_a_fault(tmp_path: Path) -> None:
    """The first file gets one, so that a small corpus has one, too."""
    corpus = write_corpus(tmp_path / "corpus", SIZE, 3)
    assert len(corpus.faults) == 1


def test_sources_can_be_left_out(sound: Corpus, tmp_path: Path) -> None:
    """The data is the same, and the workspace names no folder of sources."""
    bare = write_corpus(tmp_path / "bare", SIZE, 1, faults=0, sources=False)
    ours, theirs = files(sound.folder), files(bare.folder)
    different = {name for name in ours if ours[name] != theirs.get(name)}
    assert different == {"sosei.toml", *(name for name in ours if name.startswith("sources/"))}
    assert Workspace.find(bare.folder).sources is None


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert module.main([str(tmp_path)]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_more_than_all_municipalities_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = next(areas(GOVERNMENTS, 1))
    monkeypatch.setattr(module, "areas", lambda governments, seed: iter([some]))  # noqa: ARG005
    with pytest.raises(SoseiError, match="no more municipalities"):
        write_corpus(tmp_path / "corpus", 10**9, 1)
