"""Django application of orgs."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.ground.orgs"
    label = "orgs"
    verbose_name = "机构"
