"""Writes or checks `docs/configuration.md`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.site.settings.environment import CHECKOUT, DECLARED
from fazhi.site.settings.reference import reference


class Command(BaseCommand):
    """Writes the reference of all settings, or says that the one there is out of date."""

    help = "生成配置项说明 docs/configuration.md | Writes the reference of all settings"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes whether to compare only."""
        parser.add_argument("--check", action="store_true", help="只比对，不写 compare only, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes the page; with `--check` raises `CommandError` when it differs."""
        page = CHECKOUT / "docs" / "configuration.md"
        wanted = reference(DECLARED.values())
        if not options["check"]:
            page.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"{page}")
        elif not page.is_file() or page.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"{page} 与设置不符，请运行 | differs from the settings, run: ./fazhi configuration")
