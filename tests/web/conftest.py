"""What tests of the screens share: the district with its records, people signed in, nothing kept between tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.test import Client

from fazhi.web import clock, homes, seats
from tests.world import AT, World, world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    homes.forget()
    seats.forget()
    yield
    homes.forget()
    seats.forget()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stops the clock of the screens, at the district's own instant to begin with."""

    def stop(at: datetime) -> None:
        monkeypatch.setattr(clock, "instant", lambda: at)

    stop(AT)
    return stop


@pytest.fixture
def enters(world: World, now: Callable[[datetime], None]) -> Callable[[str], Client]:
    """Signs somebody in, without the door."""

    def enter(name: str) -> Client:
        client = Client()
        client.force_login(world.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
