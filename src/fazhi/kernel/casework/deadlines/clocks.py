"""Declaring clocks: a rule of law, and where in a case's life it runs.

::

    class Limits(Clocks):
        workflow = Mediating
        conclude = Clock("mediation.people.conclude", runs_in=[Mediating.mediating])
        confirm = Clock("mediation.confirm.apply", starts=Mediation.agreed_on, ends=Mediation.confirmation_applied_on)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from fazhi.kernel.casework.matters.workflow import Act, State, Workflow
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.fields import name_of
from fazhi.kernel.ground.core.models import Record


class Clock:
    """This clock: it runs in states (``runs_in``, paused in ``pauses_in``) or between two dates (``starts``, ``ends``).

    ``when`` restricts it to some cases; ``regime`` picks the ordinary or a simplified track; ``extra`` names the field
    that holds the days by which the case was extended; ``warn`` is how many days before the due day it is amber.
    ``expires`` is the act that the law lets happen when the period has run out (视为受理): done by the system, on the day
    after the due day (or ``expires_after`` days after it: 0 where the law says 届满之日起), and only under a rule that is
    verified or that the bureau has decided on. ``governed`` gives the day whose law governs a case when that is not the
    law of the day on which the clock starts: it is told the case and that day. A clock between dates may pause in states.
    """

    def __init__(
        self,
        rule: str,
        *,
        label: str = "",
        runs_in: Sequence[State] = (),
        pauses_in: Sequence[State] = (),
        starts: Any = None,
        ends: Any = None,
        when: Callable[[Any], bool] | None = None,
        regime: Callable[[Any], str | None] | None = None,
        extra: Any = None,
        warn: int = 3,
        expires: Act | None = None,
        expires_after: int = 1,
        governed: Callable[[Any, date], date] | None = None,
    ) -> None:
        self.rule, self.label, self.warn = rule, label, warn
        self.runs_in, self.pauses_in = tuple(runs_in), tuple(pauses_in)
        self.starts = name_of(starts) if starts is not None else ""
        self.ends = name_of(ends) if ends is not None else ""
        self.extra = name_of(extra) if extra is not None else ""
        self.when, self.regime, self.expires = when, regime, expires
        self.expires_after, self.governed = expires_after, governed
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name


CLOCKS: dict[type[Record], type[Clocks]] = {}


class Clocks:
    """These clocks of a workflow, collected and examined when the class is made."""

    workflow: ClassVar[type[Workflow]]
    clocks: ClassVar[dict[str, Clock]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.clocks = {key: each for key, each in vars(cls).items() if isinstance(each, Clock)}
        for clock in cls.clocks.values():
            by_state, by_date = bool(clock.runs_in), bool(clock.starts)
            if by_state == by_date:
                raise Misdeclared(
                    f"{cls.__qualname__}.{clock.key}", "既按状态又按日期起算，或都没有", "写 runs_in=… 或 starts=… 之一"
                )
        CLOCKS[cls.workflow.record] = cls


def clocks_of(record: type[Record]) -> dict[str, Clock]:
    """These clocks declared for a record kind; none is a legal answer."""
    found = CLOCKS.get(record)
    return found.clocks if found else {}


class Span:
    """This span in which a clock ran, worked out from steps: start, stop and pauses (days)."""

    __slots__ = ("pauses", "started_on", "stopped_on")

    def __init__(self, started_on: date) -> None:
        self.started_on = started_on
        self.stopped_on: date | None = None
        self.pauses: list[tuple[date, date | None]] = []

    def pause(self, on: date) -> None:
        """Stop counting on this day, unless it is stopped already."""
        if not self.pauses or self.pauses[-1][1] is not None:
            self.pauses.append((on, None))

    def resume(self, on: date) -> None:
        """Count again from this day, if it was paused."""
        if self.pauses and self.pauses[-1][1] is None:
            self.pauses[-1] = (self.pauses[-1][0], on)


def span_of(clock: Clock, case: Any, trail: Sequence[tuple[str, date]]) -> Span | None:
    """This clock's latest span on ``case``; ``trail`` is its states with the legal day each was entered, in order."""
    if clock.when is not None and not clock.when(case):
        return None
    return _between_dates(clock, case, trail) if clock.starts else _through_states(clock, trail)


def _between_dates(clock: Clock, case: Any, trail: Sequence[tuple[str, date]]) -> Span | None:
    started = getattr(case, clock.starts)
    if started is None:
        return None
    span = Span(started)
    span.stopped_on = getattr(case, clock.ends) if clock.ends else None
    pausing = {state.key for state in clock.pauses_in}
    for state, on in trail if pausing else ():
        if state in pausing:
            span.pause(max(on, started))
        else:
            span.resume(max(on, started))
    return span


def _through_states(clock: Clock, trail: Sequence[tuple[str, date]]) -> Span | None:
    running, pausing = {state.key for state in clock.runs_in}, {state.key for state in clock.pauses_in}
    found: Span | None = None
    for state, on in trail:
        if state in running:
            if found is None or found.stopped_on is not None:
                found = Span(on)
            else:
                found.resume(on)
        elif found is None or found.stopped_on is not None:
            continue
        elif state in pausing:
            found.pause(on)
        else:
            found.resume(on)
            found.stopped_on = on
    return found
