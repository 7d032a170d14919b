"""The command line `fazhi`: every verb is a Django management command of ours, run with the database up.

A part of the house adds a verb by a module in its own `management/commands`; nothing is listed here. Its `help` says
what it does in Chinese and in English, with ` | ` between.
"""

import os
import signal
import sys
import tomllib
from types import FrameType

import django
from django.conf import settings
from django.core.management import execute_from_command_line, get_commands, load_command_class

from fazhi.site.postgres import PostgresUnusable
from fazhi.site.settings.environment import CHECKOUT, SettingRefused
from fazhi.site.supervision import orphans

_ASKS_FOR_VERSION = frozenset({"version", "--version"})
_ASKS_FOR_HELP = frozenset({"help", "--help", "-h"})
# These neither read nor write records, so the server need not be started for them.
_WITHOUT_DATABASE = frozenset({"bundle", "collectstatic", "configuration"})


def main() -> None:
    """Runs the command in `sys.argv`; ends the process with its result code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings.base")
    signal.signal(signal.SIGTERM, _end)
    try:
        _run(["fazhi", *(sys.argv[1:] or ["help"])])
    except (PostgresUnusable, SettingRefused) as refusal:
        sys.exit(f"fazhi: {refusal}")
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)


def verbs() -> dict[str, str]:
    """Returns our own verbs in alphabetical order, each with its help; Django must be set up."""
    ours = {verb: package for verb, package in get_commands().items() if str(package).startswith("fazhi.")}
    return {verb: load_command_class(str(ours[verb]), verb).help for verb in sorted(ours)}


def version() -> str:
    """Returns the version of this program."""
    described = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])


def _run(argv: list[str]) -> None:
    if argv[1] in _ASKS_FOR_VERSION:
        sys.stdout.write(f"{version()}\n")
    elif argv[1] in _ASKS_FOR_HELP and len(argv) == 2:
        django.setup()
        sys.stdout.write(_overview())
    elif {argv[1], *argv[2:]} & _ASKS_FOR_HELP or argv[1] in _WITHOUT_DATABASE or settings.FAZHI_DATABASE_URL:
        execute_from_command_line(argv)
    else:
        # The supervisor starts the database again when it is down, and is then there to take notice of its end.
        with settings.CLUSTER.lease(start=not orphans.supervised()):
            execute_from_command_line(argv)


def _overview() -> str:
    lines = ["用法 usage: fazhi 命令 verb …    fazhi help 命令 verb", ""]
    # Setup comes before everything else, this program included; the script beside the checkout runs it.
    known = {"setup": "安装所需软件包 | Installs what is missing, by the lock files", **verbs()}
    width = max(map(len, known), default=0)
    for verb, said in known.items():
        chinese, _, english = said.partition(" | ")
        lines.append(f"  {verb:<{width}}  {chinese}")
        if english:
            lines.append(f"  {'':<{width}}  {english}")
    lines += ["", "  check, makemigrations, shell, …  Django 自带命令 Django's own: fazhi help --commands", ""]
    return "\n".join(lines)


def _end(number: int, _frame: FrameType | None) -> None:
    """Ends as on any error, so that a database this command has started is stopped again."""
    sys.exit(128 + number)
