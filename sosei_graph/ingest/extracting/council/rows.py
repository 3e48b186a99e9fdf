"""The rows of a table of opinions: who said what about what, and what answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.exchange import (
    Answer,
    Gathered,
    Voice,
    is_nothing,
    is_same_as_another,
)
from sosei_graph.ingest.extracting.council.grid import NO_AREA, Area, Cells, Headed, repeats
from sosei_graph.ingest.extracting.council.lines import Point, points
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join

_LONGEST_TITLE = 60


@dataclass
class OpinionRows:
    """Reads the rows of tables of opinions; a row may go on over the end of a page."""

    source: Source
    gathered: Gathered
    category: Wording = field(default_factory=Wording)
    title: Wording = field(default_factory=Wording)
    opinion: Area = NO_AREA
    response: Area = NO_AREA
    voices: list[Voice] = field(default_factory=list)

    def read(self, table: Headed, *, goes_on: bool = False) -> None:
        """Adds the opinions of a table; one that goes on from the page before may begin with the rest of a row."""
        if not goes_on:
            self.category, self.title, self.voices = Wording(), Wording(), []
        self.gathered.taken.append((table.grid.start, table.grid.end))
        first = goes_on
        for row in table.grid.rows:
            areas = [area for area in dict.fromkeys(row) if area and area.lines]
            if not areas or repeats(row, table):
                continue
            if first and self._is_rest(row, table):
                self._append(row, table)
            elif (title := self._title(row, areas, table)) is not None:
                self.title, self.category = title, Wording()
            else:
                self._row(row, table)
            first = False

    def _title(self, row: Cells, areas: Sequence[Area], table: Headed) -> Wording | None:
        """The heading that a row holds alone."""
        if len(areas) != 1 or "。" in areas[0].words.text or len(areas[0].words) > _LONGEST_TITLE:
            return None
        spans = areas[0].width > 1 and areas[0].width >= len(table.kinds) - 1
        first = bool(row[0]) and row[0] is areas[0] and table.kinds[0] != "opinion"
        return areas[0].words if spans or first else None

    def _is_rest(self, row: Cells, table: Headed) -> bool:
        """Whether the first row of a page is the rest of the last one of the page before."""
        numbers = [at for at, kind in enumerate(table.kinds) if kind == "number"]
        opinion, response = table.at(row, "opinion"), table.at(row, "response")
        if not self.voices or (not opinion.lines and not response.lines):
            return False
        if numbers:
            return not any((row[at] or NO_AREA).lines for at in numbers)
        if not opinion.lines:
            return bool(response.lines)
        before = self.voices[-1].words.text
        return not before.endswith(("。", "？", "?", "」", "）"))

    def _append(self, row: Cells, table: Headed) -> None:
        """Adds the rest of a row to what it goes on from."""
        last = self.voices[-1]
        last.words = join([last.words, *table.at(row, "opinion").lines])
        last.remarks.append(remarks.OVER_PAGES)
        last.confidence = min(last.confidence, 0.8)
        rest = table.at(row, "response")
        if not rest.lines:
            return
        if last.answers:
            last.answers[-1].words = join([last.answers[-1].words, *rest.lines])
        else:
            self._answer(self.voices, row, table)

    def _row(self, row: Cells, table: Headed) -> None:
        opinion, response = table.at(row, "opinion"), table.at(row, "response")
        if own := table.all_at(row, "category"):
            self.category = own[-1].words
        if not opinion.lines or is_nothing(opinion.words):
            if response.lines and not is_nothing(response.words) and response is not self.response:
                self.gathered.unread.append(self.source.unread(response.lines, remarks.NO_OPINION))
            return
        before = list(self.voices)
        if opinion is not self.opinion:
            self._add(opinion, row, table)
        if response.lines and response is self.response and opinion is not self.opinion:
            self._share(before)
        elif response.lines and response is not self.response:
            self._answer(self.voices, row, table)
        elif not response.lines and not table.grid.ruled and "response" in table.kinds:
            for voice in self.voices:
                voice.remarks.append(remarks.BLANK_IN_TEXT)
                voice.confidence = min(voice.confidence, 0.8)
        self.opinion, self.response = opinion, response

    def _add(self, opinion: Area, row: Cells, table: Headed) -> None:
        self.voices = [
            Voice(
                point.words,
                self.category or self.title,
                table.at(row, "speaker").words,
                remarks=list(table.grid.notes),
                confidence=0.7 if table.grid.notes else 1.0,
            )
            for point in points(opinion.lines)
        ]
        self.gathered.voices += self.voices

    def _share(self, before: Sequence[Voice]) -> None:
        """A response merged over several rows answers the opinions of all."""
        answers = before[-1].answers if before else []
        for voice in self.voices:
            voice.answers = list(answers)

    def _answer(self, voices: Sequence[Voice], row: Cells, table: Headed) -> None:
        response = table.at(row, "response")
        if is_nothing(response.words):
            return
        places = [area.words for area in table.all_at(row, "place") if not is_nothing(area.words)]
        asked, answered = points(table.at(row, "opinion").lines), points(response.lines)
        if _paired(asked, answered) and len(voices) == len(asked):
            for voice, point in zip(voices, answered, strict=True):
                voice.answers.append(self._made(point.words, places, table))
            return
        answer = self._made(join(response.lines), places, table)
        if len(voices) > 1:
            answer.remarks.append(remarks.SHARED_RESPONSE)
            answer.confidence = min(answer.confidence, 0.8)
        for voice in voices:
            voice.answers.append(answer)

    def _made(self, words: Wording, places: list[Wording], table: Headed) -> Answer:
        answer = Answer(words, places, list(table.grid.notes), 0.7 if table.grid.notes else 1.0)
        if is_same_as_another(words):
            answer.remarks.append(remarks.OTHER_CELL)
            answer.confidence = 0.5
        return answer


def _paired(asked: Sequence[Point], answered: Sequence[Point]) -> bool:
    """Whether opinions and responses bear the same numbers."""
    numbers = [point.number for point in asked]
    return len(numbers) > 1 and None not in numbers and numbers == [point.number for point in answered]
