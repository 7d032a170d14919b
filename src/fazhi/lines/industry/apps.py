"""Django application of the line."""

from django.apps import AppConfig


class IndustryConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.industry"
    label = "industry"
    verbose_name = "法律服务行业管理"
