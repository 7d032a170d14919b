"""Django application of measures."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.records.measures"
    label = "measures"
    verbose_name = "指标"
