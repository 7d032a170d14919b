"""Day arithmetic: from a rule and an event to the due day, with the reasoning that leads there."""

from fazhi.kernel.ground.calendar.arrangements import Arrangement, Holiday
from fazhi.kernel.ground.calendar.bureau import of
from fazhi.kernel.ground.calendar.counting import Method, Mode, NotComputable, Reason, Term, term
from fazhi.kernel.ground.calendar.due import Due, DueDay, Remaining, Step, StepKind, distance, remaining
from fazhi.kernel.ground.calendar.engine import compute, due_on
from fazhi.kernel.ground.calendar.intervals import Extension, Pause
from fazhi.kernel.ground.calendar.workdays import DayKind, NamedDay, WorkCalendar, standard

__all__ = [
    "Arrangement",
    "DayKind",
    "Due",
    "DueDay",
    "Extension",
    "Holiday",
    "Method",
    "Mode",
    "NamedDay",
    "NotComputable",
    "Pause",
    "Reason",
    "Remaining",
    "Step",
    "StepKind",
    "Term",
    "WorkCalendar",
    "compute",
    "distance",
    "due_on",
    "of",
    "remaining",
    "standard",
    "term",
]
