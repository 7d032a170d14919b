"""Django application of the line."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """Registers the tables of this line."""

    name = "fazhi.lines.report"
    label = "report"
    verbose_name = "年度报告"
