"""Pages for what went wrong: what happened, and what to do now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused
from fazhi.web.frame import bare
from fazhi.web.words import sentence

_BACK = gettext_noop("返回上一页")


def problem(
    request: HttpRequest, code: int, title: str, text: str, *, back: bool = True, named: bool = True
) -> HttpResponse:
    """This page of a problem; with ``named`` False nothing is asked of the database for it."""
    came_from = request.headers.get("Referer", "") if back else ""
    here = request.build_absolute_uri("/") if back else ""
    link = {"href": came_from, "label": gettext(_BACK)} if came_from.startswith(here) and came_from else None
    return render(
        request,
        "web/problem.html",
        {"frame": bare(request, named=named), "code": code, "title": title, "text": text, "back": link},
        status=code,
    )


def unseen(request: HttpRequest) -> HttpResponse:
    """Nothing here, or nothing for this person: the two are never told apart."""
    return problem(
        request,
        404,
        gettext("没有这个页面"),
        gettext("地址可能写错了，或者记录不在您的职责范围内。请从工作台或搜索进入；确需查看的，请与承办单位联系。"),
    )


def not_yours(request: HttpRequest, error: NotYours) -> HttpResponse:
    """Seen, but not theirs to do."""
    return problem(request, 403, gettext("这件事不由您办理"), _reasons(error))


def conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    """Somebody else was faster."""
    return problem(request, 409, gettext("记录已被他人修改"), _reasons(error))


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Refused where no form could show it."""
    return problem(request, 422, gettext("没有办成，未作任何更改"), _reasons(error))


def database_down(request: HttpRequest) -> HttpResponse:
    """The database does not answer; nothing may be asked of it to say so."""
    return problem(
        request,
        503,
        gettext("数据库没有应答"),
        gettext("系统正在自动恢复，请过一分钟再试；刚才填写的内容没有保存。"),
        named=False,
    )


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page a form was sent from is too old, or is none of ours."""
    del reason
    return problem(
        request,
        403,
        gettext("页面已过期"),
        gettext("这个表单打开太久，或者浏览器没有保存本站的 Cookie。请返回上一页刷新后重新提交；未作任何更改。"),
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """An address or a form that cannot be read."""
    del exception
    return problem(request, 400, gettext("看不懂这个请求"), gettext("地址或提交的内容不完整。请返回上一页重试。"))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such address."""
    del exception
    return unseen(request)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Not allowed, for a reason that is not ours to name."""
    del exception
    return problem(request, 403, gettext("不能访问"), gettext("您没有访问这一页的权限。"))


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of the program."""
    return problem(
        request,
        500,
        gettext("系统出错了"),
        gettext("未作任何更改。错误已记入日志，请稍后再试；仍不行的，请把时间和所办事项告诉系统管理员。"),
        named=False,
    )


def _reasons(error: Refused) -> str:
    return "；".join(sentence(fault.reason) for fault in error.faults)
