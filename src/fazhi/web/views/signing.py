"""In and out: the door, the way out, the own password, the language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.kernel.ground.access import accounts, founding, signing
from fazhi.kernel.ground.core.errors import Refused
from fazhi.web import frame, seats
from fazhi.web.fields import Form, text_field
from fazhi.web.words import sentence

_BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def enter(request: Any) -> HttpResponse:
    """The door: signs in, and goes on to where the person was headed."""
    back = _safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.seat is not None and request.method == "GET":
        return HttpResponseRedirect(back)
    if not founding.founded():
        return HttpResponseRedirect("/first-run/")
    login, error = request.POST.get("login", "").strip(), ""
    if request.method == "POST":
        try:
            account = signing.sign_in(
                login,
                request.POST.get("password", ""),
                at=request.at,
                lockout=signing.Lockout(settings.FAZHI_LOCK_AFTER, timedelta(minutes=settings.FAZHI_LOCK_MINUTES)),
                place=request.META.get("REMOTE_ADDR", ""),
            )
        except Refused as refusal:
            error = sentence(str(refusal))
        else:
            auth.login(request, account, backend=_BACKEND)
            request.session["signed_in_at"] = request.at.isoformat()
            request.session["seen"] = request.at.timestamp()
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            if chosen in dict(settings.LANGUAGES):
                accounts.choose_language(account.id, chosen, jurisdiction_id=account.home_id, at=request.at)
            return HttpResponseRedirect(back)
    fields = [
        text_field("login", gettext("登录名"), login, required=True, autocomplete="username"),
        text_field("password", gettext("口令"), "", kind="password", required=True, autocomplete="current-password"),
    ]
    context = {"frame": frame.bare(request), "error": error, "fields": fields, "next": back}
    return _render(request, "web/signin.html", context, status=422 if error else 200)


@login_not_required
@require_POST
def leave(request: Any) -> HttpResponse:
    """The way out."""
    if request.seat is not None:
        signing.sign_out(request.seat.account_id, request.seat.home.id, at=request.at)
        seats.forget(request)
    auth.logout(request)
    return HttpResponseRedirect("/enter/")


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: Any) -> HttpResponse:
    """The own password, changed by whoever knows the old one."""
    seat = frame.seat_of(request)
    form = Form(action=request.path, verb=gettext("修改口令"), cancel="/")
    if request.method == "POST":
        new = request.POST.get("new", "")
        # Read while the old password still proves the session; it is proved by the new one from here on.
        request.user = auth.get_user(request)
        try:
            if new != request.POST.get("again", ""):
                form.refuse("again", gettext("两次输入的新口令不一样"))
            else:
                account = signing.change_password(seat.account_id, request.POST.get("old", ""), new, at=request.at)
                auth.update_session_auth_hash(request, account)
                seats.forget(request)
                frame.tell(request, gettext("口令已修改。其他地方登录的，请用新口令重新登录。"))
                return HttpResponseRedirect("/")
        except Refused as refusal:
            form.refuse_all(refusal.faults)
    form.add(text_field("old", gettext("原口令"), "", kind="password", required=True, autocomplete="current-password"))
    form.add(
        text_field(
            "new",
            gettext("新口令"),
            "",
            kind="password",
            required=True,
            autocomplete="new-password",
            help="".join(str(each) for each in password_validators_help_texts()),
        )
    )
    form.add(
        text_field("again", gettext("再输一次新口令"), "", kind="password", required=True, autocomplete="new-password")
    )
    lead = gettext("您用的是临时口令或已到期的口令，请先换一个只有您知道的。") if seat.must_change else ""
    return frame.page(
        request,
        "web/form.html",
        {"title": gettext("修改口令"), "lead": lead, "form": form.shown()},
        status=form.status,
    )


@login_not_required
@require_POST
def language(request: Any) -> HttpResponse:
    """The language of the screens, kept in the browser and with the account."""
    chosen = request.POST.get("language", "")
    response = HttpResponseRedirect(_safe(request, request.POST.get("next", "/")))
    if chosen in dict(settings.LANGUAGES):
        if request.seat is not None:
            seat = request.seat
            accounts.choose_language(seat.account_id, chosen, jurisdiction_id=seat.home.id, at=request.at)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            httponly=True,
            secure=settings.FAZHI_HTTPS,
        )
    return response


def _safe(request: HttpRequest, address: str) -> str:
    """This address if it stays on this site, else the workbench."""
    stays = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address if stays else "/"


def _render(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = get_language() or ""
    return response
