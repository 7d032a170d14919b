"""Brings a site to where it can be served: tables, collected files, and something to look at."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections

from fazhi.kernel.ground.core.models import Jurisdiction

# Written by the demonstration for whoever wants to sign in.
LOGINS = "demo-logins.txt"
# Says that a bureau keeps its own records here, so that no later start puts a demonstration among them.
OWN = "own-records"


def prepare(*, empty: bool, say: Callable[[str], None]) -> None:
    """Migrates, collects files, and unless the bureau's own records are kept here loads the demonstration district.

    Each step does nothing when there is nothing to do, so that a second start is quick.
    """
    say("准备数据库 preparing the database …")
    call_command("migrate", verbosity=0, interactive=False)
    _collect_files(say)
    if empty:
        _home(OWN).touch(mode=0o600)
    elif not _home(OWN).exists():
        _demonstrate(say)
    # What runs from here on only watches, and must not keep connections through hours of doing so.
    connections.close_all()


def logins() -> str:
    """Returns the names and passwords the demonstration made, empty when it made none."""
    path = _home(LOGINS)
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _collect_files(say: Callable[[str], None]) -> None:
    stamp = _home("static.collected")
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted and Path(settings.STATIC_ROOT).is_dir():
        return
    say("整理网页文件 collecting what browsers load …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """Returns what changes when any file to be collected does: names, sizes and times of all, hashed."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda pair: pair[0]):
            status = Path(storage.path(name)).stat()
            found.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _demonstrate(say: Callable[[str], None]) -> None:
    if Jurisdiction.objects.exists():
        return
    if "demo" not in get_commands():
        say("没有示范区数据，从空白开始 no demonstration district in this version: starting empty")
        return
    say("生成示范区数据，首次约需一两分钟 making the demonstration district, a minute or two the first time …")
    begun = time.monotonic()
    call_command("demo")
    say(f"示范区数据已生成 the demonstration district is there ({time.monotonic() - begun:.0f} s)")


def _home(name: str) -> Path:
    return Path(settings.FAZHI_HOME) / name
