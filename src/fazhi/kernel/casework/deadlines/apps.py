"""Django application of deadlines."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.deadlines"
    label = "deadlines"
    verbose_name = "期限"
