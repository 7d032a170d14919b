"""A register's list as its page shows it: columns and writers, the filter row, what is filtered, paging."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.html import escape

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.phases import ALIVE
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.records.register import Column, Kind, Register
from fazhi.kernel.records.register.written import read_date, read_money
from fazhi.web import rows
from fazhi.web.addresses import Pairs, changed, joined, pairs_of, without
from fazhi.web.fields import options
from fazhi.web.homes import Home
from fazhi.web.seats import Seat
from fazhi.web.words import listed, paired, said

SORTABLE = frozenset({Kind.DATE, Kind.INSTANT, Kind.NUMBER, Kind.MONEY, Kind.CHOICE, Kind.STATE, Kind.YES_NO})
JUMPING = {Kind.DATE: "date", Kind.INSTANT: "date", Kind.MONEY: "text", Kind.NUMBER: "text"}
# Parameters that are not filters.
OWN = ("page", "from", "order", "column", "density", "year")
_NAMES = ("number", "title", "name")
_CURSOR = re.compile(r"^[ab][^~]*~\d{1,19}$")
_LAST_ID = 2**63 - 1


def chosen_columns(register: type[Register], parameters: QueryDict) -> tuple[Column, ...]:
    """These columns an address asks for, else those the register shows."""
    names = parameters.getlist("column")
    found = tuple(register.all_columns[name] for name in names if name in register.all_columns)
    return found or register.shown


def label_of(column: Column, register: type[Register]) -> str:
    """This column's label in the reader's language."""
    return said(column.label, register.keeping.name())


def writer_of(column: Column, register: type[Register], home: Home, today: date) -> tuple[rows.Writer, str]:
    """How a cell of this column is written, and its class. Cells come as a listing gives them: as text."""
    keeping = register.keeping
    if column.kind is Kind.STATE and issubclass(keeping, Workflow):
        states = {
            state.label: (said(state.label, keeping.name()), state.phase.value) for state in keeping.states.values()
        }
        return rows.state(states), "is-state"
    if column.name == "due_on":
        return _due(home, today), "d"
    if column.kind is Kind.CHOICE:
        return rows.among({label: said(label, column.name) for _, label in column.choices}), ""
    if column.kind is Kind.YES_NO:
        return rows.among({text: said(text) for text in ("是", "否")}), ""
    if column.numeric:
        return _number, "n"
    if column.kind in (Kind.DATE, Kind.INSTANT):
        return rows.text, "d"
    if column.name == "number":
        return rows.text, "d is-id"
    if column.name in ("title", "name"):
        return rows.text, "t is-title"
    if column.kind is Kind.RECORD:
        return rows.text, "t is-short"
    return rows.text, "w" if column.kind is Kind.LONG_TEXT else "t"


def _number(value: str) -> str:
    return f"{int(value):,}" if value.isdigit() else rows.text(value)


def _due(home: Home, today: date) -> rows.Writer:
    soon = home.calendar.nth_working(today.toordinal(), 3)
    edge = date.fromordinal(soon) if soon else today + timedelta(4)
    late, near = said("已逾期"), said("将到期")

    def write(value: str) -> str:
        if not value:
            return rows.NONE
        day = date.fromisoformat(value)
        level, word = ("late", late) if day < today else ("soon", near) if day <= edge else ("", "")
        if not level:
            return f'<span class="fz-due">{value}</span>'
        return f'<span class="fz-due is-{level}">{value} {escape(word)}</span>'

    return write


def row_format(
    register: type[Register], columns: Sequence[Column], seat: Seat, today: date, href: str, *, voids: bool
) -> rows.RowFormat:
    """The form of the rows of a page; with ``voids`` the cell after the last says whether the record is void."""
    names = [column.name for column in columns]
    link = next((names.index(name) for name in _NAMES if name in names), 0)
    made = []
    for place, column in enumerate(columns, 1):
        write, css = writer_of(column, register, seat.home, today)
        # A day or an amount says nothing by itself where there is no heading above it.
        called = label_of(column, register) if css in ("d", "n") or column.kind is Kind.YES_NO else ""
        made.append(rows.Column(place, write, css, link=place - 1 == link, called=called))
    last = len(columns) + 1
    row_class: Callable[[Sequence[Any]], str] | None = (lambda row: "is-void" if row[last] else "") if voids else None
    return rows.RowFormat(made, href, row_class=row_class)


def headings(
    register: type[Register], columns: Sequence[Column], order: tuple[str, bool], seat: Seat, pairs: Pairs, today: date
) -> list[dict[str, Any]]:
    """The headings of a list, each sorting by its column where that makes sense."""
    shown = []
    for column in columns:
        sorted_by = order[0] == column.name
        downwards = order[1] if sorted_by else column.kind not in (Kind.DATE, Kind.INSTANT, Kind.NUMBER, Kind.MONEY)
        href = ""
        if column.kind in SORTABLE:
            wanted = column.name if downwards else f"-{column.name}"
            href = joined(changed(without(pairs, "page", "from"), order=wanted)) or "?"
        shown.append(
            {
                "label": label_of(column, register),
                "class": writer_of(column, register, seat.home, today)[1],
                "sorted": ("descending" if order[1] else "ascending") if sorted_by else "",
                "href": href,
            }
        )
    return shown


# -- filters -----------------------------------------------------------------------------------------------------------


def filters(register: type[Register], parameters: QueryDict, home: Home) -> list[dict[str, Any]]:
    """The filter row: words first, then the columns the register names."""
    shown = [{"kind": "text", "name": "q", "label": said("编号、名称"), "value": parameters.get("q", "")}]
    shown += [_filter(column, register, parameters, home) for column in register.filtering]
    return shown


def _filter(column: Column, register: type[Register], parameters: QueryDict, home: Home) -> dict[str, Any]:
    name, label = column.name, label_of(column, register)
    value = parameters.get(name, "")
    if column.kind in (Kind.DATE, Kind.INSTANT, Kind.NUMBER, Kind.MONEY):
        kind = "days" if column.kind in (Kind.DATE, Kind.INSTANT) else "numbers"
        since, until = parameters.get(f"{name}_from", ""), parameters.get(f"{name}_to", "")
        return {"kind": kind, "name": name, "label": label, "since": since, "until": until, "on": bool(since or until)}
    choices = choices_of(column, register, home)
    if choices:
        shown = options(choices, {value})
        return {"kind": "choice", "name": name, "label": label, "options": shown, "on": bool(value)}
    return {"kind": "text", "name": name, "label": label, "value": value, "on": bool(value)}


def choices_of(column: Column, register: type[Register], home: Home) -> list[tuple[str, str]]:
    """What may be chosen for a column, as keys and labels; empty where anything may be typed."""
    if column.choices:
        context = register.keeping.name() if column.kind is Kind.STATE else column.name
        return [(key, said(text, context)) for key, text in column.choices]
    if column.kind is Kind.YES_NO:
        return [("1", said("是")), ("0", said("否"))]
    if column.kind is Kind.UNIT:
        return [(str(unit.id), unit.short_name) for unit in home.units.values()]
    return []


def chips(register: type[Register], parameters: QueryDict, home: Home, names: dict[str, str]) -> list[dict[str, str]]:
    """What the list is filtered by, each to be taken away alone. ``names`` says who stands behind an account id."""
    pairs = without(pairs_of(parameters), "page", "from")
    columns = {column.name: column for column in (*register.filtering, *register.all_columns.values())}
    shown = []
    for name, value in pairs:
        base = name.removesuffix("_from").removesuffix("_to")
        if name == "q":
            label = f"“{value}”"
        elif name == "void":
            label = said("含已作废")
        elif base in columns:
            label = _chip(columns[base], register, name, value, home, names)
        else:
            continue
        shown.append({"label": label, "href": joined(without(pairs, name)) or "?"})
    return shown


def _chip(column: Column, register: type[Register], name: str, value: str, home: Home, names: dict[str, str]) -> str:
    label = label_of(column, register)
    if name.endswith("_from") and name != column.name:
        return f"{label} ≥ {value}"
    if name.endswith("_to") and name != column.name:
        return f"{label} ≤ {value}"
    known = {**dict(choices_of(column, register, home)), **(names if column.kind is Kind.ACCOUNT else {})}
    return paired(label, listed(known.get(each, each) for each in value.split(",")))


def standard_views(register: type[Register], seat: Seat, today: date) -> list[tuple[str, str]]:
    """The views every register of cases has: label and address."""
    if not issubclass(register.record(), Case) or not issubclass(register.keeping, Workflow):
        return []
    alive = [state.key for state in register.keeping.states.values() if state.phase in ALIVE]
    found = [(said("在办"), joined([("state", ",".join(alive))]))]
    if "handler" in register.all_columns:
        found.append((said("我承办的"), joined([("state", ",".join(alive)), ("handler", str(seat.account_id))])))
    if "due_on" in register.all_columns:
        found.append((said("已逾期"), joined([("due_on_to", (today - timedelta(1)).isoformat()), ("order", "due_on")])))
    return found


# -- paging ------------------------------------------------------------------------------------------------------------


def cursor(parameters: QueryDict, order: tuple[str, bool], column: Column | None) -> str:
    """Where the page begins: at a cursor of ours, or at a value somebody typed; empty for the beginning."""
    given = parameters.get("page", "")
    if _CURSOR.match(given):
        return given if _readable(given[1:].rpartition("~")[0], column) else ""
    value = edge(parameters.get("from", ""), column)
    return f"a{value}~{_LAST_ID if order[1] else 0}" if value else ""


def edge(typed: str, column: Column | None) -> str:
    """This value as a cursor writes it; empty where it cannot be read."""
    if not typed or column is None:
        return ""
    if column.kind in (Kind.DATE, Kind.INSTANT):
        day = read_date(typed.strip())
        return day.isoformat() if day else ""
    if column.kind is Kind.MONEY:
        amount = read_money(typed.strip())
        return "" if amount is None else str(amount)
    return typed.strip() if typed.strip().lstrip("-").isdigit() else ""


def _readable(text: str, column: Column | None) -> bool:
    """Whether a cursor's value is one the column can hold; addresses are typed by anybody."""
    if text == "" or column is None or column.kind not in JUMPING:
        return True
    try:
        if column.kind is Kind.DATE:
            date.fromisoformat(text)
        elif column.kind is Kind.INSTANT:
            datetime.fromisoformat(text)
        else:
            int(text)
    except ValueError:
        return False
    return True
