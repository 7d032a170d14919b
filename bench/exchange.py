"""An import of finished mediation cases, against a bare COPY of the very rows it wrote into the very same tables.

Ours reads the spreadsheet, looks names up, checks every row, computes clocks, encrypts and writes, in one transaction;
the floor is the server taking ready rows, with the same indexes and triggers. The budget of 4 is the quarter of COPY's
speed that was promised. An export is held against the same writer given rows that are ready: what is added is reading,
rights and the words of choices.
"""

from __future__ import annotations

import gc
import io
import sys
import time
from typing import Any

from python_calamine import CalamineWorkbook

from bench._scratch import scratch

SIZES = (5_000, 20_000)
BUDGET = 4.0
TABLES = {
    "deadlines_run": "matter_id",
    "parties_party": "matter_id",
    "matters_visibility": "matter_id",
    "matters_step": "matter_id",
    "matters_matter": "id",
    "mediation_mediation": "id",
    "exchange_origin": "record_id",
}


def main() -> None:
    """Prints one line for each size, and one for the dry run."""
    with scratch():
        from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — needs Django set up
        from tests.kernel.exchange import ledger  # noqa: PLC0415 — as above
        from tests.world import build  # noqa: PLC0415 — as above

        world = build()
        with session(jurisdictions=[world.jurisdiction.id]):
            ledger.committee(world)
        for size in SIZES:
            _measure(world, size)
        _export(world)


def _measure(world: Any, size: int) -> None:
    from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange import importing, working  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange.models import ImportState, Origin, Writes  # noqa: PLC0415 — as above
    from fazhi.kernel.records.register import register_of  # noqa: PLC0415 — as above
    from tests.kernel.exchange import ledger  # noqa: PLC0415 — as above
    from tests.world import AT  # noqa: PLC0415 — as above

    home, actor = world.jurisdiction.id, world.actor("east")
    rows = ledger.rows(size)
    for row in rows:
        row[1] = f"{row[1]}-{size}"
    content = ledger.workbook(rows)
    del rows
    with session(jurisdictions=[home]):
        of = importing.upload(register_of("mediation.cases"), content, "台账.xlsx", actor=actor, at=AT, history=True)
        importing.ask_check(of.id, actor=actor, at=AT)
    gc.collect()
    began = time.perf_counter()
    working.work(home, of.id)
    checked = time.perf_counter() - began
    with session(jurisdictions=[home]):
        importing.ask_write(of.id, Writes.ALL, actor=actor, at=AT)
    gc.collect()
    began = time.perf_counter()
    of = working.work(home, of.id)
    ours = time.perf_counter() - began
    if of.state != ImportState.DONE or of.written != size:
        sys.exit(f"the import did not write what it should: {of.state} {of.written} {of.problem}")
    with session(jurisdictions=[home]):
        ids = list(Origin.objects.filter(of=of).values_list("record_id", flat=True))
    floor = _copied(home, ids)
    _line(f"exchange.import_{size // 1000}k", ours, floor)
    _line(f"exchange.check_{size // 1000}k", checked, floor)


def _copied(home: int, ids: list[int]) -> float:
    """Takes the rows out and copies them in again, as the owner, whom row security lets copy."""
    from django.db import connections, transaction  # noqa: PLC0415 — as above

    owner = connections["owner"]
    kept: dict[str, bytes] = {}
    with owner.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE gone AS SELECT unnest(%s::bigint[]) AS id", [ids])
        for table, key in TABLES.items():
            rows = f"SELECT * FROM {table} WHERE {key} IN (SELECT id FROM gone)"  # noqa: S608 — names of ours
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as copy:
                kept[table] = b"".join(copy)
        for table, key in reversed(TABLES.items()):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM gone)")  # noqa: S608 — as above
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("DROP TABLE gone")
    began = time.perf_counter()
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('fazhi.jurisdictions', %s, true), set_config('fazhi.act', 'b', true)", [f"{{{home}}}"]
        )
        for table, content in kept.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
    return time.perf_counter() - began


def _export(world: Any) -> None:
    from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange.exporting import columns_of, export  # noqa: PLC0415 — as above
    from fazhi.kernel.records.exchange.workbooks import Field, FileFormat, write  # noqa: PLC0415 — as above
    from fazhi.kernel.records.register import register_of  # noqa: PLC0415 — as above

    register = register_of("mediation.cases")
    columns = columns_of(register, list(register.all_columns))
    target = io.BytesIO()
    with session(jurisdictions=[world.jurisdiction.id]):
        began = time.perf_counter()
        count = export(register, target, FileFormat.XLSX, actor=world.actor("head"), columns=columns)
        ours = time.perf_counter() - began
    book = CalamineWorkbook.from_filelike(io.BytesIO(target.getvalue())).get_sheet_by_index(0)
    head, *rows = book.to_python()
    if len(rows) != count or count != sum(SIZES):
        sys.exit("the export is not the list")
    began = time.perf_counter()
    write(io.BytesIO(), [Field(str(heading)) for heading in head], rows, FileFormat.XLSX)
    _line(f"exchange.export_{count // 1000}k", ours, time.perf_counter() - began)


def _line(name: str, ours: float, floor: float) -> None:
    ratio = ours / floor
    verdict = "ok" if ratio <= BUDGET else "over"
    sys.stdout.write(f"{name} {ours:.2f}s {floor:.2f}s {ratio:.2f} {BUDGET:.2f} {verdict}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
