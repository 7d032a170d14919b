"""Giving roles, and turning an account into an actor."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from fazhi.kernel.ground.access.actors import Actor, Hat
from fazhi.kernel.ground.access.models import Account, Grant
from fazhi.kernel.ground.access.roles import ADMINISTRATORS, Role
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.orgs.models import Unit

_ADMIN_KEYS = frozenset(role.key for role in ADMINISTRATORS)


def actor_of(account: Account, *, on: date) -> Actor:
    """This account as an actor with the hats it wears on ``on``; needs the account's jurisdiction in session."""
    rows = (
        Grant.objects.filter(account=account, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .order_by("id")
        .values_list("role", "unit_id", "line")
    )
    return Actor(account.id, account.name, account.home_id, tuple(Hat(*row) for row in rows))


def grant(account: Account, role: Role, unit: Unit, *, on: date, line: str = "") -> Grant:
    """Give ``role`` at ``unit`` from ``on``.

    Refuses a second administrator's role, and an administrator's role beside a business one: none of the three can do
    another's work, nor the bureau's.
    """
    held = set(Grant.objects.filter(account=account, valid_to=None).values_list("role", flat=True))
    if role.key in _ADMIN_KEYS and held - {role.key}:
        raise Refused(f"{account.name}已有其他角色；三员（系统、安全、审计管理员）须由专人担任，互不兼任，也不办理业务")
    if role.key not in _ADMIN_KEYS and held & _ADMIN_KEYS:
        raise Refused(f"{account.name}是管理员，不能同时办理业务")
    found, _ = Grant.objects.get_or_create(
        jurisdiction_id=account.home_id,
        account=account,
        role=role.key,
        unit=unit,
        line=line,
        valid_to=None,
        defaults={"valid_from": on},
    )
    return found


def withdraw(grant: Grant, *, on: date) -> None:
    """End a grant: ``on`` is the last day it counts."""
    if on < grant.valid_from:
        raise Refused("收回日期不能早于授予日期")
    grant.valid_to = on
    grant.save(update_fields=["valid_to"])
