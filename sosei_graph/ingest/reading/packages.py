"""Office files are ZIPs of XML: looked at before any library unpacks them."""

import io
import zipfile

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.reading.limits import Limits
from sosei_graph.languages import Text

_MB = 2**20
#: Only what is large when unpacked is judged by how well it is packed.
_LARGE = 20 * _MB
_PIECE = 1 * _MB
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def checked(data: bytes, limits: Limits) -> io.BytesIO:
    """The file, if unpacking it is safe: bounded in size, and without declarations of entities, which OOXML forbids.

    ISO/IEC 29500-2, 7.1.4 (no DTD in the parts of a package).
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if size > limits.unpacked_megabytes * _MB:
            raise limits.too_much_unpacked(size / _MB)
        if size > _LARGE and size / packed > limits.ratio:
            raise limits.too_well_packed(size / packed)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")) and _declares(archive, part):
                raise SoseiError(
                    Text(
                        f"XML の実体宣言を含みます（{part.filename}）",
                        f"its XML declares entities ({part.filename})",
                    ),
                    hint=Text("ファイルの出所を確かめてください", "check where the file comes from"),
                )
    return io.BytesIO(data)


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            if any(word in tail + piece for word in _DECLARATIONS):
                return True
            tail = piece[-32:]
    return False
