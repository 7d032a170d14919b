"""The verb `fazhi token`: tokens of an account, for the machine's administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from fazhi.api import tokens
from fazhi.api.models import Token
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.ground.core.session import session


class Command(BaseCommand):
    """Issues, lists and revokes tokens of one account."""

    help = "发放、列出和吊销接口令牌 | Issues, lists and revokes tokens for the API"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declares the tasks."""
        parser.add_argument("login", help="账号的登录名")
        tasks = parser.add_subparsers(dest="task", required=True)
        issuing = tasks.add_parser("issue", help="发放；令牌只显示这一次")
        issuing.add_argument("name", help="用途")
        issuing.add_argument("--days", type=int, default=90, help="有效天数（默认 90）")
        issuing.add_argument("--writes", action="store_true", help="可以写入；不写为只读")
        tasks.add_parser("list", help="列出")
        revoking = tasks.add_parser("revoke", help="吊销")
        revoking.add_argument("token", type=int, help="令牌编号")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs one task."""
        at = timezone.localtime(timezone.now())
        account = Account.objects.filter(login=options["login"]).first()
        if account is None:
            raise CommandError(f"没有登录名为“{options['login']}”的账号")
        try:
            with session(jurisdictions=[account.home_id], act="api.token", at=at):
                if options["task"] == "issue":
                    token, text = tokens.issue(
                        account, options["name"], at=at, lasts=timedelta(options["days"]), writes=options["writes"]
                    )
                    self.stdout.write(f"{text}")
                    self.stderr.write(f"编号{token.id}，{token.expires_at:%Y-%m-%d}失效；请立即保存，以后不再显示")
                elif options["task"] == "revoke":
                    tokens.revoke(account.id, options["token"], at=at)
                    self.stdout.write(f"已吊销{options['token']}")
                else:
                    self._list(account)
        except Unseen:
            raise CommandError(f"这个账号没有编号为{options['token']}的令牌") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, account: Account) -> None:
        for token in Token.objects.filter(account=account).order_by("id"):
            state = "已吊销" if token.revoked_at else f"{timezone.localtime(token.expires_at):%Y-%m-%d}失效"
            self.stdout.write(f"{token.id}\t{token.name}\t{'读写' if token.writes else '只读'}\t{state}")
