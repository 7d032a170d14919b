"""Accounts and the roles they hold, and who may do what: the security administrator's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.ground.access import accounts as keeping
from fazhi.kernel.ground.access.models import Account, Grant
from fazhi.kernel.ground.access.roles import BUSINESS, ROLES
from fazhi.kernel.ground.core.errors import Refused, Unseen
from fazhi.kernel.line import LINES
from fazhi.web import frame, seats
from fazhi.web.fields import Form, choice_field, text_field
from fazhi.web.views.settings import sections
from fazhi.web.words import aside, listed, paired, said

_HERE = "/settings/accounts/"
_MOST = 500


@require_GET
def listing(request: Any) -> HttpResponse:
    """All accounts, with their roles."""
    sections.allowed(request, "accounts")
    seat = frame.seat_of(request)
    words = request.GET.get("q", "").strip()
    rows = Account.objects.filter(home_id=seat.home.id).order_by("login")
    if words:
        rows = rows.filter(name__contains=words) | rows.filter(login__contains=words)
    total = rows.count()
    found = list(rows[:_MOST])
    roles: dict[int, list[str]] = {}
    for grant in Grant.objects.filter(account__in=[each.id for each in found], valid_to=None).order_by("id"):
        roles.setdefault(grant.account_id, []).append(
            aside(said(ROLES[grant.role].label), seat.home.unit_name(grant.unit_id))
        )
    shown = [
        [
            sections.text(each.login, f"{_HERE}{each.id}/", "fz-num"),
            sections.text(each.name),
            sections.text(listed(roles.get(each.id, [])), css="w"),
            _state(each, request.at),
            sections.text(f"{localtime(each.last_login):%Y-%m-%d %H:%M}" if each.last_login else "", css="d"),
        ]
        for each in found
    ]
    context = {
        "total": sections.counted(total),
        "starts": [{"label": gettext("新建账号"), "href": f"{_HERE}new/"}],
        "filters": [{"name": "q", "label": gettext("姓名或登录名"), "value": words}],
        "table": {"columns": sections.columns("登录名", "姓名", "角色", "状态", "最近登录"), "rows": shown},
    }
    return sections.shown(request, "accounts", context)


@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Makes an account, and shows its temporary password once."""
    sections.allowed(request, "accounts")
    typed = request.POST
    form = Form(action=request.path, verb=gettext("新建账号"), cancel=_HERE)
    if request.method == "POST":
        try:
            account, password = keeping.make(
                typed.get("login", "").strip(), typed.get("name", ""), actor=request.actor, at=request.at
            )
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return _handed_over(request, account, password, gettext("账号已建立"))
    form.add(
        text_field(
            "login",
            gettext("登录名"),
            typed.get("login", ""),
            required=True,
            help=gettext("英文字母和数字，定了不再改"),
        ),
        text_field("name", gettext("姓名"), typed.get("name", ""), required=True),
    )
    return sections.shown(request, "accounts", {"form": form.shown()}, status=form.status)


@require_http_methods(["GET", "POST"])
def account(request: Any, account_id: int) -> HttpResponse:
    """An account: its roles, and the form that gives it another."""
    sections.allowed(request, "accounts")
    seat, found = frame.seat_of(request), _found(request, account_id)
    form = Form(action=request.path, verb=gettext("授予角色"), cancel=_HERE)
    typed = request.POST
    if request.method == "POST":
        unit = typed.get("unit", "")
        try:
            keeping.give(
                found.id,
                typed.get("role", ""),
                int(unit) if unit.isdigit() else 0,
                line=typed.get("line", "") if typed.get("line", "") in LINES else "",
                on=request.at.date(),
                actor=request.actor,
                at=request.at,
            )
        except Refused as refusal:
            form.refuse_all(refusal.faults)
        else:
            return _done(request, found, gettext("已授予，一分钟内生效。"))
    units = [(str(unit.id), unit.name) for unit in seat.home.units.values() if unit.open]
    roles = [(role.key, paired(said(role.label), said(role.purpose))) for role in ROLES.values()]
    lines = [(line.code, said(line.label)) for line in LINES.values()]
    form.add(
        choice_field("role", gettext("角色"), roles, typed.get("role", ""), required=True, wide=True),
        choice_field("unit", gettext("单位"), units, typed.get("unit", ""), required=True),
        choice_field("line", gettext("业务"), lines, typed.get("line", ""), help=gettext("不选的，各项业务都有效")),
    )
    context = {
        "lead": f"{found.name}（{found.login}）",
        "table": {
            "columns": sections.columns("角色", "单位", "业务", "自", "至", "收回"),
            "rows": _grants(found, seat),
        },
        "form": form.shown(),
        "acts": _acts(found, request.at),
    }
    return sections.shown(request, "accounts", context, status=form.status)


