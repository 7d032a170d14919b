"""What moves a due day: the intervals in which a period does not run, and its extensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Pause(NamedTuple):
    """These days, ``first`` and ``last`` included, that do not run; ``last`` is ``None`` while the pause lasts.

    Which day of a suspension is the first not to run is for the procedure to say, not for arithmetic.
    """

    first: date
    last: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """This lengthening: ``value`` days, working days, months or years, with the decision it rests on."""

    value: int
    unit: str
    basis: str = ""

    def __post_init__(self) -> None:
        if self.value < 1 or self.unit not in ("day", "working_day", "month", "year"):
            raise ValueError(f"an extension is a positive number of days, working days, months or years, not {self}")


class Span(NamedTuple):
    """A pause as ordinals; ``last`` of an open one is :data:`OPEN`."""

    first: int
    last: int


OPEN = date.max.toordinal()


def merged(pauses: Iterable[tuple[date, date | None] | Pause]) -> tuple[Span, ...]:
    """These pauses as disjoint spans in order; raises :class:`ValueError` for one that ends before it begins."""
    spans: list[Span] = []
    for span in sorted(_spans(pauses)):
        if spans and span.first <= spans[-1].last + 1:
            spans[-1] = Span(spans[-1].first, max(spans[-1].last, span.last))
        else:
            spans.append(span)
    return tuple(spans)


def _spans(pauses: Iterable[tuple[date, date | None] | Pause]) -> Iterator[Span]:
    for pause in pauses:
        first, last = pause[0], pause[1]
        if last is not None and last < first:
            raise ValueError(f"a pause cannot end ({last.isoformat()}) before it begins ({first.isoformat()})")
        yield Span(first.toordinal(), OPEN if last is None else last.toordinal())
