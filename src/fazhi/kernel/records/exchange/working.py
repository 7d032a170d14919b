"""The work behind an import: dry run and writing, resumed where an interrupted one was, without a double.

How all-or-nothing is kept. Up to :data:`ONE_GO` rows everything is written in one transaction, chunk by chunk so that
memory stays bounded, and committed at the end: a process killed in the middle has written nothing, and whoever takes the
work up begins anew. A larger file would hold the counter of its series, and with it everybody who registers a case, for
minutes: it is written in chunks, each one transaction that also records the last row it has written. Work taken up again
goes on after that row. If a later chunk fails, or somebody stops the work, what was written is voided as an undo voids it.
Corrections cannot be voided; a file that holds any is written in one transaction, however long it is.

Two workers never write one import: each transaction holds its row, and gives way when another holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, transaction
from django.db.models.functions import Now

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.procedure.writing import insert_values
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.session import enter, session
from fazhi.kernel.records.exchange import revising, shelf, undoing
from fazhi.kernel.records.exchange.checking import check, refusals
from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.heads import Aside
from fazhi.kernel.records.exchange.importing import findings_of
from fazhi.kernel.records.exchange.limits import Limits
from fazhi.kernel.records.exchange.models import Import, ImportState, Origin, Progress, Writes
from fazhi.kernel.records.exchange.preparing import Plan, actor_for, instant_of
from fazhi.kernel.records.exchange.reading import Line, RowFault, chunks
from fazhi.kernel.records.exchange.telling import Stopped, Teller, nobody
from fazhi.kernel.records.exchange.twins import Twins

ONE_GO = 20_000
CHUNK = 2_000
_TAKEN_BACK = "导入未完成，自动撤回"


class Busy(Exception):
    """Raised when another worker is writing this import."""


class _Late(Exception):
    """Raised when a row that passed the dry run is refused in the end, and all rows were to be written or none."""


def work(
    jurisdiction_id: int, import_id: int, tell: Teller = nobody, *, one_go: int = ONE_GO, chunk: int = CHUNK
) -> Import:
    """Do what the import's state asks for, and return it as it is afterwards; nothing, if it asks for nothing.

    Doing it twice comes to the same as doing it once. Raises :class:`Busy` when another worker is at it.
    """
    with session(jurisdictions=[jurisdiction_id]):
        of = Import.objects.get(pk=import_id)
    try:
        match of.state:
            case ImportState.CHECKING:
                _check(of, tell)
            case ImportState.WRITING:
                _Writing(of, tell, one_go=one_go, chunk=chunk).run()
            case ImportState.UNDOING:
                _undo(of, tell)
    except Refused as refusal:
        _end(of, ImportState.DONE if of.state == ImportState.UNDOING else ImportState.FAILED, str(refusal))
    except Stopped:
        _end(of, ImportState.STOPPED, "")
    with session(jurisdictions=[jurisdiction_id]):
        return Import.objects.get(pk=import_id)


def give_up(jurisdiction_id: int, import_id: int) -> None:
    """Take back what was written and mark the import as failed: something happened that nobody had thought of."""
    with session(jurisdictions=[jurisdiction_id]):
        of = Import.objects.get(pk=import_id)
    if of.state == ImportState.WRITING:
        writing = _Writing(of, nobody, one_go=0, chunk=CHUNK)
        writing.take_back()
    state = ImportState.DONE if of.state == ImportState.UNDOING else ImportState.FAILED
    _end(of, state, "程序出错，没有写入；请把这次导入的编号告诉系统管理员")


def _end(of: Import, state: ImportState, problem: str) -> None:
    with session(jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act=f"exchange.{state}", at=instant_of(of)):
        fresh = Import.objects.select_for_update().get(pk=of.pk)
        fresh.state, fresh.problem = state, problem[:500]
        fresh.save(update_fields=["state", "problem"])
        Progress.objects.filter(of=of.pk).delete()


# -- dry run -----------------------------------------------------------------------------------------------------------


def _check(of: Import, tell: Teller) -> None:
    with session(jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act="exchange.check", at=instant_of(of)):
        findings = check(Plan(of, actor_for(of)), tell)
    with session(jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act="exchange.check", at=instant_of(of)):
        fresh = Import.objects.select_for_update().get(pk=of.pk)
        if fresh.state == ImportState.CHECKING:
            _keep(fresh, findings)
            fresh.rows, fresh.bad, fresh.changes = findings.rows, len(findings.bad), len(findings.changes)
            fresh.state = ImportState.CHECKED
            fresh.save(update_fields=["rows", "bad", "changes", "state", "findings"])
        Progress.objects.filter(of=of.pk).delete()


def _keep(of: Import, findings: Findings) -> None:
    former = of.findings
    of.findings = shelf.put(of.jurisdiction_id, "findings", findings.packed())
    transaction.on_commit(lambda: shelf.discard(former))


# -- writing -----------------------------------------------------------------------------------------------------------


class _Writing:
    """One go at writing an import."""

    def __init__(self, of: Import, tell: Teller, *, one_go: int, chunk: int) -> None:
        self.of, self.tell, self.size = of, tell, chunk
        with session(jurisdictions=[of.jurisdiction_id]):
            self.findings = findings_of(of)
            self.actor: Actor = actor_for(of)
            self.plan = Plan(of, self.actor)
            assert self.plan.reader is not None, "what reading needs of the database is fetched once, here"
            self.whole = of.rows - of.bad <= one_go or self.plan.corrects

    def run(self) -> None:
        """Write everything that is left to write."""
        try:
            if self.whole:
                with self._holding() as of:
                    for chunk in self._chunks(of.reached):
                        self._write(of, chunk)
                    self._finish(of)
            else:
                self._by_chunks()
        except _Late:
            self.take_back()
            with self._holding() as of:
                _keep(of, self.findings)
                of.bad = len(self.findings.bad)
                of.save(update_fields=["findings", "bad"])
            raise Refused("预检之后情况有变，没有写入：" + refusals(self.findings.faults[-3:])) from None
        except (Stopped, Refused):
            self.take_back()
            raise

    def _by_chunks(self) -> None:
        with session(jurisdictions=[self.of.jurisdiction_id]):
            reached = Import.objects.values_list("reached", flat=True).get(pk=self.of.pk)
        for chunk in self._chunks(reached):
            with self._holding() as of:
                if of.reached != reached:
                    raise Busy
                self._write(of, chunk)
            reached = of.reached
        with self._holding() as of:
            self._finish(of)

    def _rows(self, after: int) -> Iterator[Any]:
        for row in self.plan.lines():
            if not isinstance(row, Aside) and row.number > after and row.number not in self.findings.bad:
                yield row

    def _chunks(self, after: int) -> Iterator[list[Any]]:
        return chunks(self._rows(after), self.size)

    @contextmanager
    def _holding(self) -> Iterator[Import]:
        """One transaction that holds the import's row; its instant and person are those who asked."""
        of = self.of
        with session(jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act="exchange.write", at=instant_of(of)):
            try:
                held = Import.objects.select_for_update(nowait=True).get(pk=of.pk)
            except OperationalError as error:
                raise Busy from error
            if held.state != ImportState.WRITING:
                raise Busy
            yield held

    def _write(self, of: Import, rows: Sequence[Any]) -> None:
        lines = [self.plan.reader.read(row) for row in rows]
        fresh = [line for line in lines if line.record_id is None]
        records = self._open(fresh)
        revised = self._correct([line for line in lines if line.record_id is not None])
        enter(
            jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act="exchange.write", at=instant_of(of)
        )  # what was called inside has set its own act
        self._note(of, records)
        of.written += len(records) + revised
        of.reached = rows[-1].number if rows else of.reached
        of.save(update_fields=["written", "reached"])
        self.tell("写入", of.written, of.rows - len(self.findings.bad))

    def _open(self, lines: list[Line]) -> list[tuple[Line, Any]]:
        """Open records of rows; of those refused after all, drop the rows or, if all were to be written, give up."""
        twins = Twins(self.plan.register, self.of, self.plan.told_by, same_allowed=self.of.same_allowed)
        late = [(line, fault) for line, fault in twins.faults(lines)]
        while True:
            if late:
                self._refuse([self.plan.reader.fault(line, fault) for line, fault in late])
                bad = {id(line) for line, _ in late}
                lines = [line for line in lines if id(line) not in bad]
            if not lines:
                return []
            try:
                rows = self._bulk(lines)
            except Refused as refusal:
                late = list(self._located(lines, refusal.faults))
                if not late:
                    raise
            else:
                return list(zip(lines, rows, strict=True))

    def _bulk(self, lines: Sequence[Line]) -> list[Any]:
        return procedure.bulk(
            self.plan.register.record(),
            [(line.facts, line.unit, line.handler_id) for line in lines if line.unit is not None],
            actor=self.actor,
            at=instant_of(self.of),
            history=self.plan.history,
            note=f"由“{self.of.file_name}”导入（第{self.of.pk}号）"[:500],
        )

    def _located(self, lines: Sequence[Line], faults: Sequence[Fault]) -> Iterator[tuple[Line, Fault]]:
        """These faults with their rows: named by the procedure, or, of a constraint, found by asking again."""
        for fault in faults:
            place, _, name = fault.field.partition(".")
            if place.isdigit() and int(place) < len(lines):
                yield lines[int(place)], Fault(fault.reason, name)
        if all(not fault.field.partition(".")[0].isdigit() for fault in faults):
            twins = Twins(self.plan.register, self.of, self.plan.told_by, same_allowed=self.of.same_allowed)
            yield from twins.faults(lines)
            keeping = self.plan.register.keeping
            lookups = keeping.fetched([line.facts.values for line in lines])
            drafted = []
            for line in lines:
                assert line.unit is not None
                made = procedure.draft(
                    keeping.record, line.facts, actor=self.actor, unit=line.unit, at=instant_of(self.of),
                    on=line.day or instant_of(self.of).date(), history=self.plan.history, lookups=lookups,
                )  # fmt: skip
                drafted.append((line.number, made.row))
            by_number = {line.number: line for line in lines}
            for number, found in Limits(keeping.record).faults(drafted):
                yield by_number[number], found

    def _refuse(self, late: Sequence[RowFault]) -> None:
        self.findings.add(late)
        if self.of.writes == Writes.ALL:
            raise _Late

    def _correct(self, lines: Sequence[Line]) -> int:
        done = 0
        for line in lines:
            values = revising.asked(self.plan, line)
            if values is not None:
                try:
                    revising.apply(self.plan, line, values, reason=self.of.reason)
                except Refused as refusal:
                    line.faults += [self.plan.reader.fault(line, fault) for fault in refusal.faults]
                else:
                    done += 1
            if line.faults:
                self._refuse(line.faults)
        return done

    def _note(self, of: Import, records: Sequence[tuple[Line, Any]]) -> None:
        """Note which row became which record."""
        twins = Twins(self.plan.register, of, self.plan.told_by, same_allowed=True)
        insert_values(
            Origin,
            ("id", "jurisdiction_id", "of_id", "row", "record_id", "fingerprint", "numbered"),
            [
                (origin, of.jurisdiction_id, of.pk, line.number, row.pk, twins.fingerprint(line), _is_numbered(line))
                for origin, (line, row) in zip(take_ids(len(records)), records, strict=True)
            ],
        )

    def _finish(self, of: Import) -> None:
        if self.findings.bad and len(self.findings.bad) != of.bad:
            _keep(of, self.findings)
        of.state, of.bad = ImportState.DONE, len(self.findings.bad)
        of.save(update_fields=["state", "bad", "findings"])
        Import.objects.filter(pk=of.pk).update(finished_at=Now())
        Progress.objects.filter(of=of.pk).delete()

    def take_back(self) -> None:
        """Void what earlier chunks have written."""
        with self._holding() as of:
            if of.written:
                undoing.take_back(of, actor=self.actor, at=instant_of(of), reason=_TAKEN_BACK)
                Origin.objects.filter(of=of).delete()
            of.written = of.reached = 0
            of.save(update_fields=["written", "reached"])


def _is_numbered(line: Line) -> bool:
    return bool(line.facts.values.get("number"))


# -- undoing -----------------------------------------------------------------------------------------------------------


def _undo(of: Import, tell: Teller) -> None:
    with session(jurisdictions=[of.jurisdiction_id], actor=of.asked_by_id, act="exchange.undo", at=instant_of(of)):
        held = Import.objects.select_for_update().get(pk=of.pk)
        if held.state != ImportState.UNDOING:
            return
        tell("撤销", 0, held.written)
        undoing.why_not(held)
        undoing.take_back(held, actor=actor_for(held), at=instant_of(held), reason=held.reason)
        held.state = ImportState.UNDONE
        held.save(update_fields=["state"])
        Progress.objects.filter(of=of.pk).delete()
