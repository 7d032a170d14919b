"""What is the same for everybody of a jurisdiction and changes rarely: its bureau, units and calendar, kept for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from fazhi.kernel.ground import calendar, law
from fazhi.kernel.ground.calendar import WorkCalendar
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.law import Decision, Effective
from fazhi.kernel.ground.orgs.models import Unit, UnitKind

SECONDS_KEPT = 30.0

T = TypeVar("T")


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
    decisions: dict[str, Decision]
    good_until: float

    def unit_name(self, unit_id: int | None) -> str:
        """This unit's short name; empty for none."""
        unit = self.units.get(unit_id) if unit_id is not None else None
        return unit.short_name if unit else ""

    def rule(self, version: str) -> Effective | None:
        """This version of a rule as the bureau applies it; None for one that the rulebook no longer has."""
        try:
            found = law.shipped().entry(version)
        except law.UnknownRule:
            return None
        decision = self.decisions.get(version)
        if decision is not None:
            return law.applied(found, decision)
        return law.effective(found.rule, found.effective_from, regime=found.regime)

    def keep(self, key: object, make: Callable[[], T], seconds: float) -> T:
        """What ``make`` gives, made again only when it is older than ``seconds``."""
        known = _kept.get((self.id, key))
        if known is not None and known[0] > time.monotonic():
            return cast(T, known[1])
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        made = make()
        _kept[(self.id, key)] = (time.monotonic() + seconds, made)
        return made


_MOST_KEPT = 2000
_homes: dict[int, Home] = {}
_kept: dict[tuple[int, object], tuple[float, object]] = {}


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
    home = Home(
        jurisdiction_id,
        name,
        bureau,
        units,
        calendar.of(jurisdiction_id),
        {each.rule_id: each for each in law.settings_of(jurisdiction_id)},
        time.monotonic() + SECONDS_KEPT,
    )
    _homes[jurisdiction_id] = home
    return home


def forget() -> None:
    """Read everything anew at the next request: something that is kept here was changed in this process."""
    _homes.clear()
    _kept.clear()
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
