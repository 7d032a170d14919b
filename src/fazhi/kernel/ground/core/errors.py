"""What can go wrong, said in the user's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """This fault: what is wrong, and at which field (``""``: the record as a whole)."""

    reason: str
    field: str = ""


class Refused(Exception):
    """Raised when a write may not happen; nothing has been written. Carries one or more faults."""

    def __init__(self, *faults: Fault | str) -> None:
        self.faults: tuple[Fault, ...] = tuple(Fault(fault) if isinstance(fault, str) else fault for fault in faults)
        super().__init__("；".join(fault.reason for fault in self.faults))

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> Refused:
        """This refusal made of a series of faults."""
        return cls(*faults)


class NotYours(Refused):
    """Raised when the actor may see the record but may not do this to it."""


class Unseen(Exception):
    """Raised when a record does not exist, or does not exist for this actor: the two are never told apart."""


class Conflict(Refused):
    """Raised when the record changed since the actor read it.

    ``theirs`` maps each field changed meanwhile to its present value, so that both can be shown.
    """

    def __init__(self, reason: str, theirs: dict[str, object]) -> None:
        super().__init__(reason)
        self.theirs = theirs


class Misdeclared(Exception):
    """Raised at start when declarations contradict each other; the message names the place and the mend."""

    def __init__(self, place: str, what: str, mend: str) -> None:
        super().__init__(f"{place}: {what} → {mend}")
