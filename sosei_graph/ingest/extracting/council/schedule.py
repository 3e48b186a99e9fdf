"""The schedule: steps with their months and days, in tables, in lines, and by months as columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.exchange import Gathered, is_nothing
from sosei_graph.ingest.extracting.council.grid import Cells, Grid, Headed, repeats
from sosei_graph.ingest.extracting.council.lines import BULLET, Row, points
from sosei_graph.ingest.extracting.council.times import ERA, TODAY, WHEN, Step, is_year_only, printed_over
from sosei_graph.ingest.extracting.headings import read_marks
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.text import fold
from sosei_graph.text.dates import find_periods

SECTION = re.compile(
    r".{0,30}(?:スケジュール|日程|経過|経緯|予定|工程(?:表)?|流れ|ロードマップ)(?:\(案\)|\(予定\)|について|表)*"
)


def read_table(table: Headed, source: Source, gathered: Gathered) -> list[Step]:
    """The steps of a table with a column of times."""
    steps = list[Step]()
    year = ""
    for row in table.grid.rows:
        areas = [area for area in dict.fromkeys(row) if area and area.lines]
        if not areas or repeats(row, table):
            continue
        cells = table.all_at(row, "when")
        year = next((over for area in areas[:2] if (over := printed_over(area.words.text))), year)
        when = next((area for area in reversed(cells) if WHEN.match(area.words.text.strip())), None)
        if when is None:
            continue
        at = [place for place, area in enumerate(row) if area and area is not when and area.lines]
        found = False
        for place in at:
            area = row[place]
            kind = table.kinds[place]
            if (
                area is None
                or kind in ("number", "when", "speaker", "place")
                or (place and row[place - 1] is area)
            ):
                continue
            track = table.heads[place] if kind is None else Wording()
            for point in points(area.lines):
                if not is_nothing(point.words) and not is_year_only(point.words.text):
                    steps.append(
                        Step(point.words, when.words, year, bool(TODAY.search(when.words.text)), track)
                    )
                    found = True
        if not found:
            gathered.unread.append(source.unread([when.words], remarks.NO_STEP))
    return steps


def read_months(grid: Grid) -> list[Step]:
    """The steps of a table whose columns are months: a cell's words, or of a cell with a sign the head of its row."""
    steps = list[Step]()
    found = next((at for at, row in enumerate(grid.rows[:3]) if len(_months(row)) >= 3), None)
    if found is None:
        return []
    heads = grid.rows[found]
    years = grid.rows[found - 1] if found else ()
    for row in grid.rows[found + 1 :]:
        label = next(
            (area for at, area in enumerate(row) if area and area.lines and at not in _months(heads)), None
        )
        for at in _months(heads):
            area, head = row[at], heads[at]
            if area is None or not area.lines or head is None or (at and row[at - 1] is area):
                continue
            over = years[at] if at < len(years) else None
            year = printed_over(over.words.text) if over else ""
            sign = bool(_SIGN.fullmatch(area.words.text))
            words = label.words if sign and label else area.words
            if _SPANS.fullmatch(area.words.text) or area.width > 1 or (sign and not label):
                continue
            track = label.words if label and not sign else Wording()
            steps.append(Step(words, head.words, year, track=track, chained=False))
    return steps


_SIGN = re.compile(r"[●○◎★☆◆◇■□▲△]+")
#: What is drawn over more than its own cell.
_SPANS = re.compile(r"[→⇒←⇔↔〜～…―ー—－-]+>?")


def _months(row: Cells) -> list[int]:
    """The places of the cells that are months and nothing else."""
    return [
        at
        for at, area in enumerate(row)
        if area and re.fullmatch(rf"(?:{ERA})?\s*[0-9０-９]{{1,2}}\s*月", area.words.text)
    ]


_SOME_TIME = re.compile(r"[0-9０-９]{1,2}\s*(?:月|[/／]\s*[0-9０-９])|^\s*月\s*$")


