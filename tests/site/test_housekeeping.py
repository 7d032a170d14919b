"""What the worker does by the clock on a district's records."""

from __future__ import annotations

import pytest
from django.db import connection

from fazhi.kernel.casework.matters.models import Tally
from fazhi.kernel.casework.procedure import expiring
from fazhi.kernel.ground.core.session import session
from fazhi.site import tasks
from tests.lines.mediation.factories import opened
from tests.world import World, world

__all__ = ["world"]


def totals(world: World) -> dict[str, int]:
    """How many matters each unit sees, by the tally."""
    with session(jurisdictions=[world.jurisdiction.id]):
        return {
            name: sum(Tally.objects.filter(unit_id=unit.id).values_list("delta", flat=True))
            for name, unit in world.units.items()
        }


def test_tallies_are_made_small_and_stay_exact(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # The task gives its connection back, which here is the test's own.
    monkeypatch.setattr(connection, "close", lambda: None)
    for _ in range(5):
        opened(world)
    before, rows = totals(world), Tally.objects.count()
    tasks.compact_tallies(0)
    assert totals(world) == before
    with session(jurisdictions=[world.jurisdiction.id]):
        assert Tally.objects.count() < rows


def test_periods_are_looked_through_in_every_district(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)
    asked: list[int] = []
    monkeypatch.setattr(expiring, "expire", lambda jurisdiction_id, at: asked.append(jurisdiction_id))
    tasks.expire_periods(0)
    assert world.jurisdiction.id in asked
