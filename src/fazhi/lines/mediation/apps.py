"""Django application of the line."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    """Registers the tables of this line."""

    name = "fazhi.lines.mediation"
    label = "mediation"
    verbose_name = "人民调解、商事调解"
