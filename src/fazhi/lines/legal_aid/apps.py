"""Django application of the line."""

from django.apps import AppConfig


class LegalAidConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.legal_aid"
    label = "legal_aid"
    verbose_name = "法律援助"
