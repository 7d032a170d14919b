"""The figures of a year from a table of mediation cases, against the same figures in one statement written by hand.

Both run as the program's role, under row-level security, best of five. `year` is what a page or a report asks for,
`two_years` the same beside the year before, `months` the twelve months, `units` the eight streets.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bench._scratch import scratch

SIZES = ((100_000, "100k"), (1_000_000, "1m"))
BUDGET = 1.3
YEAR = "BETWEEN DATE '2021-01-01' AND DATE '2021-12-31'"
FIRST = "DATE '2021-01-01'"
END, END_BEFORE = "DATE '2021-12-31'", "DATE '2020-12-31'"
BEFORE = "BETWEEN DATE '2020-01-01' AND DATE '2020-12-31'"
LIVING = "jurisdiction_id = 1 AND void_reason = ''"
WON = "outcome = 'succeeded'"


def _columns(year: str, last: str) -> str:
    return f"""
        count(*) FILTER (WHERE accepted_on {year}),
        count(*) FILTER (WHERE concluded_on {year} AND {WON}),
        count(*) FILTER (WHERE concluded_on {year} AND outcome = 'failed'),
        count(*) FILTER (WHERE concluded_on {year} AND outcome IN ('succeeded', 'failed')),
        sum(amount) FILTER (WHERE concluded_on {year} AND {WON}),
        count(*) FILTER (WHERE concluded_on {year} AND {WON} AND agreement_form = 'written'),
        count(*) FILTER (WHERE concluded_on {year} AND {WON} AND agreement_form = 'oral'),
        count(*) FILTER (WHERE performed_on {year} AND performance = 'performed'),
        count(*) FILTER (WHERE confirmed_on {year}),
        count(*) FILTER (WHERE accepted_on <= {last} AND (concluded_on IS NULL OR concluded_on > {last}))"""


_TABLE = "FROM mediation_mediation"
_YEARLY = f"SELECT {_columns(YEAR, END)} {_TABLE} WHERE {LIVING}"
_BOTH = f"""SELECT {_columns(YEAR, END)}, {_columns(BEFORE, END_BEFORE)}
    {_TABLE} WHERE {LIVING}"""
_UNITS = f"SELECT unit_id, {_columns(YEAR, END)} {_TABLE} WHERE {LIVING} GROUP BY 1"
_BY = "date_trunc('month', {}::timestamp)"
_MONTHS = (
    f"SELECT {_BY.format('accepted_on')}, count(*) {_TABLE} WHERE {LIVING} AND accepted_on {YEAR} GROUP BY 1",
    f"""SELECT {_BY.format("concluded_on")}, count(*) FILTER (WHERE {WON}), count(*) FILTER (WHERE outcome = 'failed'),
        count(*) FILTER (WHERE outcome IN ('succeeded', 'failed')), sum(amount) FILTER (WHERE {WON}),
        count(*) FILTER (WHERE {WON} AND agreement_form = 'written'),
        count(*) FILTER (WHERE {WON} AND agreement_form = 'oral'), count(*)
        {_TABLE} WHERE {LIVING} AND concluded_on {YEAR} GROUP BY 1""",
    f"""SELECT {_BY.format("performed_on")}, count(*) {_TABLE}
        WHERE {LIVING} AND performed_on {YEAR} AND performance = 'performed' GROUP BY 1""",
    f"SELECT {_BY.format('confirmed_on')}, count(*) {_TABLE} WHERE {LIVING} AND confirmed_on {YEAR} GROUP BY 1",
    # Open at the end of each month: what was open before, and what has come and gone since, which the others give.
    f"SELECT count(*) {_TABLE} WHERE {LIVING} AND accepted_on < {FIRST} AND (concluded_on IS NULL OR concluded_on >= {FIRST})",
)


def main() -> None:
    """Prints one line for each question and size."""
    with scratch():
        from bench import _mediation  # noqa: PLC0415 — needs Django set up

        _mediation.prepare()
        written = 0
        for size, name in SIZES:
            _mediation.fill(written + 1, size)
            written = size
            _measure(name)


def _measure(size: str) -> None:
    from fazhi.kernel.records.measures import computing  # noqa: PLC0415 — needs Django set up
    from fazhi.kernel.records.measures.declaring import MEASURES  # noqa: PLC0415 — as above
    from fazhi.kernel.records.measures.figures import Scope  # noqa: PLC0415 — as above
    from fazhi.kernel.records.measures.periods import Period  # noqa: PLC0415 — as above
    from fazhi.lines.mediation.models import Mediation  # noqa: PLC0415 — as above

    wanted = [each for each in MEASURES.values() if getattr(each, "record", None) is Mediation]
    year, scope = Period.year(2021), Scope(1)
    questions: list[tuple[str, Callable[[], object], Sequence[str]]] = [
        ("year", lambda: computing.totals(wanted, year, scope), [_YEARLY]),
        ("two_years", lambda: computing.over(wanted, [year, year.before()], scope), [_BOTH]),
        ("months", lambda: computing.by_month(wanted, year, scope), _MONTHS),
        ("units", lambda: computing.by_unit(wanted, year, scope), [_UNITS]),
    ]
    for name, ours, floor in questions:
        taken, least = _best(ours), _best(partial(_run, floor))
        ratio = taken / least
        verdict = "ok" if ratio <= BUDGET else "over"
        sys.stdout.write(
            f"measures.{name}.{size} {taken * 1000:.1f}ms {least * 1000:.1f}ms {ratio:.2f} {BUDGET} {verdict}\n"
        )
        sys.stdout.flush()


def _run(statements: Sequence[str]) -> list[Any]:
    from django.db import connection  # noqa: PLC0415 — needs Django set up

    found: list[Any] = []
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            found += cursor.fetchall()
    return found


def _best(call: Callable[[], object]) -> float:
    from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — needs Django set up

    times = []
    for _ in range(5):
        with session(jurisdictions=[1]):
            begun = time.perf_counter()
            call()
            times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
