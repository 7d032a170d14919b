"""Deriving runs: from the steps and dates of a case to its clocks with due days. Nothing is read but the trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from fazhi.kernel.casework.deadlines.clocks import Clock, Span, clocks_of, span_of
from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.models import Case, Step
from fazhi.kernel.casework.matters.workflow import Act, Workflow, keeping_of
from fazhi.kernel.ground import calendar, law
from fazhi.kernel.ground.calendar import Extension, NotComputable, Pause, WorkCalendar, bureau
from fazhi.kernel.ground.core.ids import take_ids
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.law import Effective

Trail = Sequence[tuple[str, date]]


def trail_of(case_id: int, workflow: type[Workflow], *, case: Case | None = None) -> list[tuple[str, date]]:
    """These states a case has been in, each with the legal day it was entered, in order.

    ``case``, when given, is the case as it will be written: a corrected day of registration, or of a finished ledger
    row any corrected day, is then the one that counts.
    """
    steps = Step.objects.filter(matter_id=case_id).exclude(to_state="").order_by("at", "id")
    return trail(steps.values_list("act", "to_state", "on"), workflow, case)


def trail(
    steps: Iterable[tuple[str, str, date]], workflow: type[Workflow], case: Case | None
) -> list[tuple[str, date]]:
    """These states of the steps of one case (act, state, day) that entered one, in order."""
    found: list[tuple[str, date]] = []
    for act, state, on in steps:
        if act == "history" and case is not None:
            found += trail_by_dates(case, workflow, workflow.path_to(workflow.states[state]))
        elif act == "open":
            found.append((state, on if case is None else case.opened_on))
        elif not found or found[-1][0] != state:
            found.append((state, on))
    return found


def trail_by_dates(case: Case, workflow: type[Workflow], path: Sequence[Act]) -> list[tuple[str, date]]:
    """This trail of a finished ledger row: the acts that led to its state, each on the day its date field holds."""
    day = case.opened_on
    trail = [(workflow.initial.key, day)]
    for act in path:
        stamped = getattr(case, act.stamps) if act.stamps else None
        day = max(day, stamped) if stamped else day
        if act.to is not None:
            trail.append((act.to.key, day))
    return trail


def derive(case: Case, trail: Trail) -> list[Run]:
    """These runs of the clocks of ``case``, unsaved."""
    return derive_many(type(case), [(case, trail)])[case.id]


def derive_many(record: type[Record], cases: Iterable[tuple[Case, Trail]]) -> dict[int, list[Run]]:
    """These runs of many cases of one kind, by case id; rules, terms and calendar are looked up once."""
    told = list(cases)
    runs: dict[int, list[Run]] = {case.id: [] for case, _ in told}
    spans = [
        (case, clock, span)
        for clock in clocks_of(record).values()
        for case, trail in told
        if (span := span_of(clock, case, trail)) is not None
    ]
    if not spans:
        return runs
    ground = Ground.of(told[0][0].jurisdiction_id)
    for case, clock, span in spans:
        run = _run(case, clock, span, ground)
        if run is not None:
            runs[case.id].append(run)
    ids = iter(take_ids(sum(map(len, runs.values()))))
    for made in runs.values():
        for run in made:
            run.id = next(ids)
    return runs


@dataclass(slots=True)
class Ground:
    """What due days of a jurisdiction rest on: its working days and its decisions about rules, read once for many cases."""

    calendar: WorkCalendar
    settings: Sequence[law.Setting]
    known: dict[tuple[str, date, str | None], Effective | None] = field(default_factory=dict)

    @classmethod
    def of(cls, jurisdiction_id: int) -> Ground:
        """This jurisdiction's; needs it in session."""
        return cls(bureau.of(jurisdiction_id), law.settings_of(jurisdiction_id))

    def rule(self, clock: Clock, case: Any, on: date) -> Effective | None:
        """This clock's rule as it applies to ``case`` from ``on``, or under the law that governs it; None where there is none."""
        regime = clock.regime(case) if clock.regime else None
        on = clock.governed(case, on) if clock.governed else on
        key = (clock.rule, on, regime)
        if key not in self.known:
            try:
                found = law.effective(clock.rule, on, self.settings, regime=regime)
            except law.NotInForce:
                self.known[key] = None
            else:
                self.known[key] = found if found.shown else None
        return self.known[key]


def nearest(runs: Iterable[Run]) -> date | None:
    """This nearest due day among running clocks; one whose rule is not verified warns elsewhere, never here."""
    days = [run.due_on for run in runs if run.standing == Standing.RUNNING and run.certain and run.due_on is not None]
    return min(days, default=None)


def pauses_of(span: Span) -> list[tuple[date, date | None]]:
    """These days of a span that did not run: from the day of suspension up to the day before it was resumed.

    A span suspended and resumed on one day lost none.
    """
    found: list[tuple[date, date | None]] = []
    for first, resumed in span.pauses:
        last = resumed - timedelta(1) if resumed is not None else None
        if last is None or last >= first:
            found.append((first, last))
    return found


def extensions_of(clock: Clock, case: Any, effective: Effective) -> list[Extension]:
    """This lengthening that was decided in ``case``, in the unit its rule counts in."""
    extra = getattr(case, clock.extra) if clock.extra else None
    unit = effective.rule.period.unit
    return [Extension(extra, unit.value, "延长")] if extra and unit is not None else []


def _run(case: Any, clock: Clock, span: Span, ground: Ground) -> Run | None:
    effective = ground.rule(clock, case, span.started_on)
    if effective is None:
        return None
    pauses = pauses_of(span)
    lengthened = extensions_of(clock, case, effective)
    try:
        due = calendar.due_on(
            effective.rule,
            span.started_on,
            ground.calendar,
            pauses=[Pause(first, last) for first, last in pauses],
            extensions=lengthened,
        )
    except NotComputable:
        return None
    return Run(
        jurisdiction_id=case.jurisdiction_id,
        matter_id=case.id,
        record=keeping_of(type(case)).name(),
        clock=clock.key,
        rule=effective.rule.id,
        started_on=span.started_on,
        stopped_on=span.stopped_on,
        pauses=[[first.isoformat(), last.isoformat() if last else None] for first, last in pauses],
        extra_days=lengthened[0].value if lengthened else 0,
        due_on=due.day,
        provisional=due.provisional,
        certain=effective.fires,
        standing=_standing(span, due.day, certain=effective.fires),
    )


def _standing(span: Span, due: date | None, *, certain: bool) -> Standing:
    if span.stopped_on is None:
        paused = bool(span.pauses) and span.pauses[-1][1] is None
        return Standing.PAUSED if paused else Standing.RUNNING
    if due is None or span.stopped_on <= due:
        return Standing.MET
    return Standing.LATE if certain else Standing.UNSURE
