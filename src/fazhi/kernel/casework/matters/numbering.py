"""Numbers: a counter row per jurisdiction, series and year; imports take blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from string import Formatter

from django.db import connection

from fazhi.kernel.casework.matters.workflow import Series
from fazhi.kernel.ground.core.ids import next_id

_TAKE = """
    INSERT INTO matters_counter AS c (id, jurisdiction_id, series, year, last) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (jurisdiction_id, series, year) DO UPDATE SET last = c.last + excluded.last
    RETURNING last
"""


def take(*, jurisdiction_id: int, series: str, year: int, count: int = 1) -> range:
    """These next ``count`` serial numbers. The counter row stays locked until the transaction ends: call it late."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [next_id(), jurisdiction_id, series, year, count])
        last: int = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


def raise_to(*, jurisdiction_id: int, series: str, year: int, serial: int) -> None:
    """Never hand out ``serial`` or less again: ledgers that bring their own numbers call this."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO matters_counter AS c (id, jurisdiction_id, series, year, last) VALUES (%s, %s, %s, %s, %s)
            ON CONFLICT (jurisdiction_id, series, year) DO UPDATE SET last = GREATEST(c.last, excluded.last)
            """,
            [next_id(), jurisdiction_id, series, year, serial],
        )


def series_key(name: str, series: Series, unit_id: int) -> str:
    """This counter's key for a record kind, and for a unit where each unit counts apart."""
    return f"{name}:{unit_id}" if series.per_unit else name


def write_out(series: Series, *, area: str, unit: str, year: int, serials: Sequence[int]) -> list[str]:
    """These serial numbers as people write them, e.g. 明江复〔2026〕12号."""
    return [series.pattern.format(area=area, unit=unit, year=year, serial=serial) for serial in serials]


def read_back(series: Series, text: str, *, area: str, unit: str) -> tuple[int, int] | None:
    """Year and serial of a number somebody brings, if it is one that this series would hand out; else None."""
    match = _written(series.pattern, area, unit).match(text)
    return (int(match["year"]), int(match["serial"])) if match else None


@lru_cache(maxsize=256)
def _written(pattern: str, area: str, unit: str) -> re.Pattern[str]:
    fixed = {"area": area, "unit": unit}
    numbers = {"year": r"(?P<year>\d{4})", "serial": r"0*(?P<serial>\d{1,9})"}
    form = ""
    for literal, name, _, _ in Formatter().parse(pattern):
        form += re.escape(literal)
        if name is not None:
            # Read where it stands first; whatever is repeated need only look like it.
            form += re.escape(fixed[name]) if name in fixed else numbers.pop(name, r"\d+")
    return re.compile(f"^{form}$" if not numbers else r"(?!)")
