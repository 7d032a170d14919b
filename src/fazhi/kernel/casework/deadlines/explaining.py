"""How a due day was computed: the run's intervals put through the same arithmetic, this time with its reasoning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.ground import calendar, law
from fazhi.kernel.ground.calendar import Due, Extension, Pause, Remaining, bureau
from fazhi.kernel.ground.law import Effective


@dataclass(frozen=True, slots=True)
class Explained:
    """This run's rule as it applies in the bureau, and its due day with every step; ``remaining`` counts from today."""

    effective: Effective
    due: Due
    remaining: Remaining


def explain(run: Run, *, today: date, event: str = "") -> Explained:
    """The reasoning behind a run; ``event`` says in words what happened on its first day. Needs its jurisdiction."""
    settings = law.settings_of(run.jurisdiction_id)
    entry = law.shipped().entry(run.rule)
    # The version that applied may not be that of the first day: a case can be governed by an earlier law.
    in_force = min(max(run.started_on, entry.effective_from), entry.effective_to or date.max)
    effective = law.effective(entry.rule, in_force, settings, regime=entry.regime)
    days = bureau.of(run.jurisdiction_id)
    unit = effective.rule.period.unit
    due = calendar.compute(
        effective.rule,
        run.started_on,
        days,
        pauses=[
            Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in run.pauses
        ],
        extensions=[Extension(run.extra_days, unit.value, "延长")] if run.extra_days and unit is not None else [],
        event=event,
    )
    return Explained(effective, due, calendar.remaining(due, run.stopped_on or today, days))
