"""Saying a declared Chinese label in the language of the reader; the one way in which declarations are translated."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    parts = _LISTED.split(text)
    return ", ".join(sentence(part) for part in parts) if len(parts) > 1 else text


def paired(head: str, rest: str) -> str:
    """These two with a colon between them, as the reader's language writes it."""
    return f"{head}：{rest}" if in_chinese() else f"{head}: {rest}"


def listed(parts: Iterable[str]) -> str:
    """These parts one after the other, as the reader's language lists them."""
    return ("、" if in_chinese() else ", ").join(parts)


def aside(text: str, note: str) -> str:
    """This text with a note in brackets, as the reader's language writes them."""
    return f"{text}（{note}）" if in_chinese() else f"{text} ({note})"


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return not (get_language() or "").startswith("en")


# Names one after the other, with or without marks of quotation.
_LISTED = re.compile("”或“|、")


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    found = catalogue.read().patterns
    # The most particular first: the one with the most words of its own.
    ordered = sorted(found.items(), key=lambda pair: -len(pair[0].replace("{}", "")))
    return [(re.compile("(.+?)".join(map(re.escape, pattern.split("{}")))), english) for pattern, english in ordered]
