"""Giving roles, and turning an account into an actor."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from fazhi.kernel.ground.access.actors import Actor, Hat
from fazhi.kernel.ground.access.models import Absence, Account, Grant
from fazhi.kernel.ground.access.roles import ADMINISTRATORS, Role
from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.orgs.models import Unit

_ADMIN_KEYS = frozenset(role.key for role in ADMINISTRATORS)


def actor_of(account: Account, *, on: date) -> Actor:
    """This account as an actor with the hats it wears on ``on``; needs the account's jurisdiction in session.

    Business hats of somebody away whose deputy the account is come last, and say on whose behalf they are worn.
    """
    away = Absence.objects.filter(deputy=account, first__lte=on, last__gte=on).values("principal_id")
    rows = (
        Grant.objects.filter(Q(account=account) | Q(account__in=away) & ~Q(role__in=_ADMIN_KEYS))
        .filter(valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .order_by("id")
        .values_list("role", "unit_id", "line", "account_id", "unit__audience")
    )
    hats = [
        Hat(role, unit, line, None if own == account.id else own, tuple(audience))
        for role, unit, line, own, audience in rows
    ]
    return Actor(account.id, account.name, account.home_id, tuple(sorted(hats, key=lambda hat: hat.behalf is not None)))


def stand_in(principal: Account, deputy: Account, *, first: date, last: date, reason: str) -> Absence:
    """Let ``deputy`` act for ``principal`` from ``first`` to ``last``; raises :class:`Refused`."""
    if principal.home_id != deputy.home_id or principal.pk == deputy.pk:
        raise Refused(Fault("代理人须是本辖区的其他人", "deputy"))
    if last < first:
        raise Refused(Fault("结束日期不能早于开始日期", "last"))
    if not reason.strip():
        raise Refused(Fault("请写明离岗事由", "reason"))
    if Grant.objects.filter(account__in=[principal, deputy], role__in=_ADMIN_KEYS, valid_to=None).exists():
        raise Refused(Fault("三员不能互相代理，也不代理业务", "deputy"))
    if Absence.objects.filter(principal=principal, first__lte=last, last__gte=first).exists():
        raise Refused(Fault(f"{principal.name}在这段时间已有代理人", "first"))
    return Absence.objects.create(
        jurisdiction_id=principal.home_id, principal=principal, deputy=deputy, first=first, last=last, reason=reason
    )


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
    """End a grant: ``on`` is the last day it counts; one ended with the day before it began never counted."""
    if on < grant.valid_from - timedelta(1):
        raise Refused("收回日期不能早于授予日期")
    grant.valid_to = on
    grant.save(update_fields=["valid_to"])
