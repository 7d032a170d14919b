"""Django application of the line."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Registers this line."""

    name = "fazhi.lines.assessment"
    label = "assessment"
    verbose_name = "法治政府建设考核"
