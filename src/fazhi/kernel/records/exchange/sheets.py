"""Reading spreadsheet files: xlsx, xls, ods and csv, whatever encoding, merged cells carried down, hidden sheets left out.

A file is told by what it holds, not by the ending of its name.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.records.register.written import tidy

MOST_BYTES = 64 * 1024 * 1024
# What a packed file may unfold to: a few kilobytes can be made to fill any memory.
_MOST_UNPACKED = 1024 * 1024 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DAYS_1904 = 1462
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SEPARATORS = ",\t;"

Cells = list[Any]


@dataclass(slots=True)
class Row:
    """This row as it stands in the file: number as the spreadsheet shows it, tidied cells (None where empty).

    ``filled`` are the columns whose value was carried down from a merged cell above; ``wide`` maps a column to how many
    columns a cell merged from there covers.
    """

    number: int
    cells: Cells
    filled: frozenset[int] = frozenset()
    wide: Mapping[int, int] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, but for what was carried down."""
        return all(cell is None or place in self.filled for place, cell in enumerate(self.cells))


@dataclass(frozen=True, slots=True)
class Sheet:
    """This visible sheet. ``days`` is what its serial dates lack to the usual epoch (workbooks that count from 1904)."""

    name: str
    height: int
    days: int
    _read: Callable[[], Iterator[Cells]]
    _merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def rows(self) -> Iterator[Row]:
        """Every row from the first, in order; may be asked again."""
        beginning: dict[int, list[tuple[int, int, int]]] = {}
        for (top, left), (bottom, right) in self._merged:
            beginning.setdefault(top, []).append((left, bottom, right))
        running: dict[int, tuple[int, Any]] = {}
        for place, cells in enumerate(self._read()):
            if not running and place not in beginning:
                yield Row(place + 1, cells)
                continue
            running = {column: each for column, each in running.items() if each[0] >= place}
            for column, (_, value) in running.items():
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value
            wide = {}
            filled = frozenset(running)
            for left, bottom, right in beginning.get(place, ()):
                if right > left:
                    wide[left] = right - left + 1
                if bottom > place and left < len(cells) and cells[left] is not None:
                    running[left] = (bottom, cells[left])
            yield Row(place + 1, cells, filled, wide)


@dataclass(frozen=True, slots=True)
class Workbook:
    """This file: its visible sheets that hold anything, and the names of hidden ones."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """This sheet by name; refused when it is not there."""
        for each in self.sheets:
            if each.name == name:
                return each
        raise _refusal(f"文件中没有名为“{name}”的工作表")


def opened(content: bytes) -> Workbook:
    """This file's sheets. Refused, with what to do about it, when it cannot be read."""
    if len(content) > MOST_BYTES:
        raise _refusal(f"文件有{len(content) // 1024 // 1024}MB，最多{MOST_BYTES // 1024 // 1024}MB，请拆成几个文件")
    if content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        # Platforms give web pages the ending of a spreadsheet; Excel opens them, and nobody notices.
        raise _refusal("文件其实是网页，只是取了表格的名字，请用 Excel 打开后另存为 .xlsx 再上传")
    if content[:4] in (_ZIP, _OLE):
        found = _spreadsheet(content)
    else:
        sheet = _text(content)
        found = Workbook((sheet,) if any(not row.empty for row in sheet.rows()) else ())
    if not found.sheets:
        raise _refusal("文件里没有内容" + ("（隐藏的工作表不读取）" if found.hidden else "") + "，请核对是否选错了文件")
    return found


def _refusal(reason: str) -> Refused:
    return Refused(Fault(reason, "file"))


# -- spreadsheets ------------------------------------------------------------------------------------------------------


def _spreadsheet(content: bytes) -> Workbook:
    days = 0
    if content[:4] == _ZIP:
        days = _DAYS_1904 if _counts_from_1904(content) else 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets, hidden = [], []
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            if about.visible is not SheetVisibleEnum.Visible:
                hidden.append(about.name)
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.end is not None:
                merged = sheet.merged_cell_ranges or []
                sheets.append(Sheet(about.name, sheet.end[0] + 1, days, _rows_of(sheet), merged))
    except PasswordError:
        raise _refusal("文件加了密码，请在 Excel 中去掉密码、另存后再上传") from None
    except (CalamineError, OSError, ValueError) as error:
        raise _refusal("文件读不出来：可能已损坏，请用 Excel 打开后另存为 .xlsx 再上传") from error
    return Workbook(tuple(sheets), tuple(hidden))


def _counts_from_1904(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > _MOST_UNPACKED:
                raise _refusal("文件展开后过大，请删去没有用的工作表和图片后再上传")
            if "xl/workbook.xml" not in packed.namelist():
                return False
            return re.search(rb'date1904="(?:1|true)"', packed.read("xl/workbook.xml")) is not None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _refusal("文件读不出来：可能已损坏，请用 Excel 打开后另存为 .xlsx 再上传") from error


def _rows_of(sheet: CalamineSheet) -> Callable[[], Iterator[Cells]]:
    start = sheet.start
    before = start[1] if start is not None else 0

    def read() -> Iterator[Cells]:
        for cells in sheet.iter_rows():
            tidied: Cells = [_cell(value) for value in cells]
            yield [None] * before + tidied if before else tidied

    return read


def _cell(value: Any) -> Any:
    """This cell as a value: no empty text, whole numbers as such."""
    if isinstance(value, str):
        return tidy(value) or None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e18 else value
    return str(value) if isinstance(value, time | timedelta) else value


# -- text --------------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> Sheet:
    text = _decoded(content)
    sample = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    separator = max(_SEPARATORS, key=lambda each: sum(line.count(each) for line in sample))
    try:
        height = sum(1 for _ in csv.reader(io.StringIO(text), delimiter=separator)) if sample else 0
    except csv.Error as error:
        raise _refusal(f"文件不是正确的 CSV 表格：{error}") from error

    def read() -> Iterator[Cells]:
        for cells in csv.reader(io.StringIO(text), delimiter=separator):
            yield [_cell(value) for value in cells]

    return Sheet("", height, 0, read)


def _decoded(content: bytes) -> str:
    codings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for coding in codings:
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text) is None:
            return text
    raise _refusal("文件读不出来：应为 Excel（.xlsx、.xls）、ODS 或 CSV（UTF-8、GB18030 编码）")
