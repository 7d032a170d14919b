"""The first page of a register and its exact total, against a bare query for the same cells.

From ten thousand to a million cases: a page starts from what the person sees, so its cost must not follow the number of
cases. The floor is one hand-written statement for the same fifty rows and columns, in the same session.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from bench._scratch import scratch

SIZES = ((10_000, "10k"), (100_000, "100k"), (1_000_000, "1m"))
PAGE_BUDGET, GROWTH_BUDGET = 3.0, 1.2
_FLOOR = """
    SELECT m.id, m.number, m.title, u.short_name, o.name, d.name, m.accepted_on, m.concluded_on, m.state, m.amount
    FROM matters_visibility v
    JOIN mediation_mediation m ON m.id = v.matter_id
    JOIN orgs_unit u ON u.id = m.unit_id
    JOIN mediation_organisation o ON o.id = m.organisation_id
    LEFT JOIN mediation_mediator d ON d.id = m.mediator_id
    WHERE v.unit_id = 11 AND v.record = 'mediation.mediation' AND v.phase <> 'void'
    ORDER BY v.opened_on DESC, v.matter_id DESC LIMIT 51
"""


def main() -> None:
    """Prints a line for each size, and how the page grew from the smallest to the largest."""
    with scratch():
        from bench import _mediation  # noqa: PLC0415 — needs Django set up

        _mediation.prepare()
        written, pages = 0, []
        for size, name in SIZES:
            _mediation.fill(written + 1, size)
            written = size
            _mediation.index()
            pages.append(_measure(name))
        growth = pages[-1] / pages[0]
        verdict = "ok" if growth <= GROWTH_BUDGET else "over"
        sys.stdout.write(
            f"listing.growth.10k-1m {pages[-1] * 1000:.1f}ms {pages[0] * 1000:.1f}ms {growth:.2f} {GROWTH_BUDGET} {verdict}\n"
        )


def _measure(size: str) -> float:
    from django.db import connection  # noqa: PLC0415 — needs Django set up

    from fazhi.kernel.ground.access.actors import Actor, Hat  # noqa: PLC0415 — as above
    from fazhi.kernel.records.register import Listing, register_of  # noqa: PLC0415 — as above

    actor = Actor(1, "测量", 1, (Hat("liaison", 11),))
    register = register_of("mediation.cases")

    def ours() -> Any:
        listing = Listing(register, actor)
        return listing.total(), listing.page()

    def floor() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(_FLOOR)
            return cursor.fetchall()

    taken, least = _best(ours), _best(floor)
    ratio = taken / least
    verdict = "ok" if ratio <= PAGE_BUDGET else "over"
    sys.stdout.write(
        f"listing.page.{size} {taken * 1000:.1f}ms {least * 1000:.1f}ms {ratio:.2f} {PAGE_BUDGET} {verdict}\n"
    )
    sys.stdout.flush()
    return taken


def _best(call: Callable[[], object]) -> float:
    from fazhi.kernel.ground.core.session import session  # noqa: PLC0415 — needs Django set up

    times = []
    for _ in range(20):
        with session(jurisdictions=[1]):
            begun = time.perf_counter()
            call()
            times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
