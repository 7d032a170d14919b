"""A district whose streets have committees, and a folder for files that is gone afterwards."""

from pathlib import Path
from typing import Any

import pytest

from tests.kernel.exchange import ledger
from tests.world import World, world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def committees(world: World) -> World:
    """The district, with a committee and a mediator in each of its two streets."""
    ledger.committee(world)
    ledger.committee(world, "west")
    world.enter()
    return world
