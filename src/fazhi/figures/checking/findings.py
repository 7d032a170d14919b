"""What checking a text against itself has found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from fazhi.figures.model import Statement, Verdict, plain


class Check(StrEnum):
    """Which relation was checked."""

    SPLIT = "split"
    SHARES = "shares"
    RATE = "rate"
    CHANGE = "change"
    BALANCE = "balance"
    STAGES = "stages"
    TABLE = "table"
    REPEAT = "repeat"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Finding:
    """One relation between statements of a text, and whether it holds.

    `verdict` is agrees, contradicts, explained (it holds in a way worth telling: which denominator, rounding forced to
    100) or unbound (it cannot be decided; `reason` says what is missing). The first of `statements` is the one spoken
    of; `expected` is the value that would agree.
    """

    check: Check
    verdict: Verdict
    reason: str
    statements: tuple[Statement, ...]
    expected: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """The finding with surfaces and places of its statements, ready for `json.dumps`."""
        return {
            "check": self.check.value,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "expected": plain(self.expected),
            "statements": [{"surface": s.surface, "start": s.start} for s in self.statements],
        }
