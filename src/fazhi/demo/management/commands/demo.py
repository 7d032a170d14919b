"""The verb `fazhi demo`: load the demonstration district."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.demo import logins
from fazhi.demo.district import SHANGHAI
from fazhi.demo.loading import load
from fazhi.demo.quotas import FILE, Contradiction, Quotas
from fazhi.demo.resetting import reset
from fazhi.kernel.ground.access.accounts import temporary_password
from fazhi.kernel.ground.core.errors import Refused


class Command(BaseCommand):
    """Loads the invented district, and writes the list of its logins."""

    help = "装入示范区数据（虚构） | Loads the demonstration district, which is invented"

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes what to load, dated from which day, with which password."""
        parser.add_argument(
            "--reset",
            action="store_true",
            help="放弃现有的示范数据，重新装入 give up the demonstration that is here and make it anew",
        )
        parser.add_argument(
            "--years-only",
            action="store_true",
            help="只装入往年台账，不装今天的在办事项 finished years only, nothing on today's desks",
        )
        parser.add_argument("--today", type=_day, help="在办事项以哪一天为今天 the day the desks are dated from")
        parser.add_argument("--password", help="全部账号的口令，默认随机 password of all accounts, else a random one")
        parser.add_argument("--quotas", type=Path, default=FILE, help="另一份数量文件 another file of quotas")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads; raises `CommandError` where there are records already, and nothing is then changed."""
        begun = time.monotonic()
        password = options["password"] or temporary_password()
        today = options["today"] or datetime.now(SHANGHAI).date()  # noqa: TID251 — a verb is where the clock is read
        try:
            quotas = Quotas.read(options["quotas"])
            if options["reset"]:
                reset()
            district = load(
                quotas,
                password,
                today=None if options["years_only"] else today,
                say=lambda what: self._say(what, begun),
            )
        except Refused as refused:
            raise CommandError(f"{refused}\n放弃现有示范数据、重新装入，请加 --reset") from refused
        except (Contradiction, OSError) as wrong:
            raise CommandError(f"{options['quotas']}: {wrong}") from wrong
        place = logins.write(district.logins, password)
        self._say(f"登录名单 {place}", begun)

    def _say(self, what: str, begun: float) -> None:
        self.stdout.write(f"{time.monotonic() - begun:6.1f} s  {what}")
        self.stdout.flush()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("请写成2026-11-24的形式") from None
