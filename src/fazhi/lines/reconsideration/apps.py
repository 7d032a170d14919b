"""Django application of the line."""

from django.apps import AppConfig


class ReconsiderationConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.reconsideration"
    label = "reconsideration"
    verbose_name = "行政复议"
