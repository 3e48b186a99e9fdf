"""A corpus for measuring: a workspace of any size whose documents have the shape of the project's five.

    python benchmarks/corpus.py DIR --triples 100000 --seed 1

Fictional documents of real municipalities in the real vocabulary: of each area the agreements between its core and
the other cities, then city by city a strategy, its progress reports, a regional revitalization plan and the
material of a council; last the editors' judgements on all of them. The same seed makes the same bytes. Faults of
known kinds are planted here and there; `faults.json` tells what validation has to find.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.generator import agreements, councils, curation, reports, revitalizations, strategies
from benchmarks.generator.cities import Area, City, areas
from benchmarks.generator.faults import Planter
from benchmarks.generator.notes import notes_on
from benchmarks.generator.plans import Part, Plan
from benchmarks.generator.sites import Fault, Finding
from benchmarks.generator.writing import Page, dice
from sosei_graph.errors import SoseiError
from sosei_graph.files import make_folder
from sosei_graph.languages import Text
from sosei_graph.workspace import packaged_root

__all__ = ["Corpus", "Fault", "Finding", "write_corpus"]

_SETTINGS = "# Made by benchmarks/corpus.py: fictional documents.\n"
_AREAS_HEAD = """\
# Made by benchmarks/corpus.py: fictional areas of real municipalities.

@base <https://w3id.org/sosei/> .
@prefix area: <https://w3id.org/sosei/id/area/> .
@prefix gov: <https://w3id.org/sosei/id/gov/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sosei: <https://w3id.org/sosei/ns#> .
"""
#: How many of the cities beside the core have a plan or a council's material in the corpus.
_SHARE = 0.6
#: About how many statements the judgements on a part of a plan make.
_CURATION_A_PART = 28


@dataclass
class Corpus:
    """What was written: statements and files, the planted faults, and how many notes (by shape) to expect beside."""

    folder: Path
    seed: int
    triples: int = 0
    documents: int = 0
    curation: int = 0
    cities: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def findings(self) -> list[Finding]:
        """Every violation and warning that validation has to find, and no other; sorted."""
        return sorted(finding for fault in self.faults for finding in fault.findings)

    @property
    def untraceable(self) -> set[str]:
        """The IRIs of the nodes and spans that `trace` has to complain of."""
        return {iri for fault in self.faults for iri in fault.untraceable}


def write_corpus(
    folder: Path, triples: int, seed: int, faults: float = 0.01, *, sources: bool = True
) -> Corpus:
    """Writes a workspace of about so many statements into a new or empty folder; the last document may go beyond.

    `faults` is how many faults a file has on average, 1 in 100 by default; `sources` whether the texts are written,
    too, which `trace` reads. Only one area is in memory at a time. Errors: `SoseiError` for a folder with something in
    it, and for more statements than all municipalities together have.
    """
    corpus = _Writer(folder, triples, Planter(faults, seed), seed).write(sources=sources)
    _write_expectations(corpus)
    return corpus


class _Writer:
    """One corpus as it is written."""

    def __init__(self, folder: Path, triples: int, planter: Planter, seed: int) -> None:
        self._wanted, self._planter = triples, planter
        self._corpus = Corpus(folder, seed)
        self._sources = True
        #: Whether a plan has described the special measure that all of them use.
        self._measure_told = False

    def write(self, *, sources: bool) -> Corpus:
        """Area by area, until there is enough."""
        corpus, self._sources = self._corpus, sources
        _make_folders(corpus.folder, sources=sources)
        with (corpus.folder / "data" / "cooperation-areas.ttl").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            file.write(_AREAS_HEAD)
            for area in areas(packaged_root() / "data" / "governments.ttl", corpus.seed):
                file.write(_area_turtle(area))
                corpus.triples += 3 + len(area.members)
                if self._area(area):
                    break
            else:
                raise SoseiError(
                    Text("市町村が足りません", "there are no more municipalities"),
                    where=f"--triples {self._wanted}",
                    hint=Text(f"{corpus.triples} までにしてください", f"{corpus.triples} is the most"),
                )
        return corpus

    def _area(self, area: Area) -> bool:
        """The documents of an area and the judgements on them; whether that is enough."""
        pacts: list[agreements.Pact] = []
        plans: list[Plan] = []
        enough = False
        for page in self._documents(area, pacts, plans):
            self._corpus.documents += 1
            self._put(page)
            parts = [*_parts(pacts, plans)]
            enough = self._corpus.triples + _CURATION_A_PART * len(parts) >= self._wanted
            if enough:
                break
        for page in (
            curation.themes_page(area.code, self._corpus.seed, parts),
            curation.sdgs_page(area.code, self._corpus.seed, parts),
            curation.comparable_page(area.code, parts),
            curation.support_page(area.code, self._corpus.seed, pacts, parts),
        ):
            if page.nodes:
                self._corpus.curation += 1
                self._put(page)
        return enough

    def _documents(self, area: Area, pacts: list[agreements.Pact], plans: list[Plan]) -> Iterator[Page]:
        """The documents of an area one after the other; what they describe is in the lists by then."""
        core, *others = area.members
        for other in others:
            pact = agreements.Pact(area, other, self._corpus.seed)
            *earlier, current = agreements.agreement_pages(pact, first=not pacts)
            yield from earlier
            # Its items stand in the last of them: whoever stops before that has none.
            pacts.append(pact)
            yield current
            for city in (other,) if pacts[1:] else (core, other):
                self._corpus.cities += 1
                yield from self._of_city(city, area, plans)

    def _of_city(self, city: City, area: Area, plans: list[Plan]) -> Iterator[Page]:
        """A city's strategy and what goes with it; a core city has all kinds of documents."""
        chance = dice(self._corpus.seed, city.code, "documents")
        core = city == area.members[0]
        strategy = strategies.strategy_of(city, self._corpus.seed)
        plans.append(strategy)
        yield strategies.strategy_page(strategy)
        for year in reports.reported_years(strategy):
            yield reports.report_page(strategy, year)
        if core or chance.random() < _SHARE:
            plan = revitalizations.revitalization_of(strategy)
            plans.append(plan)
            vision, first = agreements.vision_of(area), not self._measure_told
            self._measure_told = True
            yield revitalizations.revitalization_page(plan, strategy, vision, first=first)
        if core or chance.random() < _SHARE:
            draft = councils.draft_of(strategy)
            plans.append(draft)
            yield councils.council_page(draft, strategy)

    def _put(self, page: Page) -> None:
        """Plants faults, writes the file, and notes what validation will say."""
        self._corpus.faults += self._planter.plant(page)
        self._corpus.notes += notes_on(page)
        self._corpus.triples += page.write(self._corpus.folder, sources=self._sources)


