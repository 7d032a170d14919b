# ruff: noqa: N999 — the verb is called import
"""The verb `fazhi import`: a ledger into a register, checked first, in the foreground."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.exchange import commandline, importing, working
from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.models import Import, ImportState, Writes
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.telling import Line, Teller, nobody


class Command(BaseCommand):
    """Imports a spreadsheet; ends with 1 and a line for each fault when rows cannot be written."""

    help = "把表格（xlsx、xls、ods、csv）导入台账，先预检 | Imports a spreadsheet into a register, after a dry run"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declares what may be said."""
        parser.add_argument("register", help="台账，例如 mediation.cases")
        parser.add_argument("file", type=Path, help="表格文件")
        parser.add_argument("--dry-run", action="store_true", help="只预检，不写入 check only")
        parser.add_argument("--good-rows-only", action="store_true", help="只写入无误的行 write the good rows only")
        parser.add_argument("--history", action="store_true", help="补录：按已办结的记录登记 finished records")
        parser.add_argument("--same", action="store_true", help="内容相同的行也导入 rows that say the same, too")
        parser.add_argument("--unit", metavar="代码", help="承办单位，行内没有写明时用 unit where rows name none")
        parser.add_argument("--reason", default="", help="更正原因，导出后改过的表格用 reason of corrections")
        parser.add_argument(
            "--map", dest="mapping", metavar="列名=栏目", action="append", default=[],
            help="列的对应，例如 “备注=summary”；“备注=”不导入这一列 what a column means",
        )  # fmt: skip
        parser.add_argument("--format", choices=["text", "json"], default="text", help="结果的写法 form of the result")
        commandline.add_person(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Uploads, checks and writes."""
        at = commandline.now()
        register = commandline.register_named(options["register"])
        actor = commandline.person(options["login"], options["area"], at)
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"读不到文件{options['file']}：{error.strerror}") from None
        entered = partial(
            session, jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="exchange.import", at=at
        )
        try:
            with entered():
                of = importing.upload(
                    register, content, options["file"].name, actor=actor, at=at, history=options["history"],
                    for_unit=_unit(options["unit"]), same_allowed=options["same"],
                )  # fmt: skip
                _map(of, options["mapping"], actor, same_allowed=options["same"])
                importing.ask_check(of.pk, actor=actor, at=at)
            of = working.work(of.jurisdiction_id, of.pk, self._teller())
            if not options["dry_run"] and _may_write(of, good_only=options["good_rows_only"]):
                writes = Writes.GOOD if options["good_rows_only"] else Writes.ALL
                with entered():
                    importing.ask_write(of.pk, writes, actor=actor, at=at, reason=options["reason"])
                of = working.work(of.jurisdiction_id, of.pk, self._teller())
            with entered():
                findings = importing.findings_of(of)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say(of, findings, options)

    def _teller(self) -> Teller:
        return Line(partial(self.stderr.write, ending="")) if sys.stderr.isatty() else nobody

    def _say(self, of: Import, findings: Findings, options: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.stdout.write(json.dumps(_facts(of, findings), ensure_ascii=False, indent=1))
        else:
            for fault in findings.faults:
                self.stdout.write(f"{fault.row}\t{fault.column or '—'}\t{fault.reason}")
            if findings.more:
                self.stdout.write(f"另有{findings.more}处，改正以上各处后再预检")
            for change in findings.changes:
                for column, was, becomes in change.values:
                    self.stdout.write(f"{change.row}\t{column}\t{was or '（空）'} → {becomes or '（空）'}")
            self.stdout.write(
                f"{ImportState(of.state).label}：数据{of.rows}行，有误{of.bad}行，更正{len(findings.changes)}条，写入{of.written}条"
            )
        if of.problem:
            raise CommandError(of.problem)
        if of.bad:
            raise CommandError(f"有{of.bad}行有误")


def _unit(code: str | None) -> Unit | None:
    if code is None:
        return None
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"没有代码为“{code}”的单位")
    return found


def _map(of: Import, pairs: list[str], actor: Actor, *, same_allowed: bool) -> None:
    """Map columns as said, over what was guessed."""
    if not pairs:
        return
    plan = Plan(of, actor)
    mapping = dict(plan.mapping)
    for pair in pairs:
        heading, _, key = pair.partition("=")
        places = [each.place for each in plan.head.headings if heading in (each.text, each.shown)]
        if not places:
            known = "、".join(each.shown for each in plan.head.headings)
            raise CommandError(f"表格中没有“{heading}”这一列；有：{known}")
        if key and key not in plan.targets:
            raise CommandError(f"没有“{key}”这一栏；有：{'、'.join(plan.targets)}")
        for place, mapped in list(mapping.items()):
            if mapped == key:
                del mapping[place]
        mapping[places[0]] = key
    importing.map_columns(of.pk, mapping, actor=actor, same_allowed=same_allowed)


def _may_write(of: Import, *, good_only: bool) -> bool:
    return of.state == ImportState.CHECKED and (not of.bad or (good_only and of.bad < of.rows))


def _facts(of: Import, findings: Findings) -> dict[str, Any]:
    return {
        "import": of.pk,
        "state": of.state,
        "rows": of.rows,
        "bad": of.bad,
        "written": of.written,
        "problem": of.problem,
        "faults": [
            {"row": each.row, "column": each.column, "field": each.field, "value": each.value, "reason": each.reason}
            for each in findings.faults
        ],
        "more_faults": findings.more,
        "changes": [
            {"row": each.row, "record": each.record_id, "values": [list(value) for value in each.values]}
            for each in findings.changes
        ],
        "passed_over": [{"row": each.number, "what": each.what} for each in findings.asides],
    }
