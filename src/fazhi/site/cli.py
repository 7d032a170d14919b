"""The command line `fazhi`: every verb is a Django management command of ours, run with the database up.

A part of the house adds a verb by a module in its own `management/commands`; nothing is listed here.
"""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line

from fazhi.site.postgres import PostgresUnusable
from fazhi.site.settings.environment import SettingRefused

# These neither read nor write records, so the server need not be started for them.
SUPERVISED = "FAZHI_SUPERVISED"
_WITHOUT_DATABASE = frozenset({"help", "version", "--help", "-h", "--version", "collectstatic", "configuration"})


def main() -> None:
    """Runs the command in `sys.argv`; ends the process with its result code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings.base")
    try:
        _run(["fazhi", *sys.argv[1:]])
    except (PostgresUnusable, SettingRefused) as refusal:
        sys.exit(f"fazhi: {refusal}")


def _run(argv: list[str]) -> None:
    verb = argv[1] if len(argv) > 1 else "help"
    if verb in _WITHOUT_DATABASE or settings.FAZHI_DATABASE_URL or SUPERVISED in os.environ:
        execute_from_command_line(argv)
        return
    with settings.CLUSTER.lease():
        execute_from_command_line(argv)
