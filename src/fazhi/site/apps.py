"""Django applications of the site."""

from importlib import import_module

from django.apps import AppConfig

from fazhi.site.lines import LINES


class SiteConfig(AppConfig):
    """Brings the commands that start, migrate, back up and restore."""

    name = "fazhi.site"
    label = "site"
    verbose_name = "站点"
    default = True

    def ready(self) -> None:
        """Reads the manifest of every line; what contradicts itself is refused here."""
        for line in LINES:
            import_module(f"{line}.line")


class LoginConfig(AppConfig):
    """Takes sessions and password hashing from `django.contrib.auth` and leaves its permissions out.

    Its own configuration writes a row for each model and verb after every migration, which nothing here reads, and its
    checks make an account, which takes a number from the database before there is one.
    """

    name = "django.contrib.auth"
    label = "auth"
    verbose_name = "登录"
    default_auto_field = "django.db.models.AutoField"
