"""What an address of a figure screen asks for: whose figures, which line, which years there are to choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.line import CHAPTERS, LINES, Line
from fazhi.kernel.records.measures.figures import Scope
from fazhi.web import figuring
from fazhi.web.seats import Seat
from fazhi.web.words import said

_FIRST_YEAR = 2000
_YEARS = 10


def year_of(request: Any) -> int:
    """The year asked for; this year where none is, and last year through the first quarter, when reports are written."""
    given = request.GET.get("year", "")
    if given.isdecimal() and _FIRST_YEAR <= int(given) <= request.at.year + 1:
        return int(given)
    return int(request.at.year - 1 if request.at.month <= 3 else request.at.year)


def scope_of(request: Any, seat: Seat) -> Scope:
    """Whose figures are asked for; a unit the person may not ask about does not exist."""
    own = figuring.scope_of(seat)
    given = request.GET.get("unit", "")
    if not given:
        return own
    if not given.isdecimal() or int(given) not in _choosable(seat, own):
        raise Unseen(f"unit {given}")
    return Scope(seat.home.id, int(given))


def _choosable(seat: Seat, own: Scope) -> dict[int, str]:
    return {
        unit.id: unit.name
        for unit in seat.home.units.values()
        if (own.unit_id is None and unit.kind != UnitKind.AREA) or own.unit_id in unit.audience
    }


def years(request: Any, chosen: int) -> dict[str, Any]:
    """The filter of years."""
    newest = max(request.at.year, chosen)
    listed = range(newest, min(newest - _YEARS, chosen - 1), -1)
    return _filter("year", said("年度"), [(str(year), f"{year}") for year in listed], str(chosen))


def units(seat: Seat, scope: Scope) -> dict[str, Any]:
    """The filter of units."""
    own = figuring.scope_of(seat)
    whole = [("", said("全区"))] if own.unit_id is None else []
    choices = [*whole, *((str(unit_id), name) for unit_id, name in _choosable(seat, own).items())]
    return _filter("unit", said("单位"), choices, str(scope.unit_id or ""))


def lines(chosen: str, *, everything: bool) -> dict[str, Any]:
    """The filter of lines."""
    choices = [(line.code, said(line.label)) for line in measured()]
    return _filter("line", said("业务"), [*([("", gettext("全部业务"))] if everything else []), *choices], chosen)


def measured() -> list[Line]:
    """The lines that declare measures, in the order of the chapters."""
    places = {chapter: place for place, chapter in enumerate(CHAPTERS)}
    having = [line for line in LINES.values() if line.measures is not None and line.measures.measures]
    return sorted(having, key=lambda line: places.get(line.chapter, len(places)))


def _filter(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "choices": [{"value": value, "label": text, "selected": value == chosen} for value, text in choices],
    }
