"""What kind of file it is, by its content; the name decides only between texts that look alike."""

import io
import re
import zipfile

from sosei_graph.errors import SoseiError
from sosei_graph.ingest.document import MediaType
from sosei_graph.languages import Text

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FRAGMENT = re.compile(rb"<(?:table|p|div|h[1-6]|ul|ol)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\|?(?:\s*:?-{3,}:?\s*\|)+", re.MULTILINE)
_MARKDOWN_NAMES = (".md", ".markdown")
_HTML_NAMES = (".html", ".htm", ".xhtml")

_AS_PDF = Text("PDF などに書き出してください", "export it as PDF, for example")
#: Beginnings of files that are no documents we read, what they are, and what to do.
_OTHERS: tuple[tuple[bytes, Text, Text], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Text(
            "旧形式かパスワード付きの Office 文書です",
            "an Office document of the old format, or with a password",
        ),
        Text(
            "パスワードのない .docx か .xlsx で保存してください",
            "save it as .docx or .xlsx without a password",
        ),
    ),
    *(
        (
            begin,
            Text("画像ファイルです", "the file is a picture"),
            Text("OCR で文字を付けた PDF にしてください", "make a PDF with text of it by OCR"),
        )
        for begin in (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
    ),
    (b"{\\rtf", Text("リッチテキスト（RTF）です", "the file is rich text (RTF)"), _AS_PDF),
    (b"%!PS", Text("PostScript です", "the file is PostScript"), _AS_PDF),
)
#: Other packed documents, by the beginning of a name in them.
_OTHER_PARTS = (
    ("ppt/", Text("PowerPoint の文書です", "a PowerPoint document")),
    ("Index/", Text("Pages・Numbers・Keynote の文書です", "a document of Pages, Numbers or Keynote")),
    ("content.xml", Text("OpenDocument の文書です", "an OpenDocument document")),
    ("META-INF/container.xml", Text("電子書籍（EPUB）です", "an e-book (EPUB)")),
)
_PARTS: dict[str, MediaType] = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_of(data: bytes, name: str) -> MediaType:
    """The kind of a document. Raises `SoseiError` for what is none that can be read."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _packed(data)
    for begin, what, hint in _OTHERS:
        if data.startswith(begin) and (len(begin) > 2 or b"\0" in data[:64]):
            raise SoseiError(Text(f"{what.ja}。読めません", f"{what.en}; it cannot be read"), hint=hint)
    return _text_kind(data, name.lower())


def _text_kind(data: bytes, name: str) -> MediaType:
    # Of UTF-16, every other byte is zero for what matters here.
    head = data[:200_000].replace(b"\0", b"")
    if _HTML.search(head[:4096]) or (name.endswith(_HTML_NAMES) and _FRAGMENT.search(head)):
        return "html"
    if name.endswith(_MARKDOWN_NAMES) or len(_MARKDOWN.findall(head)) >= 2:
        return "markdown"
    return "plain"


def _packed(data: bytes) -> MediaType:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SoseiError(
            Text(
                "Office 文書（ZIP）が壊れているか途中で切れています",
                "the Office document (ZIP) is damaged or cut off",
            ),
            hint=Text("元のファイルを取り直してください", "get the file again"),
        ) from error
    for part, kind in _PARTS.items():
        if part in names:
            return kind
    for begin, what in _OTHER_PARTS:
        if any(name.startswith(begin) for name in names):
            raise SoseiError(Text(f"{what.ja}。読めません", f"{what.en}; it cannot be read"), hint=_AS_PDF)
    raise SoseiError(
        Text("DOCX でも XLSX でもない ZIP です", "a ZIP that is neither DOCX nor XLSX"),
        hint=Text("PDF、DOCX、XLSX などの文書を指定してください", "give a document: PDF, DOCX, XLSX …"),
    )
