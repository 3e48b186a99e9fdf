"""A workspace: the folder whose `ontology/ data/ shapes/ queries/` make one knowledge graph.

The package brings one with it (the vocabulary, the reference data and the documents of the project itself).
A city's own workspace has at least `data/`; what it does not bring itself (vocabulary, schemes, rules, shapes,
questions, governments, calendar) comes from the package, file by file: an own file stands beside the package's, or
takes the place of the one that has its name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sosei_graph.errors import SoseiError
from sosei_graph.languages import Text

SETTINGS = "sosei.toml"
#: The folder of the texts that the documents were read from, where the settings name no other.
SOURCES = "sources"
BASE = "https://w3id.org/sosei/"

#: Files of `data/` that describe what every document refers to, and no document itself.
REFERENCE = ("governments.ttl", "cooperation-areas.ttl", "calendar.ttl")
CATALOG = "catalog.ttl"

#: An absolute IRI that names can be appended to; none of the characters that RDF 1.1 keeps out of IRIs.
_IRI = re.compile(r"""https?://[^\s<>"{}|^`\\#?]+/""")
_NOT_IN_IRI = re.compile(r"""[\s<>"{}|^`\\#?%\x00-\x1f]""")
_KNOWN_SETTINGS = {"base": str, "sources": str, "store": str}


def packaged_root() -> Path:
    """The folder that travels with the package; in a checkout, the checkout itself."""
    here = Path(__file__).resolve().parent
    inside = here / "workspace"
    return inside if inside.is_dir() else here.parent


