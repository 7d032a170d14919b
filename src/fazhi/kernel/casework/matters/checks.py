"""Checks: facts that must hold, asserted the same way by form, API and import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.core.fields import name_of


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a check may know besides the row: who acts, when, on which legal day, and lookups fetched for the batch."""

    actor: Actor
    at: datetime
    on: date
    lookups: Mapping[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the instant, in the time zone the instant carries."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Check:
    """This assertion about a row. ``holds`` returns why it fails, or None; ``fields`` are where the fault shows."""

    name: str
    holds: Callable[[Any, Circumstances], str | None]
    fields: tuple[str, ...]
    basis: str = ""

    def fault(self, row: Any, circumstances: Circumstances) -> Fault | None:
        """This check's fault on ``row``, or None."""
        reason = self.holds(row, circumstances)
        return Fault(reason, self.fields[0] if self.fields else "") if reason else None


def check(*fields: Any, basis: str = "") -> Callable[[Callable[[Any, Circumstances], str | None]], Check]:
    """Declare a check by decorating the function that returns why it fails.

    ``fields``: the fields it is about (``Mediation.agreed_on``), the first of which shows the message.
    ``basis``: law and article, where there is one.
    """

    def declare(holds: Callable[[Any, Circumstances], str | None]) -> Check:
        return Check(holds.__name__, holds, tuple(name_of(each) for each in fields), basis)

    return declare


@check()
def not_in_the_future(row: Any, circumstances: Circumstances) -> str | None:
    """This legal day lies in the past or is today."""
    if circumstances.on > circumstances.today:
        return f"日期{circumstances.on.isoformat()}晚于今天，事项只能在发生之后登记"
    return None
