"""Addresses: what stands behind the question mark, changed one part at a time."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict

Pairs = list[tuple[str, str]]


def query(**parameters: object) -> str:
    """These parameters behind a question mark, without empty ones; empty when none is left."""
    return joined([(name, str(value)) for name, value in parameters.items() if value not in ("", None)])


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    """These pairs behind a question mark; empty when there is none."""
    text = urlencode([(name, value) for name, value in pairs if value != ""])
    return f"?{text}" if text else ""


def pairs_of(parameters: QueryDict) -> Pairs:
    """These parameters of an address in their order, repeated ones too."""
    return [(name, value) for name, values in parameters.lists() for value in values if value != ""]


def without(pairs: Pairs, *names: str) -> Pairs:
    """These pairs without some names."""
    return [pair for pair in pairs if pair[0] not in names]


def changed(pairs: Pairs, **values: object) -> Pairs:
    """These pairs with some names given other values; an empty value takes a name away."""
    return without(pairs, *values) + [(name, str(value)) for name, value in values.items() if value not in ("", None)]


def hidden(pairs: Pairs, *names: str) -> list[dict[str, str]]:
    """These pairs as hidden fields of a form, without those the form asks itself."""
    return [{"name": name, "value": value} for name, value in without(pairs, *names)]
