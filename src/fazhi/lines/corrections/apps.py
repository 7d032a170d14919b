"""Django application of the line."""

from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.corrections"
    label = "corrections"
    verbose_name = "社区矫正与安置帮教"
