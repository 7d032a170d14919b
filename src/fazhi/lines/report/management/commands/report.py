"""`fazhi report YEAR --out DIR`: the report of a year, in every form it leaves in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fazhi.kernel.ground.access.actors import system_actor
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.ground.orgs.tree import bureau
from fazhi.kernel.records.measures import asking
from fazhi.lines.report.models import Report
from fazhi.lines.report.operations import outlining
from fazhi.lines.report.papers import issuing


class Command(BaseCommand):
    """Writes the files of a year's report; begins the report from the outline where there is none yet."""

    help = "生成年度报告的 Word、PDF、网页和数据文件 | Writes the annual report as Word, PDF, HTML and data"

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the year, the folder, and whose report."""
        parser.add_argument("year", type=int, help="报告年度，例如2022")
        parser.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪里，没有则新建")
        parser.add_argument("--area", default="", help="辖区代码，只有一个辖区时不填")
        parser.add_argument("--subject", default="", help="报告主体的代码或名称，默认为司法局所在地区")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads once and writes every file."""
        at = timezone.localtime()
        out: Path = options["out"]
        try:
            home = asking.area(options["area"])
            with session(jurisdictions=[home.id], act="report.report.start", at=at):
                report = self._report(home, options, at)
                text = issuing.read(report)
            out.mkdir(parents=True, exist_ok=True)
            for name in issuing.FILES:
                (out / name).write_bytes(issuing.file(text, name, at=at))
                self.stdout.write(str(out / name))
        except (ValueError, Refused, OSError) as error:
            raise CommandError(str(error)) from error
        unready = text.unready()
        for piece in unready:
            label = piece.figure.measure.label if piece.figure else piece.text
            self.stderr.write(f"{label}：{piece.reason}")

    @staticmethod
    def _report(home: Jurisdiction, options: dict[str, Any], at: Any) -> Report:
        subject = bureau(home.id)
        if options["subject"]:
            named = asking.scope(home, options["subject"]).unit_id
            subject = Unit.objects.get(pk=named or subject.id)
        elif subject.parent is not None:
            subject = subject.parent
        year: int = options["year"]
        reports = Report.objects.filter(jurisdiction=home, year=year, void_reason="").select_related("subject")
        found = reports.filter(subject=subject).order_by("id").first()
        if found is not None:
            return found
        return outlining.start(year=year, subject=subject, unit=bureau(home.id), actor=system_actor(home.id), at=at)
