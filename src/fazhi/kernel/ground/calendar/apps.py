"""Django application of the calendar: it keeps the years a bureau loaded itself."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Registers the table of loaded years."""

    name = "fazhi.kernel.ground.calendar"
    label = "calendar"
    verbose_name = "工作日历"
