"""XLSX: each sheet a page, its blocks tables, its values as they are shown; hidden sheets, rows, columns left out."""

import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from sosei_graph.ingest.reading.composing import MOST_PLACES, CellText, Composer, cell
from sosei_graph.ingest.reading.shown_values import shown
from sosei_graph.languages import Text

Grid = dict[tuple[int, int], str]
Merged = dict[tuple[int, int], tuple[int, int]]
_MOST_TOLD = 20
#: A cell with a formula (18.3.1.40) and no value (18.3.1.96) after it.
_NO_RESULT = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<f(?:/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_MOST_COLUMNS = 16_384  # of Excel
_MOST_EMPTY = 200


def compose(package: IO[bytes]) -> Composer:
    """The whole workbook."""
    workbook = load_workbook(package, data_only=True, keep_links=False)
    composer = Composer()
    hidden = []
    for sheet in workbook.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        composer.begin_page()
        composer.paragraph(sheet.title, 1)
        _Sheet(sheet, composer).write()
    composer.end_page()
    if empty := _formulas_without_values(package):
        names = ", ".join(empty[:_MOST_TOLD])
        composer.warnings.append(
            Text(
                f"数式の結果が保存されていないセルは空としました（{names}）。Excel で保存し直してください",
                f"formulas without a stored result are blank ({names}); save the file again in Excel",
            )
        )
    if hidden:
        names = "、".join(hidden[:_MOST_TOLD])
        composer.warnings.append(
            Text(f"非表示のシートを除きました（{names}）", f"hidden sheets were left out ({names})")
        )
    return composer


def _formulas_without_values(package: IO[bytes]) -> list[str]:
    """The cells whose formula no program has computed yet."""
    found: list[str] = []
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found += (match[1].decode() for match in _NO_RESULT.finditer(archive.read(name)))
    return found


class _Sheet:
    def __init__(self, sheet: Any, composer: Composer) -> None:
        self._sheet, self._composer = sheet, composer
        self._unsure: list[str] = []

    def write(self) -> None:
        """The blocks of the sheet: rows between blank rows. Rows of one entry before a table are lines above it."""
        grid, merged = self._grid(), self._merged()
        rows: dict[int, Grid] = {}
        for place, text in grid.items():
            rows.setdefault(place[0], {})[place] = text
        block: dict[int, Grid] = {}
        reach = 0
        for row in sorted(rows):
            if block and row > reach + 1:
                self._block(block, merged)
                block = {}
            block[row] = rows[row]
            reach = max(reach, row, *(row + merged.get(place, (1, 1))[0] - 1 for place in rows[row]))
        if block:
            self._block(block, merged)
        self._tell()

    def _grid(self) -> Grid:
        """What every visible cell shows, by row and column among the visible ones."""
        rows = [number for number, row in self._sheet.row_dimensions.items() if row.hidden]
        columns: set[int] = set()
        for column in self._sheet.column_dimensions.values():
            if column.hidden and column.min:
                columns.update(range(column.min, min(column.max or column.min, _MOST_COLUMNS) + 1))
        self._hidden_rows, self._hidden_columns = set(rows), columns
        grid: Grid = {}
        left_out = False
        for (row, column), each in sorted(self._sheet._cells.items()):  # noqa: SLF001  iter_rows walks a million blank rows
            if each.value is None:
                continue
            if row in self._hidden_rows or column in columns:
                left_out = True
                continue
            found = shown(each.value, each.number_format or "General")
            if not found.certain:
                self._unsure.append(f"{get_column_letter(column)}{row}")
            if found.text.strip():
                grid[row, column] = found.text
        if left_out:
            self._composer.warnings.append(
                Text(
                    f"非表示の行・列を除きました（{self._sheet.title}）",
                    f"hidden rows and columns were left out ({self._sheet.title})",
                )
            )
        return grid

    def _merged(self) -> Merged:
        return {
            (each.min_row, each.min_col): (each.max_row - each.min_row + 1, each.max_col - each.min_col + 1)
            for each in self._sheet.merged_cells.ranges
        }

    def _block(self, rows: dict[int, Grid], merged: Merged) -> None:
        waiting = list(rows.values())
        while waiting and len(waiting[0]) == 1 and not _is_tall(waiting[0], merged):
            self._composer.paragraph(next(iter(waiting.pop(0).values())))
        if waiting:
            places = {place: text for row in waiting for place, text in row.items()}
            self._composer.table(list(self._cells(places, merged)))

    def _cells(self, places: Grid, merged: Merged) -> Iterator[CellText]:
        """The cells of a table by their places among the visible rows and columns."""
        ends = {place: self._end(place, merged) for place in places}
        last_row = min(max(row for row, _ in ends.values()), max(row for row, _ in places) + _MOST_EMPTY)
        last_column = min(max(at for _, at in ends.values()), max(at for _, at in places) + _MOST_EMPTY)
        first_row, first_column = min(row for row, _ in places), min(column for _, column in places)
        rows = [row for row in range(first_row, last_row + 1) if row not in self._hidden_rows]
        columns = [at for at in range(first_column, last_column + 1) if at not in self._hidden_columns]
        if len(rows) * len(columns) > MOST_PLACES:
            ends = {place: place for place in places}
        for place, text in places.items():
            row, column = bisect_left(rows, place[0]), bisect_left(columns, place[1])
            height = bisect_right(rows, ends[place][0]) - row
            width = bisect_right(columns, ends[place][1]) - column
            yield cell(row, column, text, max(1, height), max(1, width))

    @staticmethod
    def _end(place: tuple[int, int], merged: Merged) -> tuple[int, int]:
        height, width = merged.get(place, (1, 1))
        return place[0] + height - 1, place[1] + width - 1

    def _tell(self) -> None:
        if self._unsure:
            names = ", ".join(self._unsure[:_MOST_TOLD])
            self._composer.warnings.append(
                Text(
                    f"表示形式を再現できないセルは保存値で示します（{self._sheet.title}: {names}）",
                    f"cells of formats that are not known show what is stored ({self._sheet.title}: {names})",
                )
            )


def _is_tall(row: Grid, merged: Merged) -> bool:
    return any(merged.get(place, (1, 1))[0] > 1 for place in row)
