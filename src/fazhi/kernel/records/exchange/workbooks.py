"""Writing spreadsheets: xlsx in constant memory, and csv that Excel opens without garbling; what goes in is safe already."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from rustpy_xlsxwriter import Format, write_worksheet

_SHEET = "数据"
_FORMATS = {"date": "yyyy-mm-dd", "instant": "yyyy-mm-dd hh:mm", "money": "#,##0.00", "text": "@"}


class FileFormat(StrEnum):
    """The formats an export may have."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def mime(self) -> str:
        """Its media type."""
        if self is FileFormat.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Field:
    """This column of a file: heading, how its values look (``date``, ``instant``, ``money``, ``text`` or empty), width."""

    heading: str
    look: str = ""
    width: float = 14


def distinct(headings: Iterable[str]) -> list[str]:
    """These headings, each once: a second 名称 becomes 名称（2）."""
    seen: dict[str, int] = {}
    found = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        found.append(heading if seen[heading] == 1 else f"{heading}（{seen[heading]}）")
    return found


def write(
    target: BinaryIO,
    fields: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    form: FileFormat,
    *,
    passed: Callable[[int], None] = lambda count: None,
    sheet: str = _SHEET,
) -> int:
    """Write rows under their headings into ``target`` and count them; ``passed`` is told how many there are so far."""
    headings = distinct(field.heading for field in fields)
    counted = _Counted(rows, passed)
    if form is FileFormat.CSV:
        _csv(target, headings, counted)
    else:
        _xlsx(target, headings, fields, counted, sheet)
    return counted.count


class _Counted:
    def __init__(self, rows: Iterable[Sequence[Any]], passed: Callable[[int], None]) -> None:
        self._rows, self._passed, self.count = rows, passed, 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in self._rows:
            self.count += 1
            if self.count % 1000 == 0:
                self._passed(self.count)
            yield row


def _xlsx(target: BinaryIO, headings: Sequence[str], fields: Sequence[Field], rows: _Counted, sheet: str) -> None:
    def records() -> Iterator[dict[str, Any]]:
        for row in rows:
            yield dict(zip(headings, row, strict=True))
        if not rows.count:
            # The writer takes the head from the first record; an empty list has a head, too.
            yield dict.fromkeys(headings)

    write_worksheet(
        records(),
        target,
        sheet_name=sheet,
        freeze_row=1,
        bold_headers=True,
        autofilter=True,
        column_widths={heading: field.width for heading, field in zip(headings, fields, strict=True)},
        column_formats={
            heading: Format().set_num_format(_FORMATS[field.look])
            for heading, field in zip(headings, fields, strict=True)
            if field.look
        },
    )


def _csv(target: BinaryIO, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    # With a byte order mark, without which Excel takes UTF-8 for the system's code page.
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_written(value) for value in row])
    text.flush()
    text.detach()


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value
