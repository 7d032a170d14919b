"""Django application of procedure."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.procedure"
    label = "procedure"
    verbose_name = "办理"
