"""The first run: the code that proves who may set the system up, and units read from what was typed or sent."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from fazhi.kernel.ground.access.founding import UnitFacts, founded
from fazhi.kernel.ground.orgs.models import UnitKind
from fazhi.kernel.records.exchange import sheets

FILE = "first-run-code"
HEADINGS = ("代码", "名称", "简称", "类别", "上级")
_GROUPS, _LENGTH = 3, 4
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_PARTED = re.compile(r"\t|[,，;；|]")


def place() -> Path:
    """Where the code is kept, readable by the owner of the installation only."""
    return Path(settings.FAZHI_HOME) / FILE


def code() -> str:
    """The code that opens the first-run page, made at the first call; empty once there is a jurisdiction."""
    if founded():
        place().unlink(missing_ok=True)
        return ""
    try:
        descriptor = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place().read_text(encoding="ascii").strip()
    made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made)
    return made


def opens(given: str) -> bool:
    """Whether this is the code."""
    return secrets.compare_digest(given.strip().upper().encode(), code().encode() or b"-")


def close() -> None:
    """Throw the code away: it has done its work."""
    place().unlink(missing_ok=True)


def typed_units(text: str) -> list[UnitFacts]:
    """These units of lines: code, name, short name, kind, code of the unit above; parted by tabs, commas or semicolons."""
    return _units(_PARTED.split(line) for line in text.splitlines() if line.strip())


def sent_units(content: bytes) -> list[UnitFacts]:
    """These units of the first sheet of a spreadsheet, with or without a row of headings; raises ``Refused``."""
    rows = sheets.opened(content).sheets[0].rows()
    return _units([_text(cell) for cell in row.cells] for row in rows if not row.empty)


def _units(rows: Iterable[Sequence[str]]) -> list[UnitFacts]:
    found = []
    for place_, cells in enumerate(rows):
        code_, name, short, kind, parent = ([cell.strip() for cell in cells] + [""] * 5)[:5]
        if place_ == 0 and (code_, name) == HEADINGS[:2]:
            continue
        found.append(UnitFacts(code_, name, _kind(kind), short, parent))
    return found


def _kind(given: str) -> str:
    """The key of a kind given by its key, its label, or the part of the label before the bracket."""
    for key, label in UnitKind.choices:
        text = str(label)
        if given in (key, text, text.partition("（")[0]) or (
            given and given in text.strip("）").partition("（")[2].split("、")
        ):
            return str(key)
    return given


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)
