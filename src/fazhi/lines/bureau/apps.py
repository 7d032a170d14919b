"""Django application of the line."""

from django.apps import AppConfig


class BureauConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.bureau"
    label = "bureau"
    verbose_name = "队伍建设"
