"""A record as somebody has opened it: what every part of its page is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.records.register import Register
from fazhi.web.seats import Seat


@dataclass(frozen=True, slots=True)
class Opened:
    """This record, its register and address, who opened it, and its clocks."""

    request: Any
    seat: Seat
    register: type[Register]
    row: Any
    href: str
    runs: list[Run]

    @property
    def case(self) -> bool:
        """Whether the record has a procedure."""
        return isinstance(self.row, Case)