@dataclass(frozen=True)
class Workspace:
    """Where everything is: the workspace's own files, and the package's where it has none of that name."""

    root: Path
    build_dir: Path
    base: str = BASE
    sources: Path | None = None
    store: Path | None = None
    """The folder that the graph is kept in on disk; without one it is loaded into memory."""

    @classmethod
    def find(cls, path: Path | str | None = None) -> "Workspace":
        """The workspace at `path`; without one, the nearest folder upward with a `sosei.toml`, else the packaged one.

        The packaged workspace may not be writable: its build folder is `build/` of the current directory.
        """
        if path is not None:
            root = Path(path)
            if not root.is_dir():
                raise SoseiError(
                    Text("フォルダーがありません", "no such folder"),
                    where=str(path),
                    hint=Text("--workspace を確かめてください", "check --workspace"),
                )
            return cls._at(root, root / "build")
        for folder in (Path.cwd(), *Path.cwd().parents):
            if (folder / SETTINGS).is_file():
                return cls._at(folder, folder / "build")
        return cls._at(packaged_root(), Path.cwd() / "build")

    @classmethod
    def _at(cls, root: Path, build_dir: Path) -> "Workspace":
        settings = _settings(root / SETTINGS)
        base = settings.get("base", BASE)
        if not _IRI.fullmatch(base):
            raise SoseiError(
                Text(f"base の値「{base}」は使えません", f"the value of base is not usable: {base}"),
                where=str(root / SETTINGS),
                hint=Text(
                    "http(s):// で始まり / で終わる IRI にしてください", "an http(s) IRI that ends with /"
                ),
            )
        sources, store = (
            root / settings[name] if name in settings else None for name in ("sources", "store")
        )
        if sources is None and (root / SOURCES).is_dir():
            sources = root / SOURCES
        return cls(root, build_dir, base, sources, store)

    @property
    def is_packaged(self) -> bool:
        """Whether this is the package's own workspace, used from outside: nothing of the user's belongs into it."""
        return self.root == packaged_root() and self.build_dir.parent != self.root

    def ontology(self) -> Path:
        """The vocabulary. Its alignments are documentation and not part of the graph."""
        return self._either("ontology/sosei.ttl")

    def schemes(self) -> tuple[Path, ...]:
        """The concept schemes."""
        return self._with_ontology("schemes", "*.ttl")

    def rules(self) -> tuple[Path, ...]:
        """The CONSTRUCT rules."""
        return self._with_ontology("rules", "*.rq")

    def shapes(self) -> tuple[Path, ...]:
        """The shapes for data; those for the vocabulary itself are `ontology_shapes`."""
        shapes = self._merged("shapes", "*.ttl")
        return tuple(path for path in shapes if path.name != self.ontology_shapes().name)

    def ontology_shapes(self) -> Path:
        """The shapes that check the vocabulary itself."""
        return self._either("shapes/ontology-style.ttl")

    def queries(self) -> tuple[Path, ...]:
        """The questions."""
        return self._merged("queries", "*.rq")

    def checks(self) -> tuple[Path, ...]:
        """The questions whose every row is a finding."""
        return self._merged("queries/check", "*.rq")

    def documents(self) -> tuple[Path, ...]:
        """The documents' files: `data/*.ttl` but for the reference data and the catalogue."""
        shared = {*REFERENCE, CATALOG}
        return tuple(path for path in _files(self.root / "data", "*.ttl") if path.name not in shared)

    def reference(self) -> tuple[Path, ...]:
        """Governments, areas and calendar: the workspace's own files, else the package's."""
        candidates = (self._either(f"data/{name}") for name in REFERENCE)
        return tuple(path for path in candidates if path.is_file())

    def catalog(self) -> Path:
        """The description of the dataset (DCAT)."""
        return self._either(f"data/{CATALOG}")

    def curation(self) -> tuple[Path, ...]:
        """The editors' judgements, one file a matter."""
        return _files(self.root / "data" / "curation", "*.ttl")

    def data(self) -> tuple[Path, ...]:
        """Every Turtle file of the graph's data, in a fixed order."""
        catalog = (self.catalog(),) if self.catalog().is_file() else ()
        return (*catalog, *self.reference(), *self.documents(), *self.curation())

    def stray(self) -> tuple[Path, ...]:
        """Turtle files below `data/` that are not read, though their writer may think so; drafts are meant to wait."""
        folder = self.root / "data"
        known = {*self.data(), folder / CATALOG}
        found = (path for path in folder.rglob("*") if path.suffix.lower() == ".ttl" and path not in known)
        return tuple(sorted(path for path in found if path.relative_to(folder).parts[0] != "drafts"))

    def inputs(self) -> tuple[Path, ...]:
        """Every file that the build depends on."""
        parts = (self.data(), (self.ontology(),), self.schemes(), self.rules(), self.shapes(), self.checks())
        return tuple(path for part in parts for path in part)

    def graph_name(self, path: Path) -> str:
        """The named graph that a file of the workspace is loaded into (design: `graph/<document>` …)."""
        if path == self.ontology():
            return f"{self.base}graph/ontology"
        folder = {"schemes": "scheme/", "curation": "curation/"}.get(path.parent.name, "")
        # What may not stand in an IRI is escaped; Japanese may.
        stem = _NOT_IN_IRI.sub(lambda found: quote(found[0], safe=""), path.stem)
        return f"{self.base}graph/{folder}{stem}"

    @property
    def inferred_graph(self) -> str:
        """The named graph of what the rules computed."""
        return f"{self.base}graph/inferred"

    def short(self, path: Path) -> str:
        """A file's path as a reader of a message wants it: from the workspace's root where possible."""
        for root in (self.root, packaged_root()):
            if path.is_absolute() == root.is_absolute() and path.is_relative_to(root):
                return path.relative_to(root).as_posix()
        return str(path)

    def _either(self, name: str) -> Path:
        """The workspace's own file, else the package's."""
        own = self.root / name
        return own if own.is_file() else packaged_root() / name

    def _with_ontology(self, folder: str, pattern: str) -> tuple[Path, ...]:
        """Schemes and rules speak the terms of their ontology: whoever brings one brings all three."""
        if (self.root / "ontology" / "sosei.ttl").is_file():
            return _files(self.root / "ontology" / folder, pattern)
        return self._merged(f"ontology/{folder}", pattern)

    def _merged(self, folder: str, pattern: str) -> tuple[Path, ...]:
        """The package's files and the workspace's own; of two with one name the workspace's."""
        found = {path.name: path for path in _files(packaged_root() / folder, pattern)}
        found |= {path.name: path for path in _files(self.root / folder, pattern)}
        return tuple(found[name] for name in sorted(found))


def _files(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(pattern)))


def _settings(path: Path) -> dict[str, str]:
    """The settings file, checked: known keys with strings, or one line that says what is wrong."""
    if not path.is_file():
        return {}
    import tomllib

    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SoseiError(
            Text(f"設定ファイルを読めません: {error}", f"the settings cannot be read: {error}"),
            where=str(path),
        ) from error
    for key, value in settings.items():
        if not isinstance(value, _KNOWN_SETTINGS.get(key, ())):
            raise SoseiError(
                Text(f"設定「{key}」が分かりません", f"the setting {key} is unknown or not a string"),
                where=str(path),
                hint=_known(_KNOWN_SETTINGS),
            )
    return settings


def _known(names: Iterable[str]) -> Text:
    listed = ", ".join(names)
    return Text(f"使える設定: {listed}", f"known settings: {listed}")
