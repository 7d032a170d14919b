"""The invented district as its file describes it, and what its disputes are about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fazhi.demo.chance import Chance

_HERE = Path(__file__).parent


@cache
def area() -> Mapping[str, Any]:
    """The district: units, staff, mediation organisations."""
    return _read("area.yaml")


@cache
def stories() -> Mapping[str, Any]:
    """What disputes are about and how they end."""
    return _read("stories.yaml")


def streets() -> list[str]:
    """The codes of the streets, in order."""
    return [each["code"] for each in area()["units"] if each["kind"] == "street"]


def told(text: str, chance: Chance, place: str = "") -> str:
    """This sentence with its gaps filled."""
    amount = round(chance.skewed(0.9) * 9000 / 100) * 100 + 500
    return text.format(place=place, n=chance.number(2, 18), m=chance.number(2, 11), sum=amount)


def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((_HERE / name).read_text("utf-8"))
    return found
