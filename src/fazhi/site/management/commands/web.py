"""Runs the web server alone."""

from typing import Any

from django.core.management.base import BaseCommand

from fazhi.site.supervision import web
from fazhi.site.supervision.orphans import end_with_supervisor


class Command(BaseCommand):
    """Serves pages, on one machine of several or under `fazhi serve`."""

    help = "只启动网页服务 | Runs the web server alone"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until SIGTERM or Ctrl-C."""
        end_with_supervisor()
        web.run()
