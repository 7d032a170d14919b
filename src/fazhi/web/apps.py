"""Django application of the staff screens."""

from django.apps import AppConfig

from fazhi.web import catalogue


class WebConfig(AppConfig):
    """Registers the tables of the screens, and compiles their English."""

    name = "fazhi.web"
    label = "web"
    verbose_name = "工作界面"

    def ready(self) -> None:
        """Compiles the catalogue before anything is said in English."""
        catalogue.install()