def read_lines(rows: Sequence[Row], source: Source, gathered: Gathered) -> list[Step]:
    """The steps in lines below a heading of a schedule, each beginning with its time."""
    free = gathered.free(rows)
    opened = [at for at, row in enumerate(free) if opens_schedule(row)]
    steps = list[Step]()
    for first, last in pairwise([*opened, len(free)]):
        closed = (at for at in range(first + 1, last) if _closes(free[at], free[at + 1 : at + 4]))
        section = free[first + 1 : next(closed, last)]
        found = _in_section(section)
        if not found and sum(bool(_SOME_TIME.search(row.text)) for row in section) > 1:
            gathered.unread.append(source.unread([free[first].words], remarks.COLUMNS_OF_TIMES))
        steps += found
    return steps


def _in_section(rows: Sequence[Row]) -> list[Step]:
    """The steps of one schedule. Entries of a list count where no line begins with its time outright."""
    rows = rows[1:] if _dates_the_paper(rows) else rows
    plain = any(WHEN.match(row.text) for row in rows)
    steps = list[Step]()
    for at, row in enumerate(rows):
        if (noted := _noted(row)) is not None:
            steps.append(noted)
        elif (start := _time_at(row, plain=plain)) is not None:
            end = _end(rows, at, plain=plain)
            words = row.words.cut(start)
            steps += _in_lines([Row(words, words), *rows[at + 1 : end]], _year_over(rows, at))
    return steps


def _dates_the_paper(rows: Sequence[Row]) -> bool:
    """Whether the month below the heading is that of the paper: no entry follows it, and no other time has a year."""
    times = [found for row in rows if (found := WHEN.match(row.text))]
    if not times or not rows or not (first := WHEN.fullmatch(rows[0].text)) or not first["year"]:
        return False
    entry = len(rows) > 1 and BULLET.match(rows[1].text)
    return not entry and not any(found["year"] for found in times[1:])


def _time_at(row: Row, *, plain: bool) -> int | None:
    """Where in a line its time begins."""
    bullet = None if plain else BULLET.match(row.text)
    start = bullet.end() if bullet else 0
    return start if (plain or bullet) and WHEN.match(row.text, start) else None


def opens_schedule(row: Row) -> bool:
    """Whether a line is the heading of a schedule."""
    text = re.sub(r"^[\d.．()（）｜|■◆●○【\s]+|[】\s]+$", "", fold(row.text))
    return len(text) < 50 and bool(SECTION.fullmatch(text))


def _closes(row: Row, following: Sequence[Row]) -> bool:
    """A heading of something else, below which no line begins with a time."""
    marked = read_marks(row.text) and "。" not in row.text and not WHEN.match(row.text)
    return bool(marked) and not any(WHEN.match(each.text) for each in following)


def _year_over(rows: Sequence[Row], at: int) -> str:
    lines = (row.text.strip() for row in reversed(rows[max(0, at - 30) : at]))
    return next((line for line in lines if is_year_only(line)), "")


def _end(rows: Sequence[Row], at: int, *, plain: bool) -> int:
    """The line after the last of a step: the next time, heading or caption."""
    for place in range(at + 1, min(len(rows), at + 12)):
        text = rows[place].text
        if (
            _time_at(rows[place], plain=plain) is not None
            or text.startswith(("※", "【", "■"))
            or _TIME_OF_OTHERS.fullmatch(text)
            or is_year_only(text)
        ):
            return place
    return min(len(rows), at + 12)


@dataclass
class LineReader:
    """Reads the lines of one time. An entry of another column may begin with a time of its own (`dated`)."""

    when: Wording
    year: str
    today: bool
    steps: list[Step] = field(default_factory=list)
    dated: Wording | None = None

    def read(self, row: Row, *, may_go_on: bool) -> None:
        """Adds what a line holds."""
        words, bullet = _without_clock(row.words), BULLET.match(row.text)
        if not words or is_nothing(words) or TODAY.fullmatch(row.text.strip()):
            return
        inner = words.cut(bullet.end()) if bullet else words
        own = WHEN.match(inner.text) or re.match(rf"(?:{ERA})末?(?=\S)", inner.text)
        if bullet and own and own.end() > 0:
            self.dated = inner.cut(0, own.end())
            inner = inner.cut(own.end())
            if inner and not re.fullmatch(r"[(（][^)）]{1,6}[)）]", inner.text):
                self.steps.append(Step(inner, self.dated, self.year, chained=False, is_apart=True))
        elif may_go_on and not bullet and not row.indent and row.gap == 0 and self._goes_on():
            self.steps[-1].words = join([self.steps[-1].words, words])
        else:
            self.dated = self.dated if bullet else None
            chained = self.dated is None
            today = self.today and chained
            when, words = self.dated or self.when, _without_dash(inner)
            self.steps.append(Step(words, when, self.year, today, chained=chained, is_apart=not chained))

    def _goes_on(self) -> bool:
        return bool(self.steps) and not _ENTRY_ENDS.search(self.steps[-1].words.text)


