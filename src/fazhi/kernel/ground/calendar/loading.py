"""Loading the arrangement of a year: before a new release brings it, or in place of what was shipped."""

from __future__ import annotations

from datetime import date

from fazhi.kernel.ground.calendar import bureau
from fazhi.kernel.ground.calendar.arrangements import Arrangement, plain
from fazhi.kernel.ground.calendar.models import SOURCE_LENGTH, Year
from fazhi.kernel.ground.calendar.workdays import WorkCalendar
from fazhi.kernel.ground.core.errors import Fault, Refused


def load(jurisdiction_id: int, arrangement: Arrangement, *, source: str, by: int, on: date) -> WorkCalendar:
    """Keep the arrangement of a year, over one loaded before; gives the calendar as it now is.

    ``source`` is the notice with its number, ``by`` an account. Runs in a session of the jurisdiction. Raises
    :class:`~fazhi.kernel.ground.core.errors.Refused`; open clocks are the caller's to recompute.
    """
    faults = []
    if not source.strip():
        faults.append(Fault("请写明依据（通知名称和文号）", "source"))
    elif len(source.strip()) > SOURCE_LENGTH:
        faults.append(Fault(f"依据最多{SOURCE_LENGTH}个字", "source"))
    if not any(holiday.rest for holiday in arrangement.holidays):
        faults.append(Fault("没有填写放假日期", "holidays"))
    if faults:
        raise Refused.of(faults)
    Year.objects.update_or_create(
        jurisdiction_id=jurisdiction_id,
        year=arrangement.year,
        defaults={
            "holidays": plain(arrangement),
            "source": source.strip(),
            "decided_by": by,
            "decided_on": on,
            "withdrawn_on": None,
        },
    )
    return bureau.of(jurisdiction_id)


def withdraw(jurisdiction_id: int, year: int, *, by: int, on: date) -> WorkCalendar:
    """Let a year be as it is shipped again, or not announced; raises ``Refused`` where none was loaded."""
    changed = Year.objects.filter(jurisdiction_id=jurisdiction_id, year=year, withdrawn_on=None).update(
        withdrawn_on=on, decided_by=by
    )
    if not changed:
        raise Refused(f"{year}年的放假安排不是本机关录入的，不能撤回")
    return bureau.of(jurisdiction_id)
