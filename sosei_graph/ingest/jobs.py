"""Which documents a run takes in, and what each is called."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.drafting.naming import slug_of
from sosei_graph.languages import Text
from sosei_graph.workspace import CATALOG, REFERENCE

#: Names of files and graphs that are no documents.
RESERVED = frozenset({*(Path(name).stem for name in (*REFERENCE, CATALOG)), "inferred", "ontology"})
#: Endings of the files that a folder is searched for; the last ones are refused, which is told.
ENDINGS = frozenset(
    {".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".html", ".htm", ".md", ".markdown", ".txt"}
) | frozenset({".doc", ".xls", ".ppt", ".pptx", ".rtf", ".odt", ".ods", ".odp", ".jtd"})


@dataclass(frozen=True)
class Job:
    """One document: its file and its name in IRIs."""

    path: Path
    slug: str


def jobs_of(paths: Sequence[Path], document: str | None = None, but: Sequence[Path] = ()) -> list[Job]:
    """The documents of files and folders, each with a name of its own; `document` is that of a single one.

    What lies in the folders `but` (drafts, texts taken out of documents) is left out where a folder above is given.
    """
    found = [file for path in paths for file in _documents(path, but)]
    if document is not None:
        if len(found) != 1:
            raise SoseiError(
                Text("--document は文書が一つのときだけ使えます", "--document is for a single document"),
                where="sosei ingest",
            )
        return [Job(found[0], checked_slug(document))]
    return [Job(path, slug) for path, slug in zip(found, _slugs(found), strict=True)]


def _documents(path: Path, but: Sequence[Path]) -> list[Path]:
    if not path.is_dir():
        return [path]
    here = path.resolve()
    left_out = [folder for folder in (each.resolve() for each in but) if not here.is_relative_to(folder)]
    files_below = (
        file
        for file in path.rglob("*")
        if file.suffix.lower() in ENDINGS
        and file.is_file()
        and not any(file.resolve().is_relative_to(folder) for folder in left_out)
    )
    found = sorted(file for file in files_below if not file.name.startswith((".", "~$")))
    if not found:
        raise SoseiError(
            Text("取り込める文書がありません", "there is no document to take in"),
            where=str(path),
            hint=Text("PDF・DOCX・XLSX・HTML・TXT を置いてください", "PDF, DOCX, XLSX, HTML or TXT"),
        )
    return found


def _slugs(paths: Sequence[Path]) -> list[str]:
    """A name for each file: its own, with the folder's and the ending where others have the same."""
    names = [slug_of(path) for path in paths]
    names = [f"{name}-document" if name in RESERVED else name for name in names]
    for longer in (_with_folder, _with_ending):
        counts = Counter(names)
        names = [longer(path) if counts[name] > 1 else name for name, path in zip(names, paths, strict=True)]
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = name if seen[name] == 1 else f"{name}-{seen[name]}"
    return names


def _with_folder(path: Path) -> str:
    return slug_of(Path(f"{path.parent.name}-{path.stem}.x"))


def _with_ending(path: Path) -> str:
    return slug_of(Path(f"{path.parent.name}-{path.stem}-{path.suffix[1:]}.x"))


def checked_slug(name: str, where: str = "--document") -> str:
    """A name for a document that a user gives; one that no document can have is an error."""
    if slug_of(Path(f"{name}.x")) != name or name in RESERVED:
        raise SoseiError(
            Text(f"文書の名前「{name}」は使えません", f"a document cannot be called {name}"),
            where=where,
            hint=Text("英小文字・数字・- の名前にしてください", "use small letters, digits and -"),
        )
    return name
