"""Django application of the law: it keeps what a bureau decided about rules; the rules themselves are files."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Registers the table of decisions."""

    name = "fazhi.kernel.ground.law"
    label = "law"
    verbose_name = "期限规则"
