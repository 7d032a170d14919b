"""Django application of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.ground.access"
    label = "access"
    verbose_name = "人员与权限"
