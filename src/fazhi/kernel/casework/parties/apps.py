"""Django application of parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.parties"
    label = "parties"
    verbose_name = "当事人"
