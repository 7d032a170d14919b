"""The navigation: workbench, lines by chapter of the annual report, and what stands beside them; only what one may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import AUDIT_ADMIN, SECURITY_ADMIN, SYSTEM_ADMIN
from fazhi.kernel.line import CHAPTERS, LINES, Line
from fazhi.kernel.records.register import Register
from fazhi.web.words import said

# Pages of other parts, shown once those have given them an address under this name.
_TOOLS = (
    ("指标", ("figures",)),
    ("公开", ("portal:home", "portal:index", "portal")),
)


def readable(actor: Actor, line: Line) -> tuple[type[Register], ...]:
    """These registers of a line that ``actor`` may read."""
    if not actor.system and not actor.reach(line.code):
        return ()
    return tuple(each for each in line.registers if actor.holds(each.keeping.reads, line.code))


def address_of(register: type[Register]) -> str:
    """This register's address."""
    return f"/{register.keeping.line}/{register.slug()}/"


def html(actor: Actor, path: str, *, inbox: int = 0) -> SafeString:
    """The navigation as HTML, made once for everybody who wears the same hats and looks at the same place."""
    place = "/".join(path.split("/")[:3])
    key = (actor.hats, place, get_language(), inbox)
    known = _made.get(key)
    if known is None:
        if len(_made) >= _MOST:
            _made.clear()
        known = _made[key] = render_to_string("web/parts/nav.html", {"groups": groups(actor, path, inbox=inbox)})
    return known


_MOST = 2000
_made: dict[tuple[Any, ...], SafeString] = {}


def groups(actor: Actor, path: str, *, inbox: int = 0) -> list[dict[str, Any]]:
    """The groups of the navigation as the frame shows them, with the page at ``path`` marked."""
    found = [
        {"label": "", "items": [_item("工作台", "/", path == "/"), _item("待办", "/inbox/", path == "/inbox/", inbox)]}
    ]
    administrator = actor.holds([SYSTEM_ADMIN, SECURITY_ADMIN, AUDIT_ADMIN], "")
    if administrator:
        found = []
    for chapter in CHAPTERS:
        items = [
            _line(actor, line, path) for line in LINES.values() if line.chapter == chapter and readable(actor, line)
        ]
        if items:
            found.append({"label": said(chapter.label), "items": items})
    if not administrator and len(actor.hats):
        # What is made of all lines: figures, the report, what is published.
        apart = (line for line in LINES.values() if line.chapter not in CHAPTERS)
        whole = [_line(actor, line, path) for line in apart if readable(actor, line)]
        tools = [_item(label, href, path.startswith(href), context="nav") for label, href in _tools()]
        if tools or whole:
            found.append({"label": said("汇总"), "items": [*tools[:1], *whole, *tools[1:]]})
    if administrator:
        found.append({"label": "", "items": [_item("管理", "/settings/", path.startswith("/settings/"))]})
    return found


def _line(actor: Actor, line: Line, path: str) -> dict[str, Any]:
    href = f"/{line.code}/"
    inside = path.startswith(href)
    item = _item(line.label, href, path == href)
    if inside:
        item["parts"] = [
            _item(register.label, address_of(register), path.startswith(address_of(register)), context=register.key)
            for register in readable(actor, line)
        ]
    return item


def _item(label: str, href: str, current: bool, count: int = 0, context: str = "") -> dict[str, Any]:
    return {"label": said(label, context), "href": href, "current": current, "count": count or ""}


def _tools() -> Iterable[tuple[str, str]]:
    for label, names in _TOOLS:
        for name in names:
            try:
                yield label, reverse(name)
                break
            except NoReverseMatch:
                continue
