"""What tests of the audit happen in: districts with units, and an owner who tampers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.verify import Kind, Report, verify
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit, UnitKind

NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
CLERK = 77


@dataclass(frozen=True)
class Scene:
    """Two districts; ``here`` has three units, ``there`` one."""

    here: int
    there: int
    units: tuple[int, ...]
    foreign: int

    @classmethod
    def made(cls) -> Scene:
        # The era that began when the database was made is anchored in the home of the suite.
        chain.anchor()
        here = Jurisdiction.objects.create(code="990101", name="甲区", short_name="甲区").id
        there = Jurisdiction.objects.create(code="990102", name="乙区", short_name="乙区").id
        return cls(here, there, tuple(add_units(here, 3)), add_units(there, 1)[0])


def add_units(jurisdiction: int, count: int, *, act: str = "unit.open", at: datetime | None = NOON) -> list[int]:
    """These new units, made in one statement."""
    ids = take_ids(count)
    with session(jurisdictions=[jurisdiction], actor=CLERK, act=act, at=at):
        Unit.objects.bulk_create([unit(jurisdiction, each) for each in ids])
    return ids


def unit(jurisdiction: int, key: int) -> Unit:
    return Unit(
        id=key,
        jurisdiction_id=jurisdiction,
        recorded_at=NOON,
        recorded_by=CLERK,
        code=f"D{key}",
        name=f"第{key}局",
        short_name=f"{key}局",
        kind=UnitKind.DEPARTMENT,
        valid_from=date(2020, 1, 1),
        audience=[key],
    )


@contextmanager
def owner() -> Iterator[CursorWrapper]:
    """The owner of the tables, who may do anything to them."""
    with connections["owner"].cursor() as cursor:
        yield cursor


@contextmanager
def tampering(*tables: str) -> Iterator[CursorWrapper]:
    """The owner with the triggers of these tables disabled, and enabled again so that nothing else tells."""
    with owner() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def asked(statement: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What the owner, whom no policy keeps from anything, reads."""
    with owner() as cursor:
        cursor.execute(statement, arguments)
        return list(cursor.fetchall())


def entries_of(row: int) -> list[tuple[int, str]]:
    """The entries of a row: id and operation, oldest first."""
    return asked("SELECT id, op FROM audit_entry WHERE row_id = %s ORDER BY id", [row])


def images_of(row: int) -> list[dict[str, Any]]:
    found = asked(
        "SELECT image::text FROM audit_entry JOIN audit_payload USING (id) WHERE row_id = %s ORDER BY id", [row]
    )
    return [json.loads(text) for (text,) in found]


def blocks() -> list[int]:
    return [n for (n,) in asked("SELECT n FROM audit_block ORDER BY n")]


def kinds(report: Report) -> set[Kind]:
    return set(report.counts)


def sound() -> bool:
    return verify().sound


def run(statement: str, arguments: Sequence[Any] = ()) -> None:
    """As the program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
