"""Django application of the line."""

from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.enforcement"
    label = "enforcement"
    verbose_name = "行政执法监督"