def _without_clock(words: Wording) -> Wording:
    """An entry without the day of the week and the hours of its time, which stand beside or below it."""
    found = _DAY_OF_WEEK.match(words.text)
    words = words.cut(found.end()) if found else words
    return Wording() if _HOURS.fullmatch(words.text) else words


_DAY_OF_WEEK = re.compile(r"[(（][月火水木金土日・祝]{1,3}[)）]\s*")
_HOURS = re.compile(
    r"[0-9０-９]{1,2}[:：時][0-9０-９]{0,2}分?\s*(?:[-~～〜－―]\s*(?:[0-9０-９]{1,2}[:：時][0-9０-９]{0,2}分?)?)?"
)
#: A time in brackets on a line of its own belongs to another column.
_TIME_OF_OTHERS = re.compile(rf"[(（](?:{WHEN.pattern})[)）]")
_ENTRY_ENDS = re.compile(
    r"(?:実施|開催|決定|報告|策定|公表|説明|提出|設置|公募|開始|協議|審議|検証|会議|議会|(?<![(（]案)[)）]|。)$"
)


def _in_lines(rows: Sequence[Row], year: str) -> list[Step]:
    """The steps of one time: what follows it in its line, and the entries below."""
    found = WHEN.match(rows[0].text)
    if found is None:
        return []
    today = any(TODAY.fullmatch(row.text.strip()) for row in rows)
    reader = LineReader(rows[0].words.cut(*found.span()), year, today)
    for rest in _parts(rows[0].words.cut(found.end())):
        reader.read(Row(rest, rest), may_go_on=False)
    for row in rows[1:]:
        reader.read(row, may_go_on=True)
    return [step for step in reader.steps if step.words]


def _without_dash(words: Wording) -> Wording:
    """A cell without the dash of the empty cell that stood beside it."""
    found = re.search(r"(?:\s+[-－ー―–—])+\s*$", words.text)
    return words.cut(0, found.start()) if found else words


def _parts(words: Wording) -> Iterator[Wording]:
    """What follows a time in its line, cut where another column begins: at a wide gap or a sign."""
    start = 0
    for found in re.finditer(r"\s+(?=[〇○◯・])|\s{2,}", words.text):
        yield words.cut(start, found.start())
        start = found.end()
    yield words.cut(start)


def unplaced(rows: Sequence[Row], steps: Sequence[Step]) -> list[Wording]:
    """A column of steps (【第１回】 …) that stands apart from the times, below them."""
    last = max((step.words.start for step in steps if step.chained), default=len(rows) and rows[-1].words.end)
    found = list[Wording]()
    for row in rows:
        begins = re.match(r"【?第\s*[0-9０-９]+\s*回", row.text)
        if row.words.start > last and (found or begins):
            if row.text.startswith("※") or opens_schedule(row) or len(row.words.folded) > 30:
                break
            found.append(row.words)
    return found


_DAY_OF = re.compile(r"※?\s*(?P<name>[^。、※]{2,30}?)(?:は|を|については)、?\s*(?P<when>.*)$")


def _noted(row: Row) -> Step | None:
    """The step in a note: `※完成版の公表は令和７年４月１日を予定`."""
    found = _DAY_OF.match(row.text) if row.text.startswith("※") else None
    times = find_periods(row.text)
    if (
        found is None
        or len(times) != 1
        or times[0].start != found.start("when")
        or times[0].period.kind != "date"
    ):
        return None
    return Step(
        row.words.cut(*found.span("name")), row.words.cut(times[0].start, times[0].end), chained=False
    )
