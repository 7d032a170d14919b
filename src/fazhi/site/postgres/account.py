"""Chooses the account a server runs under, since PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi.site.postgres.errors import PostgresUnusable

NAME = "fazhi"
_LAST_RESORT = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """Holds the account of a server; `switch` tells whether programs must be started under it by root."""

    uid: int
    gid: int
    switch: bool

    def run(self, command: Sequence[str], script: Path | None = None) -> "subprocess.CompletedProcess[str]":
        """Runs a program under the account, fed with a file if given, and returns what it said, result unchecked."""
        with (script or Path(os.devnull)).open("rb") as fed:
            return subprocess.run(
                command,
                stdin=fed,
                capture_output=True,
                text=True,
                env=ENVIRONMENT,
                cwd="/",
                check=False,
                user=self.uid if self.switch else None,
                group=self.gid if self.switch else None,
                extra_groups=[] if self.switch else None,
            )

    def start(self, command: Sequence[str], log: int) -> "subprocess.Popen[bytes]":
        """Starts a program under the account in a session of its own, so that Ctrl-C in our terminal passes it by."""
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
        )

    def own(self, path: Path) -> None:
        """Gives a file or folder to the account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)


# PG* variables of the caller would redirect the programs, and the locale decides how they read Chinese.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}


def own_account() -> Account:
    """Returns the account of this process."""
    return Account(os.getuid(), os.getgid(), switch=False)


def account_of(path: Path) -> Account:
    """Returns the owner of existing data; only root can act for somebody else.

    Raises `PostgresUnusable` when the data belong to another account than ours.
    """
    status = path.stat()
    if status.st_uid == os.getuid() and status.st_uid != 0:
        return own_account()
    if os.getuid() != 0:
        raise PostgresUnusable(
            f"the data in {path} belong to the account {_name(status.st_uid)}: run as that account or as root"
        )
    if status.st_uid == 0:
        raise PostgresUnusable(f"the data in {path} belong to root, under which PostgreSQL refuses to run")
    return Account(status.st_uid, status.st_gid, switch=True)


def system_account() -> Account:
    """Returns the unprivileged account root runs the server under, making the account `fazhi` if it can be made."""
    for name in (NAME, _LAST_RESORT):
        if name == NAME and _find(name) is None:
            _make(name)
        found = _find(name)
        if found is not None:
            return Account(found.pw_uid, found.pw_gid, switch=True)
    raise PostgresUnusable(
        f"run as root, the server needs an unprivileged account: neither {NAME} nor {_LAST_RESORT} exists here"
    )


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _make(name: str) -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is not None:
        # Another starter may be making it at this moment, so the result code tells nothing that _find does not.
        subprocess.run(
            [
                useradd,
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                name,
            ],
            capture_output=True,
            check=False,
        )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
