"""The calendar of a jurisdiction: the years that are shipped, and over them those its bureau loaded."""

from __future__ import annotations

import json
from threading import Lock

from django.db import connection

from fazhi.kernel.ground.calendar.arrangements import Arrangement, parse
from fazhi.kernel.ground.calendar.workdays import WorkCalendar, standard

# Not read through the model: this package is imported before Django's models are ready. The digest is the version: a
# process never uses an arrangement that has been changed by another, or that was rolled back.
_VERSION = """
    SELECT session.entered, year, md5(holidays::text)
    FROM (
        SELECT coalesce(%(home)s = ANY (nullif(current_setting('fazhi.jurisdictions', true), '')::bigint[]), false)
    ) AS session (entered)
    LEFT JOIN calendar_year ON jurisdiction_id = %(home)s AND withdrawn_on IS NULL
    ORDER BY year
"""
_CONTENT = """
    SELECT year, md5(holidays::text), holidays::text FROM calendar_year
    WHERE jurisdiction_id = %(home)s AND withdrawn_on IS NULL ORDER BY year
"""
_KEPT = 64

_Version = tuple[tuple[int, str], ...]
_lock = Lock()
_made: dict[_Version, WorkCalendar] = {}


def of(jurisdiction_id: int) -> WorkCalendar:
    """The calendar of a jurisdiction; one small statement to see its version, so ask once for many cases.

    Made once in a process for each content, and shared by jurisdictions that loaded the same. Raises
    :class:`LookupError` outside a session of the jurisdiction: its own years would silently be left out there.
    """
    asked = {"home": jurisdiction_id}
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, asked)
        rows = cursor.fetchall()
        if not rows[0][0]:
            raise LookupError(f"jurisdiction {jurisdiction_id} is not of this session")
        version = tuple((year, digest) for _, year, digest in rows if year is not None)
        if not version:
            return standard()
        known = _made.get(version)
        if known is not None:
            return known
        cursor.execute(_CONTENT, asked)
        content = cursor.fetchall()
    return _make(tuple((year, digest) for year, digest, _ in content), [(row[0], row[2]) for row in content])


def over(loaded: list[Arrangement]) -> WorkCalendar:
    """The shipped calendar with these years added or replaced."""
    calendar = standard()
    for each in loaded:
        calendar = calendar.with_year(each)
    return calendar


def _make(version: _Version, content: list[tuple[int, str]]) -> WorkCalendar:
    made = over(list(parse({"year": year, "holidays": json.loads(text)} for year, text in content)))
    with _lock:
        if len(_made) >= _KEPT:
            _made.clear()
        _made[version] = made
    return made
