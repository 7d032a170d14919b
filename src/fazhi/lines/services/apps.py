"""Django application of the line."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.services"
    label = "services"
    verbose_name = "公共法律服务"