def _parts(pacts: list[agreements.Pact], plans: list[Plan]) -> Iterator[Part]:
    """What editors judge: the parts of plans, what the same documents say beside them, and the items."""
    for plan in plans:
        yield from plan.parts
        yield from plan.beside
    for pact in pacts:
        yield from pact.items


def _area_turtle(area: Area) -> str:
    ja, en = area.name
    members = "".join(f"\n{city.iri}\n    sosei:memberOfArea {area.iri} .\n" for city in area.members)
    return f'\n{area.iri}\n    a sosei:CooperationArea ;\n    rdfs:label "{ja}"@ja, "{en}"@en .\n{members}'


def _make_folders(folder: Path, *, sources: bool) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise SoseiError(
            Text("フォルダーが空ではありません", "the folder is not empty"),
            where=str(folder),
            hint=Text("新しいフォルダーを指定してください", "name a new one"),
        )
    make_folder(folder / "data" / "curation")
    settings = _SETTINGS
    if sources:
        make_folder(folder / "sources")
        settings += 'sources = "sources"\n'
    (folder / "sosei.toml").write_text(settings, encoding="utf-8", newline="")


def _write_expectations(corpus: Corpus) -> None:
    told = {
        "seed": corpus.seed,
        "triples": corpus.triples,
        "documents": corpus.documents,
        "curation": corpus.curation,
        "cities": corpus.cities,
        "faults": [asdict(fault) for fault in corpus.faults],
        "notes": dict(sorted(corpus.notes.items())),
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (corpus.folder / "faults.json").write_text(text, encoding="utf-8", newline="")


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Writes a corpus for measuring: a workspace of fictional documents."
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    parser.add_argument(
        "--triples", type=int, default=100_000, help="about how many statements (default: 100000)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another corpus (default: 1)")
    parser.add_argument("--faults", type=float, default=0.01, help="planted faults a file (default: 0.01)")
    parser.add_argument("--no-sources", action="store_true", help="leave the texts out, which trace needs")
    given = parser.parse_args(arguments)
    try:
        corpus = write_corpus(
            given.folder, given.triples, given.seed, given.faults, sources=not given.no_sources
        )
    except SoseiError as error:
        sys.stderr.write(f"{error.line('en')}\n")
        return error.exit_code
    sys.stdout.write(
        f"{corpus.triples} triples, {corpus.documents} documents of {corpus.cities} cities, "
        f"{corpus.curation} files of judgements, {len(corpus.faults)} planted faults\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
