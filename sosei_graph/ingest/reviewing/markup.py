"""Words of a document as HTML: escaped, with unseen characters shown by their numbers."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from markupsafe import Markup, escape

from sosei_graph.ingest.reviewing.characters import runs, visible
from sosei_graph.ingest.reviewing.pieces import Piece
from sosei_graph.languages import Lang, Text

_UNSEEN = Markup('<i class="unseen">{}</i>')
_EMPTY = Markup()


def words(text: str) -> Markup:
    """Text of a document."""
    return _EMPTY.join(_UNSEEN.format(run) if unseen else escape(run) for run, unseen in runs(text))


def line(pieces: Iterable[Piece], doubtful: AbstractSet[str]) -> Markup:
    """A line of the document, with a mark around each piece that belongs to a fact (`m`).

    Pieces of a doubtful fact are `dt`, those of an unread passage `un`.
    """
    return _EMPTY.join(_piece(piece, doubtful) for piece in pieces)


def _piece(piece: Piece, doubtful: AbstractSet[str]) -> Markup:
    if not piece.entries:
        return words(piece.text)
    kinds = ["m"]
    if not doubtful.isdisjoint(piece.entries):
        kinds.append("dt")
    if any(entry.startswith("u") for entry in piece.entries):
        kinds.append("un")
    # The ids are ours; a document has thousands of pieces.
    held = f'class="{" ".join(kinds)}" id="c{piece.start}" data-f="{" ".join(piece.entries)}"'
    return Markup(f"<span {held}>{words(piece.text)}</span>")  # noqa: S704


def said(text: Text, lang: Lang) -> Markup:
    """A text in the language of the page, with the other one for the switch, where they differ."""
    here, there = visible(text.in_(lang)), visible(text.in_("en" if lang == "ja" else "ja"))
    if here == there:
        return escape(here)
    return Markup(f'<span data-other="{escape(there)}">{escape(here)}</span>')  # noqa: S704  both are escaped
