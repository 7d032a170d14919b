"""Django application of the line."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.publicity"
    label = "publicity"
    verbose_name = "普法"
