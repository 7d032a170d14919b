"""Saying a declared Chinese label in the language of the reader; the one way in which declarations are translated."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext, pgettext

from fazhi.web import catalogue


def said(label: str, context: str = "") -> str:
    """This label in the reader's language; ``context`` (``act``, ``state``, a register's key) where it has two meanings."""
    if not label or in_chinese():
        return label
    if context:
        found = pgettext(context, label)
        if found != label:
            return found
    return gettext(label)


def sentence(text: str) -> str:
    """This sentence, which may hold names and numbers, in the reader's language; as it is where nobody translated it."""
    if not text or in_chinese():
        return text
    whole = gettext(text)
    if whole != text:
        return whole
    for pattern, english in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            return english.format(*[sentence(group) for group in match.groups()])
    return text


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return not (get_language() or "").startswith("en")


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    found = catalogue.read().patterns
    # The most particular first: the one with the most words of its own.
    ordered = sorted(found.items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return [(re.compile("(.+?)".join(map(re.escape, pattern.split("{}")))), english) for pattern, english in ordered]
