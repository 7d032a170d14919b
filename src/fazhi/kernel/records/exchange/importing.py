"""The steps of an import as people take them: upload, map, check, write, stop, undo. Work that takes time only begins here.

Each call needs the jurisdiction in session, and leaves an import whose ``state`` says what is to be done;
:func:`fazhi.kernel.records.exchange.working.work` does it, in the worker or in the foreground.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Conflict, Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.exchange import heads, shelf, targets, undoing
from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.heads import Head
from fazhi.kernel.records.exchange.models import WORKING, Import, ImportState, Progress, Remembered, Writes
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.sheets import opened
from fazhi.kernel.records.register import REGISTERS, Register, register_of

_ASKED = ("state", "asked_at", "asked_by")
_EARLY = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED, ImportState.STOPPED)


def upload(
    register: type[Register],
    content: bytes,
    file_name: str,
    *,
    actor: Actor,
    at: datetime,
    history: bool = False,
    for_unit: Unit | None = None,
    same_allowed: bool = False,
) -> Import:
    """Take in a file: keep it, find its head, guess what its columns mean. Nothing is read of its rows yet.

    ``history``: its records are finished (补录). ``for_unit``: the unit they are entered for where the rows do not say.
    Raises :class:`Refused` for a file that cannot be read, :class:`NotYours` for somebody who may not enter such records.
    """
    keeping = register.keeping
    unit_id = _seat(register, actor)
    workbook = opened(content)
    known = targets.targets_of(register, history=history)
    head = heads.found_in(workbook, targets.knows(known.values()))
    of = Import(
        id=next_id(), jurisdiction_id=actor.jurisdiction_id, register=register.key, account_id=actor.account_id,
        unit_id=unit_id, for_unit=for_unit, file_name=file_name[-200:] or keeping.name(), history=history, at=at,
        asked_at=at, asked_by_id=actor.account_id, same_allowed=same_allowed, sheet=head.sheet, head_first=head.first, head_last=head.last,
        stored=shelf.put(actor.jurisdiction_id, "import", content),
    )  # fmt: skip
    of.mapping = _guess(of, head, history=history)
    of.save(force_insert=True)
    return of


def _seat(register: type[Register], actor: Actor) -> int:
    if actor.system:
        return int(Unit.objects.values_list("id", flat=True).get(kind="bureau", valid_to=None))
    hats = actor.hats_in(register.keeping.line, register.keeping.enters)
    if not hats:
        roles = "、".join(role.label for role in register.keeping.enters)
        raise NotYours(f"您没有登记“{register.label}”的权限，需要的角色是：{roles}")
    return hats[0].unit_id


def _guess(of: Import, head: Head, *, history: bool) -> dict[str, str]:
    remembered: Mapping[str, str] = {}
    if of.account_id is not None:
        kept = Remembered.objects.filter(account_id=of.account_id, register=of.register).first()
        remembered = kept.mapping if kept else {}
    known = targets.targets_of(register_of(of.register), history=history)
    guesses = targets.guessed(head.headings, known, remembered)
    return {str(place): guess.key for place, guess in guesses.items() if guess.key}


def visible(actor: Actor) -> QuerySet[Import]:
    """These imports that exist for ``actor``: the own ones, and those of units whose work they see."""
    found = Import.objects.filter(jurisdiction_id=actor.jurisdiction_id)
    if actor.system:
        return found
    condition = Q(account_id=actor.account_id)
    for line in {register.keeping.line for register in REGISTERS.values()}:
        units = sorted(actor.reach(line).units)
        if units:
            condition |= Q(register__startswith=f"{line}.", unit__audience__overlap=units)
    return found.filter(condition)


def fetch(actor: Actor, import_id: int, *, lock: bool = False) -> Import:
    """This import; :class:`Unseen` if it does not exist for ``actor``."""
    rows = visible(actor).filter(pk=import_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise Unseen(f"import {import_id}")
    return found


def _own(actor: Actor, import_id: int, *states: ImportState) -> Import:
    """This import to be changed by the person whose it is, in one of ``states``."""
    of = fetch(actor, import_id, lock=True)
    if of.account_id != actor.account_id:
        raise NotYours("这次导入由他人发起，只能查看")
    if of.state not in states:
        raise Conflict(f"这次导入现为“{ImportState(of.state).label}”，请刷新页面后再操作", {"state": of.state})
    return of


def point(of_id: int, sheet: str, first: int, last: int, *, actor: Actor) -> Import:
    """Say which sheet and which rows hold the head; the columns are guessed anew."""
    of = _own(actor, of_id, *_EARLY)
    plan = Plan(of, actor)
    found = plan.workbook.sheet(sheet)
    if not 1 <= first <= last <= min(first + 1, found.height):
        raise Refused(Fault(f"表头应在第1至{found.height}行，占一行或上下两行", "head"))
    of.sheet, of.head_first, of.head_last = sheet, first, last
    of.mapping = _guess(of, heads.at(found, first, last), history=plan.history)
    of.save(update_fields=["sheet", "head_first", "head_last", "mapping"])
    return of


def map_columns(of_id: int, mapping: Mapping[int, str], *, actor: Actor, same_allowed: bool = False) -> Import:
    """Say what each column means (place → key of a target, empty: not imported); remembered for the next ledger."""
    of = _own(actor, of_id, *_EARLY)
    plan = Plan(of, actor)
    places = {heading.place for heading in plan.head.headings}
    chosen = {place: key for place, key in mapping.items() if key}
    faults = []
    for place, key in chosen.items():
        if place not in places or key not in plan.targets:
            faults.append(Fault("没有这样的列或栏目，请重新选择", f"c{place}"))
        elif list(chosen.values()).count(key) > 1:
            faults.append(Fault(f"有两列都对应到“{plan.targets[key].label}”，请只留一列", f"c{place}"))
    if not chosen:
        faults.append(Fault("没有一列对应到台账的栏目", "mapping"))
    if faults:
        raise Refused.of(faults)
    of.mapping = {str(place): key for place, key in chosen.items()}
    of.same_allowed = same_allowed
    of.save(update_fields=["mapping", "same_allowed"])
    if of.account_id is not None:
        Remembered.objects.update_or_create(
            jurisdiction_id=of.jurisdiction_id, account_id=of.account_id, register=of.register,
            defaults={"mapping": targets.remembering(plan.head.headings, chosen)},
        )  # fmt: skip
    return of


def ask_check(of_id: int, *, actor: Actor, at: datetime) -> Import:
    """Ask for the dry run."""
    of = _own(actor, of_id, *_EARLY)
    _begin(of, ImportState.CHECKING, actor, at)
    of.problem = ""
    of.save(update_fields=[*_ASKED, "problem"])
    return of


def ask_write(of_id: int, writes: Writes, *, actor: Actor, at: datetime, reason: str = "") -> Import:
    """Ask for the rows to be written, as chosen after the dry run; ``reason`` is that of corrections, if there are any."""
    of = _own(actor, of_id, ImportState.CHECKED)
    if of.bad and writes == Writes.ALL:
        raise Refused(Fault(f"有{of.bad}行有误，不能全部写入：改好后重新上传，或选择只写入无误的行", "writes"))
    if of.rows == of.bad:
        raise Refused(Fault("没有可以写入的行", "writes"))
    if of.changes and not reason.strip():
        raise Refused(Fault("请写明更正原因", "reason"))
    if of.rows - of.bad == 0 and not of.changes:
        raise Refused(Fault("没有可以写入的行", "writes"))
    _begin(of, ImportState.WRITING, actor, at)
    of.writes, of.reason, of.reached, of.written, of.problem = writes, reason.strip()[:200], 0, 0, ""
    of.save(update_fields=[*_ASKED, "writes", "reason", "reached", "written", "problem"])
    return of


def ask_undo(of_id: int, *, actor: Actor, at: datetime, reason: str) -> Import:
    """Ask for everything an import has brought to be voided, with a reason; refused, with names, if any was changed."""
    of = fetch(actor, of_id, lock=True)
    if of.state != ImportState.DONE:
        raise Conflict(f"这次导入现为“{ImportState(of.state).label}”，不能撤销", {"state": of.state})
    if not reason.strip():
        raise Refused(Fault("请写明撤销原因", "reason"))
    undoing.why_not(of)
    _begin(of, ImportState.UNDOING, actor, at)
    of.reason, of.problem = reason.strip()[:200], ""
    of.save(update_fields=[*_ASKED, "reason", "problem"])
    return of


def ask_stop(of_id: int, *, actor: Actor) -> None:
    """Ask work under way to stop; what was written is taken back."""
    of = fetch(actor, of_id)
    if of.account_id != actor.account_id:
        raise NotYours("这次导入由他人发起，只能查看")
    if of.state in WORKING:
        Progress.objects.filter(of=of.id).update(stop=True)


def _begin(of: Import, state: ImportState, actor: Actor, at: datetime) -> None:
    """Put up the board on which its progress is told, so that a page has something to show before the worker comes."""
    of.state, of.asked_at, of.asked_by_id = state, at, actor.account_id
    Progress.objects.filter(of=of.id).delete()
    Progress.objects.create(
        jurisdiction_id=of.jurisdiction_id, of=of.id, doing="", total=of.rows, began_at=at, told_at=at
    )


def findings_of(of: Import) -> Findings:
    """What the last dry run found; empty when there was none, or it was cleared away."""
    if not of.findings:
        return Findings()
    try:
        return Findings.unpacked(shelf.take(of.findings))
    except FileNotFoundError:
        return Findings()
