"""`fazhi prove FILE --year YEAR`: a draft or published report held against the records."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.figures import Proof, Verdict, annotate_docx, read_file
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.measures import asking
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.publishing import even
from fazhi.lines.report.queries import proof

_SIGNS = {
    Verdict.AGREES: "✓ 相符",
    Verdict.CONTRADICTS: "✗ 不符",
    Verdict.UNBOUND: "? 未核",
    Verdict.EXPLAINED: "✓ 有说明",
    Verdict.IGNORED: "· 非数据",
}
_HEADS = ("结论", "位置", "原文", "指标", "记录", "理由")


class Command(BaseCommand):
    """Reads a file, finds every figure in it and compares it with the records of the year."""

    help = "校核报告中的数据 | Proves the figures of a report against the records"

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file, the period, and whose records."""
        parser.add_argument("file", type=Path, help="txt、html、docx 或带文字的 pdf；- 表示从标准输入读取文字")
        parser.add_argument("--year", required=True, metavar="期间", help="2022、2022-03或2022-01-01~2022-09-30")
        parser.add_argument("--format", choices=["json", "table"], default="table")
        parser.add_argument("--all", action="store_true", help="表格中也列出名称、日期和目标")
        parser.add_argument("--annotated", type=Path, metavar="文件", help="另存一份带批注的 Word（原文件须为 docx）")
        parser.add_argument("--area", default="", help="辖区代码，只有一个辖区时不填")
        parser.add_argument("--unit", default="", help="单位代码或名称，只与该单位的记录核对")

    def handle(self, *args: Any, **options: Any) -> None:
        """Proves and prints."""
        try:
            proven = self._prove(options)
            if options["annotated"]:
                annotate_docx(options["file"], proven, options["annotated"])
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(proven.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(_table(proven, everything=options["all"]), ending="")

    @staticmethod
    def _prove(options: dict[str, Any]) -> Proof:
        period = Period.read(options["year"])
        path: Path = options["file"]
        text = sys.stdin.read() if str(path) == "-" else read_file(path).text
        home = asking.area(options["area"])
        with session(jurisdictions=[home.id]):
            return proof.of_text(text, period, asking.scope(home, options["unit"]))


def _table(proven: Proof, *, everything: bool) -> str:
    rows = [
        (
            _SIGNS[each.verdict],
            str(each.start),
            each.surface,
            each.measure_key or "",
            "" if each.expected is None else f"{round(each.expected, 2).normalize():f}",
            each.reason,
        )
        for each in proven.statements
        if everything or each.verdict is not Verdict.IGNORED
    ]
    counts = "，".join(f"{_SIGNS[verdict]}{count}" for verdict, count in proven.counts.items())
    return f"{even([_HEADS, *rows])}{counts}\n"
