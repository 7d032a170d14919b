"""A report as somebody has opened it."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.lines.report.models import Report
from fazhi.lines.report.register import Reports
from fazhi.lines.report.workflow import Writing
from fazhi.web import asked, frame
from fazhi.web.navigation import address_of
from fazhi.web.seats import Seat
from fazhi.web.views.records import audience_of
from fazhi.web.words import said


def opened(request: Any, record_id: int) -> tuple[Seat, Report, str]:
    """Who asks, the report, and its address; one that they may not see does not exist."""
    seat = frame.seat_of(request)
    register = asked.register_at(seat.actor, "report", Reports.slug())
    row: Report = asked.record_at(seat.actor, register, record_id)
    return seat, row, f"{address_of(Reports)}{row.pk}/"


def why_not(seat: Seat, report: Report, act: Act) -> str | None:
    """Why the person may not do an act on a report now, or None."""
    return procedure.may(seat.actor, Writing, act, report, audience_of(seat, report))


def crumbs(report: Report, href: str = "") -> list[dict[str, str]]:
    """The way to a report's page, and with ``href`` to the pages below it."""
    way = [{"label": said(Reports.label, Reports.key), "href": address_of(Reports)}]
    return [*way, {"label": report.number or report.heading, "href": href}] if href else way
