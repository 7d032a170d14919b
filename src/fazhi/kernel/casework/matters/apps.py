"""Django application of matters."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.matters"
    label = "matters"
    verbose_name = "事项"
