"""Exports that are made in the background: asked for by a person, kept sealed for some days, fetched by that person only."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import BinaryIO, cast

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import exporting, shelf
from fazhi.kernel.records.exchange.models import Export, ExportState, Progress
from fazhi.kernel.records.exchange.telling import Stopped, Teller, nobody
from fazhi.kernel.records.exchange.workbooks import FileFormat
from fazhi.kernel.records.register import Register, register_of

_IN_MEMORY = 8 * 1024 * 1024


def ask(
    register: type[Register],
    *,
    actor: Actor,
    at: datetime,
    form: FileFormat,
    parameters: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
) -> Export:
    """Ask for a list as a file; needs the jurisdiction in session. Refused at once where it would be in the end."""
    if refusal := exporting.why_not_export(actor, register):
        raise NotYours(refusal)
    if actor.account_id is None:
        raise NotYours("导出须由有账号的人员发起")
    exporting.columns_of(register, columns)
    asked = Export.objects.create(
        id=next_id(), jurisdiction_id=actor.jurisdiction_id, register=register.key, account_id=actor.account_id,
        parameters=dict(parameters or {}), columns=list(columns), format=form.value, at=at,
    )  # fmt: skip
    Progress.objects.create(jurisdiction_id=actor.jurisdiction_id, of=asked.id, began_at=at, told_at=at)
    return asked


def fetch(actor: Actor, export_id: int) -> Export:
    """This export of ``actor``'s; :class:`Unseen` for anybody else's."""
    found = Export.objects.filter(pk=export_id, account_id=actor.account_id or 0).first()
    if found is None:
        raise Unseen(f"export {export_id}")
    return found


def content(of: Export) -> bytes:
    """The file; refused when it was cleared away."""
    try:
        return shelf.take(of.stored)
    except (FileNotFoundError, ValueError):
        raise Refused("导出的文件已按期清除，请重新导出") from None


def run(jurisdiction_id: int, export_id: int, tell: Teller = nobody) -> Export:
    """Make the file that was asked for; nothing, if it is there already or was given up."""
    with session(jurisdictions=[jurisdiction_id]):
        of = Export.objects.select_related("account").get(pk=export_id)
    if of.state not in (ExportState.WAITING, ExportState.RUNNING):
        return of
    try:
        _make(of, tell)
    except Stopped:
        _end(of, ExportState.STOPPED, "")
    except (Refused, Unseen) as refusal:
        _end(of, ExportState.FAILED, str(refusal))
    return of


def _make(of: Export, tell: Teller) -> None:
    with (
        tempfile.SpooledTemporaryFile(_IN_MEMORY) as target,
        session(jurisdictions=[of.jurisdiction_id], actor=of.account_id, act=f"{of.register}.export", at=of.at),
    ):
        register = register_of(of.register)
        actor = actor_of(of.account, on=of.at.date())
        columns = exporting.columns_of(register, of.columns)
        of.rows = exporting.export(
            register, cast(BinaryIO, target), FileFormat(of.format),
            actor=actor, parameters=of.parameters, columns=columns, tell=tell,
        )  # fmt: skip
        target.seek(0)
        of.stored = shelf.put(of.jurisdiction_id, "export", target.read())
        of.state = ExportState.DONE
        of.save(update_fields=["rows", "stored", "state"])
        Progress.objects.filter(of=of.pk).delete()


def _end(of: Export, state: ExportState, problem: str) -> None:
    with session(jurisdictions=[of.jurisdiction_id], actor=of.account_id, act=f"{of.register}.export", at=of.at):
        of.state, of.problem = state, problem[:500]
        of.save(update_fields=["state", "problem"])
        Progress.objects.filter(of=of.pk).delete()
