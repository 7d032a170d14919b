"""Django application of the line."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.governance"
    label = "governance"
    verbose_name = "依法治区统筹"
