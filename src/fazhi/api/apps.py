"""Django application of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the table of tokens."""

    name = "fazhi.api"
    label = "api"
    verbose_name = "接口"