@require_POST
def change(request: Any, account_id: int, verb: str) -> HttpResponse:
    """Disables, enables, unlocks, or gives a new temporary password."""
    sections.allowed(request, "accounts")
    found = _found(request, account_id)
    match verb:
        case "reset":
            password = keeping.reset_password(found.id, actor=request.actor, at=request.at)
            return _handed_over(request, found, password, gettext("口令已重置"))
        case "disable" | "enable":
            keeping.set_active(found.id, verb == "enable", actor=request.actor, at=request.at)
        case "unlock":
            keeping.unlock(found.id, actor=request.actor, at=request.at)
        case _:
            raise Unseen(verb)
    return _done(request, found, gettext("已办理，一分钟内生效。"))


@require_POST
def take_back(request: Any, grant_id: int) -> HttpResponse:
    """Withdraws a role at once: yesterday was its last day."""
    sections.allowed(request, "accounts")
    grant = Grant.objects.select_related("account").filter(pk=grant_id).first()
    if grant is None:
        raise Unseen(f"Grant {grant_id}")
    keeping.take_back(grant.id, on=request.at.date() - timedelta(1), actor=request.actor, at=request.at)
    return _done(request, grant.account, gettext("已收回，一分钟内生效。"))


@require_GET
def matrix(request: Any) -> HttpResponse:
    """Who may enter, correct and do what, read off the declarations."""
    sections.allowed(request, "matrix")
    words = request.GET.get("q", "").strip()
    rows: list[list[dict[str, Any]]] = []
    for line in LINES.values():
        for register in line.registers:
            if register.scope is not None:
                continue
            keeping_ = register.keeping
            what = said(register.label, register.key)
            rights = [(said("查看"), keeping_.reads), (said(keeping_.enter_label), keeping_.enters)]
            rights += [(said("更正、作废"), keeping_.correctors()), (said("导出"), register.exports)]
            if issubclass(keeping_, Workflow):
                rights += [(said(act.label, keeping_.name()), act.by) for act in keeping_.acts.values()]
            for right, roles in rights:
                allowed = {role.key for role in roles}
                if words and words not in what and words not in right:
                    continue
                cells: list[dict[str, Any]] = [
                    {"yes": True} if role.key in allowed else sections.text("") for role in BUSINESS
                ]
                rows.append([sections.text(what), sections.text(right), *cells])
    context = {
        "total": sections.counted(len(rows)),
        "lead": gettext(
            "角色只在所在单位及其下级单位有效；调解员和法律服务人员只办理本人承办的事项。三名管理员不办理任何业务。"
        ),
        "filters": [{"name": "q", "label": gettext("台账或办理事项"), "value": words}],
        "table": {
            "columns": sections.columns("台账", "可以做", *(role.label for role in BUSINESS)),
            "rows": rows,
        },
    }
    return sections.shown(request, "matrix", context)


def _state(account: Account, at: Any) -> dict[str, Any]:
    if not account.is_active:
        return sections.tag("已停用", "void")
    if account.locked_until and account.locked_until > at:
        return sections.tag("已锁定", "late")
    return sections.tag("临时口令", "soon") if account.password_temporary else sections.tag("正常", "open")


def _grants(account: Account, seat: Any) -> list[list[dict[str, Any]]]:
    rows = []
    for grant in Grant.objects.filter(account=account).order_by("-valid_from", "-id"):
        line = LINES.get(grant.line)
        rows.append(
            [
                sections.text(said(ROLES[grant.role].label)),
                sections.text(seat.home.unit_name(grant.unit_id)),
                sections.text(said(line.label) if line else said("各项业务")),
                sections.text(grant.valid_from.isoformat(), css="d"),
                sections.text(grant.valid_to.isoformat() if grant.valid_to else "", css="d"),
                {"post": f"/settings/grants/{grant.id}/withdraw/", "text": gettext("收回")}
                if grant.valid_to is None
                else sections.text(""),
            ]
        )
    return rows


def _acts(account: Account, at: Any) -> list[dict[str, Any]]:
    base = f"{_HERE}{account.id}/"
    found: list[dict[str, Any]] = [{"href": f"{base}reset/", "label": gettext("重置口令")}]
    if account.locked_until and account.locked_until > at:
        found.append({"href": f"{base}unlock/", "label": gettext("解除锁定")})
    if account.is_active:
        found.append({"href": f"{base}disable/", "label": gettext("停用账号"), "destructive": True})
    else:
        found.append({"href": f"{base}enable/", "label": gettext("启用账号")})
    return found


def _found(request: Any, account_id: int) -> Account:
    found = Account.objects.filter(pk=account_id, home_id=frame.seat_of(request).home.id).first()
    if found is None:
        raise Unseen(f"Account {account_id}")
    return found


def _handed_over(request: Any, account: Account, password: str, title: str) -> HttpResponse:
    """The temporary password, in this answer alone."""
    context = {
        "lead": f"{account.name}（{account.login}）",
        "once": {
            "title": title,
            "text": gettext("临时口令只显示这一次，请抄给本人；本人首次登录须换成自己的口令。"),
            "secret": password,
            "href": f"{_HERE}{account.id}/",
            "label": gettext("去授予角色"),
        },
    }
    return sections.shown(request, "accounts", context)


def _done(request: Any, account: Account, told: str) -> HttpResponse:
    seats.forget()
    frame.tell(request, told)
    return HttpResponseRedirect(f"{_HERE}{account.id}/")
