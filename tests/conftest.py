"""The database of the suite: made and migrated by the owner, used by the tests as the app role.

Without `FAZHI_HOME` in the environment each process of the suite makes a server of its own in a temporary folder and
removes it at the end. With it, that home's server is used by all, and `--reuse-db` saves the migrations.
"""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from fazhi.site.postgres import Cluster, PostgresUnusable
from fazhi.site.settings import test as settings
from tests.database import TestDatabase

pytest_plugins = ["tests.browser"]

_STACK = ExitStack()
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "demonstration"})


def pytest_configure(config: pytest.Config) -> None:
    """Has a server up before Django is set up: one for each process that runs tests, or the one that is given."""
    config.addinivalue_line("markers", "database: touches a database; put on by itself where a fixture tells")
    is_worker = hasattr(config, "workerinput")
    if settings.SUITE_OWNS_HOME:
        _own_home(begins=not is_worker, runs_tests=is_worker or config.getoption("dist", "no") == "no")
    elif not settings.FAZHI_DATABASE_URL and not is_worker:
        _STACK.enter_context(settings.CLUSTER.lease())


def _own_home(*, begins: bool, runs_tests: bool) -> None:
    if begins:
        _remove_abandoned()
    settings.FAZHI_HOME.mkdir(mode=0o700, exist_ok=True)
    _STACK.callback(shutil.rmtree, settings.FAZHI_HOME)
    if runs_tests and not settings.FAZHI_DATABASE_URL:
        # What is thrown away at the end need not survive a power cut; and a database in which the server happens to be
        # tidying up could not be dropped by a role that is no superuser.
        settings.CLUSTER.options.update(fsync="off", synchronous_commit="off", full_page_writes="off", autovacuum="off")
        _STACK.callback(settings.CLUSTER.destroy)
        _STACK.enter_context(settings.CLUSTER.lease())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Gives the server back."""
    _STACK.close()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks tests by what they use, so that a part can be chosen: `-m database`, `-m "not browser"`."""
    for item in items:
        used = frozenset(getattr(item, "fixturenames", ()))
        if used & _DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if "browser" in used:
            item.add_marker("browser")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuses connections to other machines: a test that needs one cannot pass everywhere."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in _THIS_MACHINE:
            raise ConnectionRefusedError(f"a test tries to reach {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def _remove_abandoned() -> None:
    """Removes what suites that were killed have left: a home is named after the process that made it."""
    for home in Path(tempfile.gettempdir()).glob(f"{settings.SUITE_HOMES}*"):
        maker = int(home.name.removeprefix(settings.SUITE_HOMES).split("-")[0])
        try:
            os.kill(maker, 0)
        except ProcessLookupError:
            # Another suite may be removing it at this moment.
            with suppress(OSError, PostgresUnusable):
                if os.access(home, os.W_OK):
                    Cluster(home).destroy()
                    shutil.rmtree(home)
        except PermissionError:
            continue


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Makes the test database as its owner and points the app role at it; keeps a pristine copy beside it."""
    with django_db_blocker.unblock():
        database = TestDatabase(keep=django_db_keepdb and not django_db_createdb)
        database.create()
    yield
    with django_db_blocker.unblock():
        database.drop(keep=django_db_keepdb)
