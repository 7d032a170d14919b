"""Due days, in microseconds each: ours by the index of working days, the floor a loop over days that knows its rest days.

The loop is what everybody writes first (`day += timedelta(1)` until enough days were worked, or until the last does not
rest). It knows no pauses, no extensions and no year that is not announced yet.
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import Term, due_on, standard, term

ON = date(2025, 6, 1)
STARTS = [date(2024, 1, 1) + timedelta(step) for step in range(700)]
ROUNDS = 20
# Of the time of the loop. Where it goes five steps it is hard to beat; where it goes twenty it has lost.
BUDGETS = {
    "reconsideration.accept": 3.0,
    "licence.decide": 1.0,
    "reconsideration.decide": 4.0,
    "litigation.sue.direct": 3.0,
}
ONE = timedelta(1)


def main() -> None:
    """Prints one line a rule: `name ours floor ratio budget ok|over`."""
    calendar = standard()
    resting = {
        day for day in (STARTS[0] + timedelta(step) for step in range(1000)) if not calendar.works(day.toordinal())
    }
    for rule_id, budget in BUDGETS.items():
        made = term(law.rule(rule_id, on=ON))
        unit = law.rule(rule_id, on=ON).period.unit
        assert unit is not None
        loop = partial(LOOPS[unit], made.value, resting)
        if any(due_on(made, start, calendar).day != loop(start) for start in STARTS):
            sys.exit(f"{rule_id}: the loop and the engine disagree")
        line(f"calendar.{rule_id}", partial(ours, made), loop, budget=budget)


def ours(made: Term, start: date) -> object:
    """The due day by the engine, as a list asks for it."""
    return due_on(made, start, standard())


def line(name: str, act: Callable[[date], object], floor: Callable[[date], object], *, budget: float) -> None:
    """Prints one measurement: both in turns, the quickest round of each."""
    own = bare = float("inf")
    for _ in range(ROUNDS):
        own, bare = min(own, taken(act)), min(bare, taken(floor))
    ratio = own / bare
    verdict = "ok" if ratio <= budget else "over"
    sys.stdout.write(f"{name} {own:.2f}us {bare:.2f}us {ratio:.2f} {budget:.2f} {verdict}\n")
    sys.stdout.flush()


def taken(act: Callable[[date], object]) -> float:
    """The microseconds of one call, on the average of one round."""
    begun = time.perf_counter()
    for start in STARTS:
        act(start)
    return (time.perf_counter() - begun) / len(STARTS) * 1e6


def working(number: int, resting: set[date], start: date) -> date:
    """Counts days that do not rest."""
    day = start
    while number:
        day += ONE
        number -= day not in resting
    return day


def natural(number: int, resting: set[date], start: date) -> date:
    """Adds days, then leaves rest days."""
    return rolled(start + timedelta(number), resting)


def months(number: int, resting: set[date], start: date) -> date:
    """Tries the same day of the month, then the days before it."""
    year, month = divmod(start.year * 12 + start.month - 1 + number, 12)
    for number_of_day in range(start.day, 0, -1):
        with suppress(ValueError):
            return rolled(date(year, month + 1, number_of_day), resting)
    raise AssertionError("every month has a first day")


def rolled(day: date, resting: set[date]) -> date:
    """The first day from this one on that does not rest."""
    while day in resting:
        day += ONE
    return day


LOOPS = {"working_day": working, "day": natural, "month": months}


if __name__ == "__main__":
    main()
