"""The demonstration district for tests: loaded once for a suite, shared by its workers, never changed for good.

A test that asks for ``demonstration`` gets the district in a transaction that is rolled back. It does without the
fixture ``db``: its database is another one, a copy of the empty one into which the demonstration was loaded. With
``--reuse-db`` that copy is kept until something of which it is made has changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from fazhi.demo.loading import load
from fazhi.demo.quotas import Quotas
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core import ids
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import enter
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.measures.figures import Scope
from tests.database import TestDatabase
from tests.seed import CHECKOUT

TODAY = date(2026, 5, 20)
PASSWORD = "demo-lanjin-2022"
_MADE_OF = ("demo", "lines", "kernel")
_SUITE = "PYTEST_XDIST_TESTRUNUID"


@dataclass(slots=True)
class Demonstration:
    """This district: its id, its units by code, whoever signs in there, and its quotas."""

    jurisdiction_id: int
    units: dict[str, Unit] = field(default_factory=dict)
    quotas: Quotas = field(default_factory=Quotas.read)

    @property
    def scope(self) -> Scope:
        """All of it."""
        return Scope(self.jurisdiction_id)

    def actor(self, login: str) -> Actor:
        """This person as an actor on :data:`TODAY`."""
        return actor_of(Account.objects.get(login=login), on=TODAY)

    def enter(self) -> None:
        """Set the session of the running transaction to this district."""
        enter(jurisdictions=[self.jurisdiction_id], actor=None, act="", at=None)


@pytest.fixture(scope="session")
def demonstration_database(django_db_setup: None, django_db_blocker: Any, django_db_keepdb: bool) -> Iterator[str]:
    """The name of the database with the demonstration, made by whichever worker comes first."""
    here = str(connections["default"].settings_dict["NAME"])
    name = f"{here.partition('_gw')[0]}_demonstration"
    with django_db_blocker.unblock():
        with _one_at_a_time():
            _make(name, pristine=f"{here}_pristine")
        yield name
        # A worker cannot know whether another still needs it; then it stays for the next suite, or goes with the server.
        if not django_db_keepdb and not os.environ.get(_SUITE):
            connections["default"].close()
            with connections["owner"]._nodb_cursor() as cursor:
                TestDatabase._drop(cursor, name)


@pytest.fixture
def demonstration(demonstration_database: str, django_db_blocker: Any) -> Iterator[Demonstration]:
    """The demonstration district in a transaction that is rolled back, with its session entered."""
    with django_db_blocker.unblock(), pointed_at(demonstration_database), transaction.atomic():
        district = Demonstration(Jurisdiction.objects.get().id)
        district.enter()
        district.units = {unit.code: unit for unit in Unit.objects.all()}
        yield district
        transaction.set_rollback(True)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Lets the program's connection lead to another database for a while."""
    program = connections["default"]
    former = program.settings_dict["NAME"]
    _turn(name)
    try:
        yield
    finally:
        _turn(former)


def _turn(name: str) -> None:
    program = connections["default"]
    program.close()
    program.settings_dict["NAME"] = name
    # The numbers in the pool are from the sequence of the database left behind.
    ids._pool.clear()


def _make(name: str, *, pristine: str) -> None:
    # Whoever edits the program while a suite runs does not make its workers undo each other's work.
    wanted, suite = _fingerprint(), os.environ.get(_SUITE, "")
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
        if found is not None and found[0] and {wanted, suite} & set(found[0].split()):
            return
        TestDatabase._drop(cursor, name)
        connections["default"].close()
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(pristine)
            )
        )
    with pointed_at(name):
        load(Quotas.read(), PASSWORD, today=TODAY)
    # Without the comment a database is one whose making was interrupted.
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(f"{wanted} {suite}"))
        )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (Path(settings.FAZHI_HOME) / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint() -> str:
    """What changes when anything does that the loaded database is made of."""
    found = hashlib.sha256(f"{TODAY} {PASSWORD}".encode())
    for part in _MADE_OF:
        for path in sorted((CHECKOUT / "src" / "fazhi" / part).rglob("*")):
            if path.suffix in (".py", ".yaml", ".sql"):
                found.update(path.read_bytes())
    return found.hexdigest()
