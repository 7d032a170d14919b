"""The few marks every page shares: icons, figures, due days, states."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

HOW = {"counted": ("Σ", "由记录计数得出"), "reported": ("报", "由单位填报并经审核"), "missing": ("缺", "尚未填报")}
"""The sign and the words of where a figure comes from."""


_icons: dict[str, SafeString] = {}
"""Icons made once: a page shows dozens, and files change their address only with a new start."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """This icon of the sprite, hidden from screen readers: the words beside it say the same."""
    known = _icons.get(name)
    if known is None:
        known = _icons[name] = format_html(
            '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("web/icons.svg"), name
        )
    return known


@register.simple_tag
def figure(shown: dict[str, Any], unit: bool = True) -> SafeString:
    """This figure as figures look everywhere: digits, unit, dotted underline, where it comes from.

    ``shown`` has ``text``, ``unit``, ``href`` (empty: no list behind it), ``title`` (definition and period) and
    ``how`` (a key of :data:`HOW`, or empty).
    """
    tail = format_html('<span class="fz-fig-unit">{}</span>', shown["unit"]) if unit and shown.get("unit") else ""
    how = HOW.get(shown.get("how", ""))
    if how:
        words = gettext(how[1])
        tail = format_html(
            '{}<span class="fz-fig-how" title="{}" aria-hidden="true">{}</span><span class="fz-only-sr">（{}）</span>',
            tail,
            words,
            how[0],
            words,
        )
    if not shown.get("href"):
        return format_html('<span class="fz-fig" title="{}">{}</span>{}', shown.get("title", ""), shown["text"], tail)
    return format_html(
        '<a class="fz-fig" href="{}" title="{}">{}</a>{}', shown["href"], shown.get("title", ""), shown["text"], tail
    )


@register.simple_tag
def due(shown: dict[str, Any] | None) -> SafeString | str:
    """This due day in words; ``shown`` has ``text``, ``day``, ``level`` (``late``, ``soon`` or empty) and ``title``."""
    if not shown:
        return ""
    return format_html(
        '<span class="fz-due{}" title="{}">{}</span>',
        f" is-{shown['level']}" if shown.get("level") else "",
        shown.get("title", ""),
        shown["text"],
    )


@register.simple_tag
def state(shown: dict[str, str]) -> SafeString:
    """This state of a matter; ``shown`` has ``label`` and ``phase`` (open, waiting, decided, closed, void)."""
    return format_html('<span class="fz-tag is-{}">{}</span>', shown["phase"], shown["label"])
