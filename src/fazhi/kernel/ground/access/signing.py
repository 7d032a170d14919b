"""Signing in: what is checked, what locks an account, and what the audit is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.core.session import session

WRONG = "登录名或口令不正确，请核对后重新输入"


@dataclass(frozen=True, slots=True)
class Lockout:
    """After how many wrong passwords in a row an account is locked, and for how long."""

    failures: int = 5
    lasts: timedelta = timedelta(minutes=15)


def sign_in(login: str, password: str, *, at: datetime, lockout: Lockout, place: str = "") -> Account:
    """This account, when login and password are right and it may be used; counts and notes every attempt.

    ``place`` is where the attempt came from, for the audit. Raises :class:`Refused`, which never says whether a login
    exists to somebody who does not know its password, save that one of ours is locked.
    """
    found = Account.objects.filter(login=login.strip()).first()
    if found is None:
        # Takes as long as a wrong password does, so that time does not tell which logins exist.
        make_password(password)
        raise Refused(WRONG)
    with session(jurisdictions=[found.home_id], actor=found.id, act="access.sign_in", at=at):
        account = Account.objects.select_for_update().get(pk=found.id)
        refusal = _refusal(account, password, at, lockout)
        noted(
            Account,
            account.id,
            {"outcome": refusal or "登录成功", "from": place},
            jurisdiction_id=account.home_id,
        )
    if refusal:
        raise Refused(refusal)
    return account


def sign_out(account_id: int, jurisdiction_id: int, *, at: datetime) -> None:
    """Note that somebody signed out; what ends is the browser's session, which is not ours."""
    with session(jurisdictions=[jurisdiction_id], actor=account_id, act="access.sign_out", at=at):
        noted(Account, account_id, {"outcome": "退出"}, jurisdiction_id=jurisdiction_id)


def change_password(account_id: int, old: str, new: str, *, at: datetime) -> Account:
    """Change the own password, knowing the old one; raises :class:`Refused` with faults at ``old`` and ``new``."""
    found = Account.objects.get(pk=account_id)
    with session(jurisdictions=[found.home_id], actor=found.id, act="access.change_password", at=at):
        account = Account.objects.select_for_update().get(pk=account_id)
        faults = [] if account.check_password(old) else [Fault("原口令不正确", "old")]
        if new == old and not faults:
            faults.append(Fault("新口令不能与原口令相同", "new"))
        faults += password_faults(new, account, "new")
        if faults:
            raise Refused.of(faults)
        account.set_password(new)
        account.password_temporary = False
        account.password_changed_at = at
        account.save(update_fields=["password", "password_temporary", "password_changed_at"])
        noted(Account, account.id, {"outcome": "本人修改口令"}, jurisdiction_id=account.home_id)
    return account


def password_faults(password: str, account: Account, field: str) -> list[Fault]:
    """Why ``password`` may not be the password of ``account``, by the validators of the settings."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        return [Fault(reason, field) for reason in error.messages]
    return []


def _refusal(account: Account, password: str, at: datetime, lockout: Lockout) -> str:
    """Why this attempt fails, or ``""``; counts it on the account."""
    if account.locked_until is not None and account.locked_until > at:
        until = account.locked_until.astimezone(at.tzinfo)
        return f"账号因连续输错口令已锁定至{until:%H:%M}，届时再试，或请安全管理员解锁"
    if not account.check_password(password):
        return _failed(account, at, lockout)
    if not account.is_active:
        return "账号已停用，请与安全管理员联系"
    account.failed_logins, account.locked_until, account.last_login = 0, None, at
    account.save(update_fields=["failed_logins", "locked_until", "last_login"])
    return ""


def _failed(account: Account, at: datetime, lockout: Lockout) -> str:
    account.failed_logins += 1
    left = lockout.failures - account.failed_logins
    if left > 0:
        account.save(update_fields=["failed_logins"])
        return WRONG if left > 2 else f"{WRONG}；再错{left}次，账号将锁定{lockout.lasts.seconds // 60}分钟"
    account.failed_logins, account.locked_until = 0, at + lockout.lasts
    account.save(update_fields=["failed_logins", "locked_until"])
    return f"口令连续输错{lockout.failures}次，账号锁定{lockout.lasts.seconds // 60}分钟"
