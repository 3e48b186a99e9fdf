"""Values of a column whose lines wrap: to which row each line between the rows belongs."""

import re
from collections.abc import Sequence

from sosei_graph.ingest.extracting.indicators.values import is_value
from sosei_graph.ingest.extracting.wording import Wording, join

#: What a value begins with, when its first line stands above the line of its row.
_BEGINS_VALUE = re.compile(r"(?:約|概ね|延べ|累計|年間|▲|△|-|−|－)?\s*[0-9０-９]")

Parts = tuple[Wording, ...]


def readings(own: Sequence[Sequence[Wording]], gaps: Sequence[Sequence[Wording]]) -> list[dict[str, Parts]]:
    """For each row all cells that it can have, so that every piece belongs to a row and every cell is a value."""

    def cell(at: int, taken: int, given: int) -> Parts:
        return (*list(gaps[at])[taken:], *own[at], *list(gaps[at + 1])[:given])

    def fits(at: int, taken: int, given: int) -> bool:
        if taken < len(gaps[at]) and not _BEGINS_VALUE.match(gaps[at][taken].text):
            return False
        text = join(cell(at, taken, given), "").text
        return not text or is_value(text)

    count = len(own)
    forward = [{0}]
    for at in range(count):
        forward.append(
            {
                given
                for taken in forward[at]
                for given in range(len(gaps[at + 1]) + 1)
                if fits(at, taken, given)
            }
        )
    backward: list[set[int]] = [set() for _ in range(count)] + [{len(gaps[count])}]
    for at in range(count - 1, -1, -1):
        backward[at] = {
            taken
            for taken in range(len(gaps[at]) + 1)
            if any(fits(at, taken, given) for given in backward[at + 1])
        }
    found: list[dict[str, Parts]] = []
    for at in range(count):
        pairs = [
            (taken, given)
            for taken in forward[at] & backward[at]
            for given in forward[at + 1] & backward[at + 1]
            if fits(at, taken, given)
        ]
        found.append({join(cell(at, *pair), "").text: cell(at, *pair) for pair in pairs})
    return found
