"""Names as a draft gives them: what is printed where it is a name, a short label of ours where it is prose."""

import re
from dataclasses import dataclass

from sosei_graph.evidence.standing import mark_stands, pieces_stand, text_stands
from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.facts import Notebook, ja, string
from sosei_graph.ingest.records import Passage
from sosei_graph.languages import Text
from sosei_graph.text import squeeze

#: A sentence ends here, and no remark in brackets (市の制度を利用した者に限る。).
_SENTENCE = re.compile(r"。(?![)）])")
#: A longer one, or one with a sentence, is no name but prose, and prose is not copied.
_LONGEST_NAME = 70

_PROSE = Text(
    "文書では文章なので写していません。短い名前を付けてください（自分の文書なら --quote で写せます）",
    "the document has prose here, which is not copied: give it a short name (--quote copies it, of your own documents)",
)


@dataclass(frozen=True)
class Names:
    """Writes names and quotations of a reading. `quote`: the document is the user's own, so prose may be copied."""

    reading: Reading
    notes: Notebook
    quote: bool = False

    def printed(self, passage: Passage) -> str:
        """The words as they can be found again in one of the places or in all of them together."""
        raw = [self.reading.at(span) for span in passage.spans]
        if any(text_stands(passage.text, each) for each in raw) or pieces_stand(passage.text, raw):
            return passage.text
        return squeeze("".join(raw)) or passage.text

    def mark(self, iri: str, mark: Passage | None) -> None:
        """The mark as printed (`skos:notation`), if there is one."""
        if mark is None:
            return
        raw = [self.reading.at(span) for span in mark.spans]
        plain = squeeze(mark.text)
        stands = any(mark_stands(plain, each) for each in raw)
        self.notes.say(iri, "skos:notation", string(plain if stands else squeeze("".join(raw))), mark)

    def label(self, passage: Passage, own: Text) -> Text | str:
        """The name, or our own words where it is prose."""
        return passage.text if self.quote or is_name(passage) else own

    def say(self, iri: str, passage: Passage) -> None:
        """The name as printed; of prose only the place, or the quotation."""
        if is_name(passage):
            printed = self.printed(passage)
            self.notes.say(iri, "sosei:statedName", string(printed), passage)
            if printed != passage.text and squeeze(printed) != squeeze(passage.text):
                self.notes.say(iri, "skos:altLabel", ja(printed))
            return
        self.prose(iri, passage)

    def prose(self, iri: str, passage: Passage) -> None:
        """Words that are no name, and a request for one unless they may be copied."""
        self.quotation(iri, passage)
        if not self.quote:
            self.notes.remark(iri, _PROSE)

    def quotation(self, iri: str, passage: Passage) -> None:
        """The words of the document, where they may be copied; the place in any case."""
        if self.quote:
            self.notes.say(iri, "sosei:quotation", string(passage.text), passage)
        else:
            self.notes.mark(iri, passage)


def is_name(passage: Passage) -> bool:
    """Whether words are a title or name and no sentence."""
    return 0 < len(passage.text) <= _LONGEST_NAME and not _SENTENCE.search(passage.text)


def together(*passages: Passage | None) -> Passage | None:
    """Several passages as one, so that one place states them all."""
    given = [passage for passage in passages if passage]
    if not given:
        return None
    return Passage("".join(each.text for each in given), tuple(span for each in given for span in each.spans))
