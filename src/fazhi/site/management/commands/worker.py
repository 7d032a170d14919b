"""Runs the worker alone."""

from typing import Any

from django.core.management.base import BaseCommand

from fazhi.site.supervision import worker
from fazhi.site.supervision.orphans import end_with_supervisor


class Command(BaseCommand):
    """Runs background jobs and seals the audit, on one machine of several or under `fazhi serve`."""

    help = "只启动后台任务与审计封存 | Runs background jobs and the audit's sealer alone"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs until SIGTERM or Ctrl-C."""
        end_with_supervisor()
        worker.run()
