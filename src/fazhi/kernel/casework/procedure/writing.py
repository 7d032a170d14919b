"""Writing drafts: the same rows for one record as for a hundred thousand, by INSERT or by COPY.

COPY goes into a temporary table first, because a table with row security refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, cast

from django.db import connection, models

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters import numbering
from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.matters.workflow import Keeping, Workflow
from fazhi.kernel.casework.procedure.drafting import Draft, alive
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.fields import field_of
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.ground.secrets.fields import SecretField, SecretHash

COPY_FROM = 200
# What these hold is not what they store.
_PREPARED = (models.JSONField, SecretField, SecretHash)
# What a card, a visibility row and a first step hold, in the order in which they are written.
_CARD = (
    "id", "jurisdiction_id", "version", "recorded_at", "recorded_by", "number", "title", "unit_id", "handler_id", "state",
    "phase", "opened_on", "due_on",
)  # fmt: skip
_ON_CARD = attrgetter(*_CARD)
_VIEW = ("jurisdiction_id", "phase", "handler_id", "opened_on", "due_on")
_IN_VIEW = attrgetter("id", *_VIEW)
_STEP = (
    "id", "jurisdiction_id", "matter_id", "act", "from_state", "to_state", "on", "at", "actor_id", "actor_name", "note",
)  # fmt: skip


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, by COPY when there are many."""
    if not rows:
        return
    model = type(rows[0])
    if len(rows) < COPY_FROM:
        model._default_manager.bulk_create(rows)
        return
    fields = list(model._meta.concrete_fields)
    plain = attrgetter(*[field.attname for field in fields])
    prepared = [(place, field) for place, field in enumerate(fields) if isinstance(field, _PREPARED)]

    def values(row: models.Model) -> Sequence[Any]:
        if not prepared:
            return cast(Sequence[Any], plain(row))
        kept = list(plain(row))
        for place, field in prepared:
            kept[place] = field.get_db_prep_save(field.pre_save(row, True), connection)
        return kept

    _copy(model, [str(field.column) for field in fields], map(values, rows))


def insert_values(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows given as values of the columns ``names``, without a model instance for each.

    Every column that has no default in the database must be named; none may be one whose value is prepared for storing
    (JSON, secrets).
    """
    if not rows:
        return
    if len(rows) >= COPY_FROM:
        _copy(model, names, rows)
        return
    columns = ", ".join(map(connection.ops.quote_name, names))
    target = connection.ops.quote_name(model._meta.db_table)
    one = f"({', '.join(['%s'] * len(names))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {target} ({columns}) VALUES {', '.join([one] * len(rows))}",  # noqa: S608 — quoted names
            [value for row in rows for value in row],
        )


def _copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(map(connection.ops.quote_name, names))
    target = connection.ops.quote_name(model._meta.db_table)
    stage = connection.ops.quote_name(f"stage_{model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {stage} (LIKE {target} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy(f"COPY {stage} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {target} ({columns}) SELECT {columns} FROM {stage}")  # noqa: S608 — quoted names
        cursor.execute(f"DROP TABLE {stage}")


def number(keeping: type[Keeping], drafts: Sequence[Draft], units: dict[int, Unit]) -> None:
    """Give every draft that brings no number of its own the next one of its series and year.

    A number that is brought, and that the series would hand out some day, is never handed out.
    """
    series = keeping.number
    if series is None:
        return
    jurisdiction_id = drafts[0].row.jurisdiction_id
    area = Jurisdiction.objects.values_list("short_name", flat=True).get(pk=jurisdiction_id)
    groups: dict[tuple[int, int], list[Draft]] = {}
    brought: dict[tuple[int, int], int] = {}
    for each in drafts:
        unit_id = each.row.unit_id if series.per_unit else 0
        if not each.row.number:
            groups.setdefault((unit_id, each.row.opened_on.year), []).append(each)
            continue
        found = numbering.read_back(series, each.row.number, area=area, unit=units[each.row.unit_id].short_name)
        if found is not None:
            year, serial = found
            brought[unit_id, year] = max(serial, brought.get((unit_id, year), 0))
    name = keeping.name()
    for (unit_id, year), serial in sorted(brought.items()):
        key = numbering.series_key(name, series, unit_id)
        numbering.raise_to(jurisdiction_id=jurisdiction_id, series=key, year=year, serial=serial)
    for (unit_id, year), members in sorted(groups.items()):
        key = numbering.series_key(name, series, unit_id)
        serials = numbering.take(jurisdiction_id=jurisdiction_id, series=key, year=year, count=len(members))
        unit = units[members[0].row.unit_id].short_name
        written = numbering.write_out(series, area=area, unit=unit, year=year, serials=serials)
        for each, text in zip(members, written, strict=True):
            each.row.number = text


def write(keeping: type[Keeping], drafts: Sequence[Draft], *, actor: Actor, units: dict[int, Unit], note: str) -> None:
    """Write faultless drafts: clocks, parties, visibility, steps, then number, card and record, all or none."""
    if not issubclass(keeping, Workflow):
        insert([each.row for each in drafts])
        return
    runs = running.derive_many(keeping.record, [(each.row, each.trail) for each in drafts])
    for each in drafts:
        each.row.due_on = running.nearest(runs[each.row.id]) if alive(each.row.phase) else None
    insert([run for each in drafts for run in runs[each.row.id]])
    parties = [party.row(each.row) for each in drafts for party in each.parties]
    ids = iter(take_ids(len(parties)))
    for party in parties:
        party.id = next(ids)
    insert(parties)
    show(keeping, [each.row for each in drafts], units)
    insert_values(Step, _STEP, _first_steps(drafts, actor, note))
    number(keeping, drafts, units)
    name = keeping.name()
    above = attrgetter(field_of(keeping.part_of).attname) if keeping.part_of is not None else _nothing
    insert_values(
        Matter, (*_CARD, "record", "part_of_id"), [(*_ON_CARD(each.row), name, above(each.row)) for each in drafts]
    )
    insert([each.row for each in drafts])


def _nothing(row: Any) -> None:
    return None


def show(keeping: type[Keeping], rows: Sequence[Any], units: dict[int, Unit]) -> None:
    """Write the visibility of cases: one row for each unit in the audience of a case's unit."""
    name = keeping.name()
    ids = iter(take_ids(sum(len(units[row.unit_id].audience) for row in rows)))
    seen = []
    for row in rows:
        facts = (name, *_IN_VIEW(row))
        seen += [(next(ids), unit_id, *facts) for unit_id in units[row.unit_id].audience]
    insert_values(Visibility, ("id", "unit_id", "record", "matter_id", *_VIEW), seen)


def _first_steps(drafts: Sequence[Draft], actor: Actor, note: str) -> list[tuple[Any, ...]]:
    told = []
    for step_id, each in zip(take_ids(len(drafts)), drafts, strict=True):
        row: Any = each.row
        act = "history" if row.historical else "open"
        whose, when = (row.jurisdiction_id, row.id), (row.opened_on, row.recorded_at)
        told.append((step_id, *whose, act, "", row.state, *when, actor.account_id, actor.name, note))
    return told
