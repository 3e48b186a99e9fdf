"""Council material: 会議次第, 資料, 会議録 and 意見と対応 of 推進会議, 審議会 and other councils of municipalities.

The form: which meeting it is, when and where it is held, its agenda; the members' opinions with what the office
answers, as tables, as lists, or as turns of speakers; the schedule. See `extract`.
"""

import re
from collections.abc import Sequence

from sosei_graph.ingest.document import Reading
from sosei_graph.ingest.extracting.council import remarks
from sosei_graph.ingest.extracting.council.agenda import read_agenda
from sosei_graph.ingest.extracting.council.apart import find_tables, looks_like_heads
from sosei_graph.ingest.extracting.council.bullets import headings, read_lists
from sosei_graph.ingest.extracting.council.comments import comments_invited, title_of_comments
from sosei_graph.ingest.extracting.council.exchange import Answer, Gathered, Voice
from sosei_graph.ingest.extracting.council.grid import Headed, below, grid_of, headed
from sosei_graph.ingest.extracting.council.labels import is_of_opinions, is_of_turns, places_in
from sosei_graph.ingest.extracting.council.lines import Row, free_rows
from sosei_graph.ingest.extracting.council.meeting import Head, read_head
from sosei_graph.ingest.extracting.council.rows import OpinionRows
from sosei_graph.ingest.extracting.council.schedule import (
    opens_schedule,
    read_lines,
    read_months,
    read_table,
    unplaced,
)
from sosei_graph.ingest.extracting.council.streams import read_streams
from sosei_graph.ingest.extracting.council.times import Step, date_steps
from sosei_graph.ingest.extracting.council.turns import read_exchanges, read_turns, turns_of
from sosei_graph.ingest.extracting.drafts import find_plans, scheduled_plan
from sosei_graph.ingest.extracting.particulars import publisher as most_named
from sosei_graph.ingest.extracting.source import Source
from sosei_graph.ingest.extracting.wording import Wording, join
from sosei_graph.ingest.records import (
    CERTAIN,
    DatedPeriod,
    Doubt,
    Findings,
    Government,
    Meeting,
    Milestone,
    Opinion,
    Passage,
    Plan,
    Response,
    Unread,
)


def extract(reading: Reading) -> Findings:
    """What the material states: the meeting, its agenda, opinions with their responses, and the schedule.

    Opinions that one response answers have the same `Response`. An opinion whose response could not be told in one
    way only is in `Findings.unread` with the words that may answer it. A meeting without a name has an empty one.
    """
    source = Source(reading)
    rows = free_rows(source)
    head = read_head(source, rows)
    lines = [row.words for row in rows]
    invited = comments_invited(lines) if not head.name else None
    if invited:
        head.title = title_of_comments(lines) or head.title
    gathered = Gathered()
    steps = _read(source, rows, gathered)
    date_steps(steps, head.day)
    plans, unread = _plans(source, head, rows, steps)
    meeting = Meeting(
        name=_some(head.name, source) or Passage("", ()),
        council=_some(head.council, source),
        held_on=head.day,
        held=_some(head.date, source),
        place=_some(head.place, source),
        agenda=() if invited else tuple(map(source.passage, read_agenda(head.labelled, rows))),
        opinions=_opinions(gathered.voices, source),
        milestones=_milestones(steps, source),
        number=head.number,
    )
    missing = _on_comments(invited, gathered, source) if invited else _missing(head, rows, source)
    return Findings(
        "council",
        _some(_whole_title(head, source), source),
        _publisher(head, source),
        head.day if head.is_material else None,
        plans,
        meeting=meeting,
        unread=(*missing, *gathered.unread, *(unread if plans else ())),
    )


def _whole_title(head: Head, source: Source) -> Wording:
    """The title with the name of the council that stands on the line right above it."""
    council, title = head.council, head.title
    apart = not council or not title or council.end > title.start
    if apart or source.repaired.text[council.end : title.start].strip():
        return title
    return join([council, title], " ")


def _plans(
    source: Source, head: Head, rows: Sequence[Row], steps: Sequence[Step]
) -> tuple[tuple[Plan, ...], tuple[Unread, ...]]:
    """The plans whose draft the material holds, else the one that its schedule is of."""
    # Minutes and lists of opinions hold no draft, and are long.
    plans, unread = find_plans(source) if "目標" in source.repaired.text else ((), ())
    if steps and not plans and (planned := scheduled_plan(source, _on_schedule(head, rows, steps))):
        return (planned,), unread
    return plans, unread


def _on_schedule(head: Head, rows: Sequence[Row], steps: Sequence[Step]) -> list[Wording]:
    """What may name the plan of the schedule: the title, the headings of schedules, the steps."""
    headings = [row.words for row in rows if opens_schedule(row)]
    return [head.title, *headings, *(step.words for step in steps)]


