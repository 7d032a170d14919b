"""Makes an offline installation bundle."""

import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fazhi.site.provision import bundle
from fazhi.site.provision.indexes import for_uv
from fazhi.site.provision.installer import uv
from fazhi.site.provision.refusal import CannotInstall
from fazhi.site.settings.environment import CHECKOUT


class Command(BaseCommand):
    """Gathers every package an installation fetches, for machines of this kind that have no network."""

    help = "制作离线安装包，供 ./fazhi setup --bundle 使用 | Makes an offline bundle for ./fazhi setup --bundle"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="离线安装包 the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the bundle; raises `CommandError` and leaves no file when it cannot."""
        target = options["file"].absolute()
        try:
            environment = for_uv(os.environ)
            bundle.make(CHECKOUT, Path(sys.executable), uv(CHECKOUT, environment), target, environment)
        except (CannotInstall, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{target}  {target.stat().st_size / 1e6:.0f} MB")
