"""The sections of the settings, by administrator, and the page they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN, Role
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.web import frame
from fazhi.web.words import said

_SECTIONS: tuple[tuple[str, str, Role], ...] = (
    ("units", "单位", SYSTEM_ADMIN),
    ("years", "放假安排", SYSTEM_ADMIN),
    ("rules", "期限规则", SYSTEM_ADMIN),
    ("accounts", "账号", SECURITY_ADMIN),
    ("matrix", "权限一览", SECURITY_ADMIN),
    ("audit", "审计记录", AUDIT_ADMIN),
    ("chain", "审计链", AUDIT_ADMIN),
)


@require_GET
def home(request: Any) -> HttpResponse:
    """The first section that is the person's."""
    mine = _mine(frame.seat_of(request).actor)
    if not mine:
        raise Unseen("settings")
    return HttpResponseRedirect(f"/settings/{mine[0][0]}/")


def allowed(request: Any, section: str) -> None:
    """Raise :class:`Unseen` unless the section is the person's."""
    if section not in {key for key, _ in _mine(frame.seat_of(request).actor)}:
        raise Unseen(section)


def shown(request: Any, section: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of a section."""
    sections = [
        {"label": label, "href": f"/settings/{key}/", "current": key == section}
        for key, label in _mine(frame.seat_of(request).actor)
    ]
    title = dict(_mine(frame.seat_of(request).actor))[section]
    return frame.page(request, "web/settings.html", {"title": title, "sections": sections, **context}, status=status)


def tag(label: str, phase: str) -> dict[str, Any]:
    """A cell that holds a tag."""
    return {"tag": {"label": said(label), "phase": phase}}


def text(value: Any, href: str = "", css: str = "") -> dict[str, Any]:
    """A cell that holds text."""
    return {"text": str(value) if value not in (None, "") else "—", "href": href, "class": css}


def columns(*labels: str) -> list[dict[str, str]]:
    """These headings; one that ends with ``#`` is of numbers."""
    return [{"label": said(label.rstrip("#")), "class": "n" if label.endswith("#") else ""} for label in labels]


def counted(number: int) -> str:
    """How many there are, for the title."""
    return gettext("%(n)s 条") % {"n": f"{number:,}"}


def _mine(actor: Actor) -> list[tuple[str, str]]:
    return [(key, said(label)) for key, label, role in _SECTIONS if actor.holds([role], "")]
