"""The steps of an import, as tests take them, and what a database looks like."""

from __future__ import annotations

from typing import Any

from django.db import connection

from fazhi.kernel.ground.audit.tables import guarded
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import importing, working
from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.models import Import, Writes
from fazhi.kernel.records.register import Register, register_of
from tests.world import AT, World

# What an import may keep of itself in a dry run.
OWN = {"exchange_import", "exchange_progress", "exchange_remembered", "audit_entry", "audit_payload"}


def uploaded(world: World, content: bytes, *, name: str = "台账.xlsx", who: str = "east", **more: Any) -> Import:
    """This file uploaded into the register of mediation cases, or another."""
    register: type[Register] = register_of(more.pop("register", "mediation.cases"))
    more.setdefault("history", True)
    with session(jurisdictions=[world.jurisdiction.id], actor=world.actor(who).account_id, act="test", at=AT):
        return importing.upload(register, content, name, actor=world.actor(who), at=AT, **more)


def checked(world: World, of: Import, *, who: str = "east") -> tuple[Import, Findings]:
    """This import after its dry run."""
    with session(jurisdictions=[world.jurisdiction.id], actor=world.actor(who).account_id, act="test", at=AT):
        importing.ask_check(of.id, actor=world.actor(who), at=AT)
    done = working.work(of.jurisdiction_id, of.id)
    world.enter()
    return done, importing.findings_of(done)


def asked(world: World, of: Import, writes: Writes = Writes.ALL, *, who: str = "east", reason: str = "") -> Import:
    """This import asked to be written."""
    with session(jurisdictions=[world.jurisdiction.id], actor=world.actor(who).account_id, act="test", at=AT):
        return importing.ask_write(of.id, writes, actor=world.actor(who), at=AT, reason=reason)


def written(world: World, of: Import, writes: Writes = Writes.ALL, **more: Any) -> Import:
    """This import written."""
    work = {name: more.pop(name) for name in ("one_go", "chunk") if name in more}
    asked(world, of, writes, **more)
    done = working.work(of.jurisdiction_id, of.id, **work)
    world.enter()
    return done


def undone(world: World, of: Import, *, who: str = "east", reason: str = "重复导入") -> Import:
    """This import undone."""
    with session(jurisdictions=[world.jurisdiction.id], actor=world.actor(who).account_id, act="test", at=AT):
        importing.ask_undo(of.id, actor=world.actor(who), at=AT, reason=reason)
    done = working.work(of.jurisdiction_id, of.id)
    world.enter()
    return done


def hashes(*, without: set[str] = OWN) -> dict[str, str]:
    """A hash of every table of bureau data."""
    found = {}
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in guarded():
            if table.table in present - without and table.held:
                name = connection.ops.quote_name(table.table)
                cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {name} AS t")
                found[table.table] = cursor.fetchone()[0]
    return found
