"""The first-run page: a bureau sets its system up, with the code that was printed when it was started."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fazhi.kernel.ground.access import founding
from fazhi.kernel.ground.access.roles import ADMINISTRATORS
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.register.written import read_date
from fazhi.web import first_run, frame, homes
from fazhi.web.fields import Form, heading, text_field
from fazhi.web.words import listed, said

_EXAMPLE = "area\t青山区人民政府\t青山区\t管理委员会\nbureau\t青山区司法局\t区司法局\t司法局\tarea\nlaw\t法治科\t法治科\t科室\tbureau"


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def found(request: Any) -> HttpResponse:
    """Sets the system up; once it is, there is no such page."""
    if founding.founded():
        raise Unseen("first run")
    first_run.code()
    form = Form(action=request.path, verb=gettext("设立，去登录"), multipart=True)
    if request.method == "POST" and _found(request, form):
        homes.forget()
        return HttpResponseRedirect("/enter/")
    _fill(form, request.POST, request.at.date().replace(month=1, day=1).isoformat())
    context = {"frame": frame.bare(request), "form": form.shown()}
    return render(request, "web/first_run.html", context, status=form.status)


def _found(request: Any, form: Form) -> bool:
    typed = request.POST
    if not first_run.opens(typed.get("code", "")):
        form.refuse("code", gettext("设置码不正确：请照抄启动时显示的设置码"))
        return False
    try:
        units = _units(request)
        since = read_date(typed.get("valid_from", "").strip())
        if since is None:
            raise Refused(Fault("请填写日期，例如2022-03-08", "valid_from"))
        founding.found(
            founding.Area(
                typed.get("area-code", "").strip(),
                typed.get("area-name", "").strip(),
                typed.get("area-short", "").strip(),
            ),
            units,
            [_administrator(typed, role) for role in ADMINISTRATORS],
            at=request.at,
            valid_from=since,
        )
    except Refused as refusal:
        form.refuse_all(_placed(fault) for fault in refusal.faults)
        return False
    first_run.close()
    return True


def _units(request: Any) -> list[founding.UnitFacts]:
    sent = request.FILES.get("file")
    return (
        first_run.sent_units(sent.read()) if sent is not None else first_run.typed_units(request.POST.get("units", ""))
    )


def _administrator(typed: Any, role: Any) -> founding.Administrator:
    def value(part: str) -> str:
        return str(typed.get(f"{role.key}-{part}", ""))

    return founding.Administrator(role, value("login").strip(), value("name").strip(), value("password"))


def _placed(fault: Fault) -> Fault:
    """This fault at the field of the form that it is about."""
    head, _, rest = fault.field.partition(".")
    match head:
        case "area":
            name = {"code": "area-code", "name": "area-name", "short_name": "area-short"}.get(rest, "")
        case "units":
            name = "units"
        case "administrators":
            role, _, part = rest.partition(".")
            name = f"{role}-{part}"
        case _:
            name = fault.field
    return Fault(fault.reason, name)


def _fill(form: Form, typed: Any, since: str) -> None:
    def value(name: str) -> str:
        return str(typed.get(name, ""))

    kinds = listed(said(str(label)) for label in UnitKind.labels)
    form.add(
        text_field(
            "code",
            gettext("设置码"),
            value("code"),
            required=True,
            autocomplete="off",
            help=gettext("启动系统的窗口里显示的一次性设置码，也在数据目录的 first-run-code 文件里"),
        ),
        heading(gettext("辖区")),
        text_field("area-name", gettext("辖区名称"), value("area-name"), required=True, help=gettext("如：青山区")),
        text_field(
            "area-short",
            gettext("辖区简称"),
            value("area-short"),
            required=True,
            help=gettext("用在编号里，如：青山复〔2026〕1号"),
        ),
        text_field("area-code", gettext("行政区划代码"), value("area-code"), required=True, inputmode="numeric"),
        text_field(
            "valid_from",
            gettext("单位自何日起"),
            value("valid_from") or since,
            kind="date",
            required=True,
            help=gettext("补录以前年度事项的，填最早的年份"),
        ),
        heading(gettext("单位")),
        text_field(
            "units",
            gettext("逐行填写：代码、名称、简称、类别、上级代码"),
            value("units") or _EXAMPLE,
            kind="textarea",
            rows=8,
            wide=True,
            help=gettext(
                "一行一个单位，各项用制表符或逗号隔开，可以从 Excel 复制粘贴。类别：%(kinds)s。须恰好有一个司法局。"
            )
            % {"kinds": kinds},
        ),
        text_field(
            "file",
            gettext("或者上传单位表格"),
            "",
            kind="file",
            wide=True,
            accept=".xlsx,.xls,.csv",
            help=gettext("列的次序同上，选了文件就不看上面的文字"),
        ),
    )
    for role in ADMINISTRATORS:
        form.add(
            heading(said(role.label)),
            text_field(
                f"{role.key}-name", gettext("姓名"), value(f"{role.key}-name"), required=True, help=said(role.purpose)
            ),
            text_field(
                f"{role.key}-login", gettext("登录名"), value(f"{role.key}-login"), required=True, autocomplete="off"
            ),
            text_field(
                f"{role.key}-password",
                gettext("口令"),
                "",
                kind="password",
                required=True,
                autocomplete="new-password",
                help=gettext("至少10个字符，不能全是数字"),
            ),
        )
