"""Rows of a register as HTML: one format string a page, filled once a row.

A page of fifty rows and ten columns is five hundred cells; a template node for each would cost more than the query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

NONE = '<span class="fz-none">—</span>'

Writer = Callable[[Any], str]
"""A writer turns one value of a row into HTML, escaped."""


def text(value: Any) -> str:
    """This value as escaped text; nothing where there is nothing."""
    return escape(str(value)) if value not in (None, "") else NONE


def day(value: date | datetime | None) -> str:
    """This day as 2022-03-08; of an instant, the day it was in Shanghai."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return value.isoformat() if value else NONE


def instant(value: datetime | None) -> str:
    """This instant to the minute, in Shanghai."""
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else NONE


def number(value: int | Decimal | None) -> str:
    """This number with thousands parted."""
    return f"{value:,}" if value is not None else NONE


def money(value: int | None) -> str:
    """This amount (分) in 元 with two decimals."""
    return f"{Decimal(value) / 100:,.2f}" if value is not None else NONE


def truth(value: bool | None) -> str:
    """This yes or no."""
    return NONE if value is None else ("是" if value else "否")


def among(labels: dict[Any, str]) -> Writer:
    """This writer of a coded value by its label; a value without a label is shown as it is."""
    ready = {value: escape(label) for value, label in labels.items()}
    return lambda value: ready.get(value) or text(value)


def state(labels: dict[Any, tuple[str, str]]) -> Writer:
    """This writer of a state: ``labels`` maps the stored code to label and phase."""
    ready = {
        code: f'<span class="fz-tag is-{escape(phase)}">{escape(label)}</span>'
        for code, (label, phase) in labels.items()
    }
    return lambda value: ready.get(value) or text(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the page: where its value stands in the row, how it is written, its class, and what a card calls it."""

    at: int
    write: Writer = text
    css: str = ""
    link: bool = False
    called: str = ""


@dataclass(frozen=True, slots=True)
class RowFormat:
    """The form of every row of a page; ``href`` is the address of a record, with ``{}`` for its id."""

    columns: Sequence[Column]
    href: str
    id_at: int = 0
    row_class: Callable[[Sequence[Any]], str] | None = None
    _form: str = field(init=False, default="")

    def __post_init__(self) -> None:
        cells = []
        for index, column in enumerate(self.columns, 2):
            inside = f'<a href="{{0}}">{{{index}}}</a>' if column.link else f"{{{index}}}"
            css = f' class="{column.css}"' if column.css else ""
            called = escape(column.called).replace("{", "{{").replace("}", "}}")
            cells.append(f'<td{css} data-called="{called}">{inside}</td>' if called else f"<td{css}>{inside}</td>")
        object.__setattr__(self, "_form", '<tr data-href="{0}"{1}>' + "".join(cells) + "</tr>\n")

    def render(self, rows: Iterable[Sequence[Any]]) -> SafeString:
        """These rows as HTML; every value passes a writer, and every writer escapes."""
        form, columns, href = self._form.format, self.columns, self.href.format
        css = self.row_class or (lambda row: "")
        out = []
        for row in rows:
            extra = css(row)
            out.append(
                form(
                    href(int(row[self.id_at])),
                    f' class="{extra}"' if extra else "",
                    *[column.write(row[column.at]) for column in columns],
                )
            )
        return mark_safe("".join(out))  # noqa: S308 — made of escaped cells only
