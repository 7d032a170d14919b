"""What is the same for everybody of a jurisdiction and changes rarely: its bureau, units and calendar, kept for a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from fazhi.kernel.ground import calendar
from fazhi.kernel.ground.calendar import WorkCalendar
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit, UnitKind

SECONDS_KEPT = 30.0


@dataclass(frozen=True, slots=True)
class UnitCard:
    """This unit as screens name it."""

    id: int
    name: str
    short_name: str
    kind: str
    audience: frozenset[int]
    open: bool


@dataclass(slots=True)
class Home:
    """This jurisdiction: its id, name, bureau's name, units by id in the order of their pinyin, and working days."""

    id: int
    name: str
    bureau: str
    units: dict[int, UnitCard]
    calendar: WorkCalendar
    good_until: float
    kept: dict[object, tuple[float, object]] = field(default_factory=dict)

    def unit_name(self, unit_id: int | None) -> str:
        """This unit's short name; empty for none."""
        unit = self.units.get(unit_id) if unit_id is not None else None
        return unit.short_name if unit else ""


_homes: dict[int, Home] = {}


def home_of(jurisdiction_id: int) -> Home:
    """This jurisdiction as last read, at most :data:`SECONDS_KEPT` ago; needs it in session."""
    known = _homes.get(jurisdiction_id)
    if known is not None and known.good_until > time.monotonic():
        return known
    units = {
        unit_id: UnitCard(unit_id, name, short, kind, frozenset(audience), ended is None)
        for unit_id, name, short, kind, audience, ended in Unit.objects.filter(jurisdiction_id=jurisdiction_id)
        .order_by("sort_key", "id")
        .values_list("id", "name", "short_name", "kind", "audience", "valid_to")
    }
    name = Jurisdiction.objects.values_list("name", flat=True).get(pk=jurisdiction_id)
    bureau = next((unit.name for unit in units.values() if unit.kind == UnitKind.BUREAU and unit.open), name)
    home = Home(jurisdiction_id, name, bureau, units, calendar.of(jurisdiction_id), time.monotonic() + SECONDS_KEPT)
    _homes[jurisdiction_id] = home
    return home


def forget() -> None:
    """Read everything anew at the next request: something that is kept here was changed in this process."""
    _homes.clear()
    _door.clear()


_door: list[tuple[float, str]] = []


def name_at_the_door() -> str:
    """The bureau's name for pages shown before anybody signed in: that of the only jurisdiction there is, else empty."""
    if _door and _door[0][0] > time.monotonic():
        return _door[0][1]
    ids = list(Jurisdiction.objects.values_list("id", flat=True)[:2])
    name = ""
    if len(ids) == 1:
        with session(jurisdictions=ids):
            name = home_of(ids[0]).bureau
    _door[:] = [(time.monotonic() + SECONDS_KEPT, name)]
    return name
