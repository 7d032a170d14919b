"""Django application of papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.papers"
    label = "papers"
    verbose_name = "文书"
