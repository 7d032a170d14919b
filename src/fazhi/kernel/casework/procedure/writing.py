"""Writing drafts: the same rows for one record as for a hundred thousand, by INSERT or by COPY.

COPY goes into a temporary table first, because a table with row security refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from fazhi.kernel.casework.deadlines import running
from fazhi.kernel.casework.matters import numbering
from fazhi.kernel.casework.matters.models import Matter, Step, Visibility
from fazhi.kernel.casework.matters.workflow import Keeping, Workflow
from fazhi.kernel.casework.procedure.drafting import Draft, alive
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.ground.secrets.fields import SecretField, SecretHash

COPY_FROM = 200
# What these hold is not what they store.
_PREPARED = (models.JSONField, SecretField, SecretHash)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, by COPY when there are many."""
    if not rows:
        return
    model = type(rows[0])
    if len(rows) < COPY_FROM:
        model._default_manager.bulk_create(rows)
        return
    fields = list(model._meta.concrete_fields)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    target = connection.ops.quote_name(model._meta.db_table)
    stage = connection.ops.quote_name(f"stage_{model._meta.db_table}")
    prepared = [(field, field.attname, isinstance(field, _PREPARED)) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {stage} (LIKE {target} INCLUDING DEFAULTS) ON COMMIT DROP")
        with cursor.copy(f"COPY {stage} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [
                        field.get_db_prep_save(field.pre_save(row, True), connection) if special else getattr(row, name)
                        for field, name, special in prepared
                    ]
                )
        cursor.execute(f"INSERT INTO {target} ({names}) SELECT {names} FROM {stage}")  # noqa: S608 — quoted names
        cursor.execute(f"DROP TABLE {stage}")


def number(keeping: type[Keeping], drafts: Sequence[Draft], units: dict[int, Unit]) -> None:
    """Give every draft that brings no number of its own the next one of its series and year."""
    series = keeping.number
    if series is None:
        return
    groups: dict[tuple[int, int], list[Draft]] = {}
    for each in drafts:
        if not each.row.number:
            unit_id = each.row.unit_id if series.per_unit else 0
            groups.setdefault((unit_id, each.row.opened_on.year), []).append(each)
    if not groups:
        return
    jurisdiction_id = drafts[0].row.jurisdiction_id
    area = Jurisdiction.objects.values_list("short_name", flat=True).get(pk=jurisdiction_id)
    for (unit_id, year), members in sorted(groups.items()):
        key = numbering.series_key(keeping.name(), series, unit_id)
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
    insert(visibilities(keeping, [each.row for each in drafts], units))
    insert([_first_step(keeping, each, actor, note) for each in drafts])
    number(keeping, drafts, units)
    insert([card(keeping, each.row) for each in drafts])
    insert([each.row for each in drafts])


def card(keeping: type[Keeping], row: Any) -> Matter:
    """This case's index card."""
    return Matter(
        id=row.id,
        jurisdiction_id=row.jurisdiction_id,
        version=row.version,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        record=keeping.name(),
        number=row.number,
        title=row.title,
        unit_id=row.unit_id,
        handler_id=row.handler_id,
        state=row.state,
        phase=row.phase,
        opened_on=row.opened_on,
        due_on=row.due_on,
    )


def visibilities(keeping: type[Keeping], rows: Sequence[Any], units: dict[int, Unit]) -> list[Visibility]:
    """These visibility rows: one for each unit in the audience of a case's unit."""
    name = keeping.name()
    ids = iter(take_ids(sum(len(units[row.unit_id].audience) for row in rows)))
    return [
        Visibility(
            id=next(ids),
            jurisdiction_id=row.jurisdiction_id,
            unit_id=unit_id,
            matter_id=row.id,
            record=name,
            phase=row.phase,
            handler_id=row.handler_id,
            opened_on=row.opened_on,
            due_on=row.due_on,
        )
        for row in rows
        for unit_id in units[row.unit_id].audience
    ]


def _first_step(keeping: type[Keeping], each: Draft, actor: Actor, note: str) -> Step:
    row: Any = each.row
    return Step(
        jurisdiction_id=row.jurisdiction_id,
        matter_id=row.id,
        act="history" if row.historical else "open",
        from_state="",
        to_state=row.state,
        on=row.opened_on,
        at=row.recorded_at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        note=note,
    )
