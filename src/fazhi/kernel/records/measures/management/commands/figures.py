"""`fazhi figures YEAR`: the figures of a year."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.measures import asking, publishing
from fazhi.kernel.records.measures.computing import by_month, totals
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.figures import Figure
from fazhi.kernel.records.measures.periods import Period

_WRITERS = {"table": publishing.to_table, "csv": publishing.to_csv, "json": publishing.to_json}


class Command(BaseCommand):
    """Prints every measure's figure of a period, counted this moment."""

    help = "列出一年的全部指标数据 | Lists the figures of a year"

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the period, a format, and whose figures."""
        parser.add_argument("period", help="期间：2022、2022-03或2022-01-01~2022-09-30")
        parser.add_argument("--format", choices=sorted(_WRITERS), default="table")
        parser.add_argument("--area", default="", help="辖区代码，只有一个辖区时不填")
        parser.add_argument("--unit", default="", help="单位代码或名称，只列该单位及所属单位的数据")
        parser.add_argument("--months", action="store_true", help="逐月列出")

    def handle(self, *args: Any, **options: Any) -> None:
        """Counts and prints."""
        try:
            figures = self._figures(options)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_WRITERS[options["format"]](figures), ending="")

    @staticmethod
    def _figures(options: dict[str, Any]) -> list[Figure]:
        period = Period.read(options["period"])
        home = asking.area(options["area"])
        with session(jurisdictions=[home.id]):
            scope = asking.scope(home, options["unit"])
            if options["months"]:
                return [each for months in by_month(MEASURES.values(), period, scope).values() for each in months]
            return list(totals(MEASURES.values(), period, scope).values())
