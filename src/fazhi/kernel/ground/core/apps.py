"""Django application of the core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the core tables."""

    name = "fazhi.kernel.ground.core"
    label = "core"
    verbose_name = "基础"
