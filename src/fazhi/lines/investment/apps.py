"""Django application of the line."""

from django.apps import AppConfig


class InvestmentConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.investment"
    label = "investment"
    verbose_name = "招商法律风险防控"
