"""Django application of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.records.exchange"
    label = "exchange"
    verbose_name = "导入导出"
