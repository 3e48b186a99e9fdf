"""What `sosei build` has left in `build/`, taken up again: whether it is of the files as they are, and its graph.

Imported before everything else when a question is asked, so it imports little itself.
"""

import hashlib
import json
from pathlib import Path

import pyoxigraph as ox

from sosei_graph.workspace import Workspace

MANIFEST = "manifest.json"
STORE = "sosei.nq"


def digest(content: bytes) -> str:
    """SHA-256 of the bytes."""
    return hashlib.sha256(content).hexdigest()


def inputs(workspace: Workspace) -> dict[str, str]:
    """The digest of everything that a build is made of, by the name of the file."""
    digests = {workspace.short(path): digest(path.read_bytes()) for path in workspace.inputs()}
    # What the package makes of the same files can change with its own version and with the base.
    return digests | {"": digest(f"{_engine()} {workspace.base}".encode())}


def _engine() -> str:
    modules = sorted(Path(__file__).parent.rglob("*.py"))
    return digest(ox.__version__.encode() + b"".join(path.read_bytes() for path in modules))


def expected(workspace: Workspace) -> str | None:
    """The digest of the built graph, if it was made of the files as they are now.

    By the digests of the files: one that was put back from an archive, or written twice within a tick of the clock,
    can have the size and the time of another. To read the files takes a tenth of the time that the graph takes.
    """
    if workspace.store is not None:
        return None
    try:
        recorded = json.loads((workspace.build_dir / MANIFEST).read_text(encoding="utf-8"))
        return str(recorded["outputs"][STORE]) if recorded["inputs"] == inputs(workspace) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def load(workspace: Workspace, expected: str) -> ox.Store | None:
    """The built graph; None if it is not the one of that digest."""
    try:
        data = (workspace.build_dir / STORE).read_bytes()
    except OSError:
        return None
    if digest(data) != expected:
        return None
    store = ox.Store()
    # What the engine wrote itself needs no second check.
    store.bulk_load(data, format=ox.RdfFormat.N_QUADS, lenient=True)
    return store
