"""Django application of the demonstration."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Brings the command that loads the demonstration district."""

    name = "fazhi.demo"
    label = "demo"
    verbose_name = "示范数据"
