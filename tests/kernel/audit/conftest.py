"""Keys and anchors of each test lie in a folder of its own: what one test anchored is no past of the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.kernel.audit.scene import Scene


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path: Path) -> None:
    settings.FAZHI_HOME = tmp_path


@pytest.fixture
def scene() -> Scene:
    """Two districts, each with units; for tests with ``django_db`` over both connections."""
    return Scene.made()


@pytest.fixture
def second() -> Iterator[BaseDatabaseWrapper]:
    """Another connection of the program, as of another process."""
    other = connections.create_connection("default")
    yield other
    other.close()
