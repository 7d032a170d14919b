"""Django application of the line."""

from django.apps import AppConfig


class LegalityConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.legality"
    label = "legality"
    verbose_name = "合法性审核"
