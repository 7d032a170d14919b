"""Django application of the audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the audit tables."""

    name = "fazhi.kernel.ground.audit"
    label = "audit"
    verbose_name = "审计"
