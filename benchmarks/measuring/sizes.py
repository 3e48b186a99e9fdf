"""Sizes of the corpus (`10k`, `1m`) and the corpora themselves."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import write_corpus
from sosei_graph import files
from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

_WRITTEN = re.compile(r"(\d{1,3})([km])")
_UNITS = {"k": 1_000, "m": 1_000_000}
_EXPECTATIONS = "faults.json"
SEED = 1


@dataclass(frozen=True, order=True)
class Size:
    """About how many statements the documents of a corpus make."""

    triples: int

    @classmethod
    def of(cls, written: str) -> "Size":
        """Reads `10k`, `1m`; anything else is an error."""
        found = _WRITTEN.fullmatch(written.strip().lower())
        if found is None or int(found[1]) == 0:
            raise SoseiError(
                Text(f"大きさ「{written}」が読めません", f"not a size: {written}"),
                hint=Text("10k や 1m のように書いてください", "write 10k, 100k, 1m"),
            )
        return cls(int(found[1]) * _UNITS[found[2]])

    @property
    def label(self) -> str:
        """As the command line and the results write it."""
        millions, rest = divmod(self.triples, 1_000_000)
        return f"{millions}m" if not rest else f"{self.triples // 1_000}k"

    @property
    def title(self) -> Text:
        """As people read it: 1万, 10 k."""
        ja = f"{self.triples // 10_000}万" if self.triples >= 10_000 else f"{self.triples // 1_000}千"
        return Text(ja, f"{self.label[:-1]} {self.label[-1].upper().replace('K', 'k')}")


def sizes_of(written: str) -> tuple[Size, ...]:
    """The sizes of a list with commas, the smallest first."""
    return tuple(sorted({Size.of(each) for each in written.split(",")}))


def has_corpus(folder: Path) -> bool:
    """Whether a corpus, or another workspace, is complete there."""
    # The expectations are written last; another workspace has none, and settings of its own.
    return (folder / _EXPECTATIONS).is_file() or _is_other(folder)


def _is_other(folder: Path) -> bool:
    settings = folder / "sosei.toml"
    return settings.is_file() and "corpus.py" not in settings.read_text(encoding="utf-8")


def corpus_at(corpora: Path, size: Size) -> Path:
    """The corpus of that size below a folder, made if it is not there."""
    folder = corpora / size.label
    if not has_corpus(folder):
        files.make_folder(corpora)
        write_corpus(folder, size.triples, SEED, sources=False)
    return folder


def told_of(folder: Path) -> dict[str, int]:
    """What the corpus says of itself: statements, documents, cities."""
    path = folder / _EXPECTATIONS
    if not path.is_file():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {name: told[name] for name in ("triples", "documents", "cities", "seed")}


def megabytes(paths: Iterable[Path]) -> float:
    """What the files weigh together."""
    return round(sum(path.stat().st_size for path in paths) / 1e6, 1)
