"""The verb `fazhi export`: a register's list as a file, in the foreground."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import commandline, exporting
from fazhi.kernel.records.exchange.telling import Line, nobody
from fazhi.kernel.records.exchange.workbooks import FileFormat


class Command(BaseCommand):
    """Exports what the list shows under the filters; the file can be edited and imported again."""

    help = "把台账导出为 xlsx 或 csv，改过可再导入 | Exports a register as xlsx or csv, fit to be edited and imported"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declares what may be said."""
        parser.add_argument("register", help="台账，例如 mediation.cases")
        parser.add_argument("file", type=Path, help="写到哪个文件，以 .xlsx 或 .csv 结尾")
        parser.add_argument(
            "--filter", metavar="栏目=值", action="append", default=[], dest="filters",
            help="筛选，与网页地址中的相同，例如 opened_on_from=2022-01-01 filter, as in the address of the page",
        )  # fmt: skip
        parser.add_argument(
            "--columns", default="", help="栏目，用逗号隔开；不写为列表所示 columns, separated by commas"
        )
        commandline.add_person(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes beside the file and puts it in its place when it is whole."""
        at = commandline.now()
        register = commandline.register_named(options["register"])
        target: Path = options["file"]
        try:
            form = FileFormat(target.suffix.lower().removeprefix("."))
        except ValueError:
            raise CommandError("文件名应以 .xlsx 或 .csv 结尾") from None
        actor = commandline.person(options["login"], options["area"], at)
        parameters = {}
        for each in options["filters"]:
            name, equals, value = each.partition("=")
            if not equals:
                raise CommandError(f"--filter {each}：写成 栏目=值")
            parameters[name] = value
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        act = f"{register.key}.export"
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with (
                os.fdopen(descriptor, "wb") as file,
                session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=act, at=at),
            ):
                columns = exporting.columns_of(register, [each for each in options["columns"].split(",") if each])
                tell = Line(partial(self.stderr.write, ending="")) if sys.stderr.isatty() else nobody
                count = exporting.export(
                    register, file, form, actor=actor, parameters=parameters, columns=columns, tell=tell
                )
            unfinished.replace(target)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"写不到{target}：{error.strerror}") from None
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"已导出{count}条：{target}")
