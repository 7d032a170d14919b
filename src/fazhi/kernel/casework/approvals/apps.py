"""Django application of approvals."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Registers the tables of this part."""

    name = "fazhi.kernel.casework.approvals"
    label = "approvals"
    verbose_name = "审批"
