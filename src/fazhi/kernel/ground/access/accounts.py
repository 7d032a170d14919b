"""Accounts: made, disabled, unlocked and given a new password by the security administrator."""

from __future__ import annotations

import re
import secrets
from datetime import date, datetime

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import grant, stand_in, withdraw
from fazhi.kernel.ground.access.models import Absence, Account, Grant
from fazhi.kernel.ground.access.roles import ROLES, SECURITY_ADMIN
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit

_LOGIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$")
# Without characters that are mistaken for each other when read aloud or written down.
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789"


def temporary_password() -> str:
    """A password to hand over once; its owner must change it at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def login_faults(login: str, name: str) -> list[Fault]:
    """Why no account can be made under this login and name."""
    faults = []
    if not _LOGIN.match(login):
        faults.append(Fault("登录名由2至40个英文字母、数字、点、横线组成，以字母或数字开头", "login"))
    elif Account.objects.filter(login=login).exists():
        faults.append(Fault(f"登录名“{login}”已被使用，请换一个", "login"))
    if not name.strip():
        faults.append(Fault("请填写姓名", "name"))
    elif len(name) > 40:
        faults.append(Fault(f"姓名最多40个字，现有{len(name)}个字", "name"))
    return faults


def make(login: str, name: str, *, actor: Actor, at: datetime) -> tuple[Account, str]:
    """Make an account and return it with the temporary password, which nothing keeps in the clear."""
    _by_security(actor)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.make_account", at=at):
        faults = login_faults(login, name)
        if faults:
            raise Refused.of(faults)
        account = Account(login=login, name=name.strip(), home_id=actor.jurisdiction_id, password_temporary=True)
        password = temporary_password()
        account.set_password(password)
        account.save(force_insert=True)
        _note(account, f"新建账号{account}")
    return account, password


def reset_password(account_id: int, *, actor: Actor, at: datetime) -> str:
    """Give an account a temporary password, end its sessions and its lock; returns the password, once."""
    password = temporary_password()
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.reset_password", at=at):
        account = _fetched(account_id, actor)
        account.set_password(password)
        account.password_temporary, account.failed_logins, account.locked_until = True, 0, None
        account.save(update_fields=["password", "password_temporary", "failed_logins", "locked_until"])
        _note(account, "重置口令")
    return password


def set_active(account_id: int, active: bool, *, actor: Actor, at: datetime) -> Account:
    """Disable an account, or let it be used again. Nobody disables the own account."""
    act = "access.enable_account" if active else "access.disable_account"
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=act, at=at):
        account = _fetched(account_id, actor)
        if account.id == actor.account_id:
            raise Refused("不能停用自己的账号；请由另一名安全管理员办理")
        if account.is_active == active:
            raise Refused("账号已经是这个状态" if active else "账号已经停用")
        account.is_active = active
        account.save(update_fields=["is_active"])
        _note(account, "启用账号" if active else "停用账号")
    return account


def unlock(account_id: int, *, actor: Actor, at: datetime) -> Account:
    """Let an account locked by wrong passwords try again at once."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.unlock_account", at=at):
        account = _fetched(account_id, actor)
        account.failed_logins, account.locked_until = 0, None
        account.save(update_fields=["failed_logins", "locked_until"])
        _note(account, "解除锁定")
    return account


def rename(account_id: int, name: str, *, actor: Actor, at: datetime) -> Account:
    """Change the name shown for an account; what was recorded under the former name keeps it."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.rename_account", at=at):
        account = _fetched(account_id, actor)
        if not name.strip() or len(name) > 40:
            raise Refused(Fault("请填写姓名，最多40个字", "name"))
        former, account.name = account.name, name.strip()
        account.save(update_fields=["name"])
        _note(account, f"姓名由{former}改为{account.name}")
    return account


def choose_language(account_id: int, language: str, *, jurisdiction_id: int, at: datetime) -> None:
    """Keep the language an account reads its screens in."""
    with session(jurisdictions=[jurisdiction_id], actor=account_id, act="access.choose_language", at=at):
        Account.objects.filter(pk=account_id).exclude(language=language).update(language=language)


def _by_security(actor: Actor) -> None:
    if not actor.holds([SECURITY_ADMIN], ""):
        raise NotYours("账号由安全管理员管理")


def give(account_id: int, role: str, unit_id: int, *, line: str = "", on: date, actor: Actor, at: datetime) -> Grant:
    """Give an account a role at a unit, in one line of business or all; raises :class:`Refused` with faults at fields."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.grant", at=at):
        account = _fetched(account_id, actor)
        unit = Unit.objects.filter(pk=unit_id, jurisdiction_id=actor.jurisdiction_id, valid_to=None).first()
        if role not in ROLES or unit is None:
            raise Refused(Fault("请选择角色和单位", "role" if role not in ROLES else "unit"))
        given = grant(account, ROLES[role], unit, on=on, line=line)
        _note(account, f"授予{ROLES[role].label}（{unit.name}）")
    return given


def take_back(grant_id: int, *, on: date, actor: Actor, at: datetime) -> Grant:
    """Withdraw a role; ``on`` is the last day it counts."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.withdraw", at=at):
        found = Grant.objects.select_related("account", "unit").filter(pk=grant_id, valid_to=None).first()
        if found is None:
            raise Unseen(f"Grant {grant_id}")
        account = _fetched(found.account_id, actor)
        if account.id == actor.account_id:
            raise Refused("不能收回自己的角色；请由另一名安全管理员办理")
        withdraw(found, on=on)
        _note(account, f"收回{ROLES[found.role].label}（{found.unit.name}）")
    return found


def set_deputy(deputy_id: int, *, first: date, last: date, reason: str, actor: Actor, at: datetime) -> Absence:
    """Let somebody act in the actor's place while the actor is away; raises :class:`Refused` with faults at fields."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="access.set_deputy", at=at):
        deputy = Account.objects.filter(pk=deputy_id, home_id=actor.jurisdiction_id, is_active=True).first()
        if deputy is None:
            raise Refused(Fault("没有这个人，请从列表中选择", "deputy"))
        if actor.account_id is None:
            raise Refused("只有本人才能为自己指定代理人")
        return stand_in(Account.objects.get(pk=actor.account_id), deputy, first=first, last=last, reason=reason)


def _note(account: Account, what: str) -> None:
    # An account lies outside row-level security, and so do its images: the bureau's own auditor reads the note.
    noted(Account, account.id, {"outcome": what}, jurisdiction_id=account.home_id)


def _fetched(account_id: int, actor: Actor) -> Account:
    """This account of the actor's jurisdiction, locked; for the security administrator only."""
    _by_security(actor)
    account = Account.objects.select_for_update().filter(pk=account_id, home_id=actor.jurisdiction_id).first()
    if account is None:
        raise Unseen(f"Account {account_id}")
    return account
