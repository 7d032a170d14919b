"""Django application of the line."""

from django.apps import AppConfig


class LitigationConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.litigation"
    label = "litigation"
    verbose_name = "行政应诉"