def _read(source: Source, rows: Sequence[Row], gathered: Gathered) -> list[Step]:
    """Reads opinions and responses, each line by the first form that it fits; gives the steps of schedules."""
    steps = [*_in_tables(source, gathered), *_in_text(source, rows, gathered)]
    rest = gathered.free(rows)
    read_streams(rest, source, gathered)
    rest = gathered.free(rest)
    read_exchanges(read_turns(rest, headings(rest)), source, gathered)
    rest = gathered.free(rest)
    read_lists(rest, source, gathered)
    steps += read_lines(rest, source, gathered)
    steps.sort(key=lambda step: step.words.start)
    for row in gathered.free(rest):
        if looks_like_heads(row):
            gathered.unread.append(source.unread([row.words], remarks.COLUMNS_UNREAD))
    if apart := unplaced(rest, steps):
        gathered.unread.append(source.unread(apart, remarks.STEP_UNDATED))
    gathered.unread += [
        source.unread([step.when, step.words], remarks.OTHER_BODY) for step in steps if step.is_of_others
    ]
    return [step for step in steps if not step.is_of_others]


def _some(words: Wording, source: Source) -> Passage | None:
    return source.passage(words) if words else None


def _in_tables(source: Source, gathered: Gathered) -> list[Step]:
    """Reads the tables of the document; gives the steps of schedules."""
    steps = list[Step]()
    reader = OpinionRows(source, gathered)
    above: Headed | None = None
    for start, end, table in source.tables:
        grid = grid_of(table, start, end, source)
        own = headed(grid)
        goes_on = own is None and above is not None and (own := below(grid, above)) is not None
        if own is None:
            steps += read_months(grid)
            continue
        if is_of_turns(own.kinds):
            read_exchanges(turns_of(own), source, gathered)
        elif is_of_opinions(own.kinds):
            again = above is not None and _same_head(own, above)
            reader.read(own, goes_on=goes_on or again)
        else:
            steps += read_table(own, source, gathered)
        above = own
    return steps


def _same_head(own: Headed, above: Headed) -> bool:
    """Whether a table repeats the head of the one on the page before."""
    same = [head.folded for head in own.heads] == [head.folded for head in above.heads]
    pages = own.grid.page, above.grid.page
    return same and pages[0] is not None and pages[1] is not None and pages[0] == pages[1] + 1


def _in_text(source: Source, rows: Sequence[Row], gathered: Gathered) -> list[Step]:
    """Reads the tables whose columns are kept apart by spaces; gives the steps of schedules."""
    steps = list[Step]()
    reader = OpinionRows(source, gathered)
    for found in find_tables(rows, source):
        table = found.table
        if table is None:
            if found.words:
                gathered.unread.append(source.unread(found.words, remarks.COLUMNS_UNREAD))
                gathered.taken.append((rows[found.first].words.start, rows[found.last - 1].words.end))
        elif is_of_opinions(table.kinds):
            reader.read(table)
        else:
            steps += read_table(table, source, gathered)
            gathered.taken.append((table.grid.start, table.grid.end))
    return steps


def _publisher(head: Head, source: Source) -> tuple[Government, ...]:
    place = head.place if re.search(r"役所|役場|[県道府]庁", head.place.text) else Wording()
    for words in (head.council, head.title, head.name, place):
        if words and (named := source.governments(words)):
            first = named[0]
            return (Government(source.passage(words.cut_folded(first.start, first.end)), first.code),)
    return most_named(source)


def _opinions(voices: Sequence[Voice], source: Source) -> tuple[Opinion, ...]:
    made = dict[int, Response]()
    opinions = list[Opinion]()
    for voice in sorted(voices, key=lambda each: each.start):
        for answer in voice.answers:
            if id(answer) not in made:
                made[id(answer)] = _response(answer, len(made) + 1, source)
        opinions.append(
            Opinion(
                source.passage(voice.words),
                len(opinions) + 1,
                _some(voice.category, source),
                _some(voice.speaker, source),
                tuple(made[id(answer)] for answer in voice.answers),
                _doubt(voice),
            )
        )
    return tuple(opinions)


def _response(answer: Answer, number: int, source: Source) -> Response:
    pages = (*(source.passage(words).text for words in answer.places), *places_in(answer.words))
    return Response(source.passage(answer.words), number, tuple(dict.fromkeys(pages)), _doubt(answer))


def _doubt(part: Voice | Answer) -> Doubt:
    return Doubt(part.confidence, tuple(dict.fromkeys(part.remarks))) if part.remarks else CERTAIN


def _milestones(steps: Sequence[Step], source: Source) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            source.passage(step.words),
            number,
            DatedPeriod(source.passage(step.when), step.period) if step.when else None,
            _some(step.track, source),
            _doubt_of(step),
        )
        for number, step in enumerate(steps, 1)
    )


def _doubt_of(step: Step) -> Doubt:
    return Doubt(0.8, (remarks.YEAR_BY_ORDER,)) if step.by_order else CERTAIN


def _on_comments(invited: Wording, gathered: Gathered, source: Source) -> list[Unread]:
    """What is to be known of results of public comments, which have no meeting."""
    reasons = [remarks.COMMENTS]
    if not gathered.voices and not gathered.unread:
        reasons.append(remarks.NO_OPINIONS)
    return [source.unread([invited], reason) for reason in reasons]


def _missing(head: Head, rows: Sequence[Row], source: Source) -> list[Unread]:
    first = rows[0].words if rows else Wording()
    return [
        source.unread([first], reason)
        for missing, reason in ((not head.name, remarks.NO_MEETING), (not head.day, remarks.NO_DATE))
        if missing and first
    ]
