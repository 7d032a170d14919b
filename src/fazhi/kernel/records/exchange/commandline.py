"""What the verbs of exchange have in common: on whose account they act, and the instant at which they do."""

from __future__ import annotations

from datetime import datetime

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from fazhi.kernel.ground.access.actors import Actor, system_actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.register import Register, register_of


def add_person(parser: CommandParser) -> None:
    """Takes on whose account a verb acts."""
    parser.add_argument("--as", dest="login", metavar="登录名", help="以谁的名义办理；不写为系统 on whose account")
    parser.add_argument("--area", metavar="代码", help="辖区代码，只有一个辖区时不必写 code of the jurisdiction")


def now() -> datetime:
    """This instant, in the time zone in which days are counted: a verb is where the clock is read."""
    return timezone.localtime(timezone.now())  # noqa: TID251


def person(login: str | None, area: str | None, at: datetime) -> Actor:
    """The actor a verb acts as; raises :class:`CommandError` for one there is not."""
    if login:
        account = Account.objects.filter(login=login, is_active=True).first()
        if account is None:
            raise CommandError(f"没有登录名为“{login}”的启用账号")
        with session(jurisdictions=[account.home_id]):
            return actor_of(account, on=at.date())
    homes = list(Jurisdiction.objects.filter(**({"code": area} if area else {})).values_list("id", "code"))
    if len(homes) != 1:
        known = "、".join(code for _, code in homes) if not area else ""
        raise CommandError(f"没有辖区“{area}”" if area else f"请用 --area 写明辖区：{known}" if known else "还没有辖区")
    return system_actor(homes[0][0])


def register_named(key: str) -> type[Register]:
    """This register; an unknown name is answered with those there are."""
    try:
        return register_of(key)
    except KeyError as error:
        raise CommandError(str(error.args[0])) from None
