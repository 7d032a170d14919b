"""The list of the demonstration's logins, for whoever wants to look around."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from fazhi.demo.district import Login
from fazhi.demo.scenery import area

FILE = "demo-logins.txt"


def listed(logins: Sequence[Login], password: str) -> str:
    """The list as people read it: one password for all, then login, name and post of each."""
    lines = [
        f"{area()['area']['name']}：人物、单位、案件均为虚构。以下账号的口令都是：{password}",
        f"An invented district. The password of every account below: {password}",
        "",
        *(f"{_wide(each.login, 20)}{_wide(each.name, 10)}{each.post}" for each in logins),
    ]
    return "\n".join(lines) + "\n"


def write(logins: Sequence[Login], password: str) -> Path:
    """Write the list into the home of the installation, readable by its owner only; gives where it is."""
    place = Path(settings.FAZHI_HOME) / FILE
    draft = place.with_name(f".{FILE}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(listed(logins, password))
    draft.replace(place)
    return place


def _wide(text: str, columns: int) -> str:
    """This text filled up to so many columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return text + " " * max(1, columns - taken)
