"""Makes a new server: data folder, roles, passwords and the empty database.

Three roles, so that what runs all day can do least: `fazhi_admin` (superuser, used by nothing but repair),
`fazhi_owner` (owns the tables, runs migrations, backup and restore), `fazhi_app` (owns nothing, never passes by
row-level security; web, worker and tests connect as it).
"""

import secrets
from pathlib import Path

from fazhi.site import keys
from fazhi.site.postgres.account import Account
from fazhi.site.postgres.binaries import Binaries
from fazhi.site.postgres.errors import PostgresUnusable

ADMIN = "fazhi_admin"
OWNER = "fazhi_owner"
APP = "fazhi_app"
DATABASE = "fazhi"
_ROLES = (ADMIN, OWNER, APP)


def initialise(binaries: Binaries, account: Account, data: Path, passfile: Path, *, durable: bool) -> None:
    """Makes the data folder `data` with roles and database, complete or not at all usable.

    Unless it is to be `durable` nothing is awaited to be on disk, which saves seconds where disks are busy. Passwords come from `passfile`, which is written on first use, so that a birth begun anew keeps those already
    known. Raises `PostgresUnusable` with what the programs said.
    """
    passwords = _passwords(passfile)
    admin_password = data.parent / f".admin-{secrets.token_hex(4)}"
    keys.write_once(admin_password, passwords[ADMIN] + "\n")
    try:
        account.own(admin_password)
        made = account.run(
            [
                binaries.program("initdb"),
                "-D", str(data),
                "-U", ADMIN,
                "--pwfile", str(admin_password),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                # With LANG=C the word characters of Chinese are unknown to the server; stack and tests rely on them.
                "--locale=C.UTF-8",
                "--data-checksums",
                *([] if durable else ["--no-sync"]),
            ]
        )  # fmt: skip
    finally:
        admin_password.unlink()
    if made.returncode != 0:
        raise PostgresUnusable(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")
    single = [binaries.program("postgres"), "--single", *([] if durable else ["-F"]), "-D", str(data), "postgres"]
    _single_user(single, account, data, _statements(passwords))


def _statements(passwords: dict[str, str]) -> str:
    """Returns one statement a line, as the single-user server reads them. Passwords hold no quote (URL-safe text)."""
    lines = [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '{passwords[OWNER]}'",
        f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{passwords[APP]}'",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER} TEMPLATE template0",
        f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APP}",
    ]
    return "".join(f"{line};\n" for line in lines)


def _single_user(command: list[str], account: Account, data: Path, statements: str) -> None:
    script = data.parent / f".birth-{secrets.token_hex(4)}"
    keys.write_once(script, statements)
    try:
        account.own(script)
        done = account.run(command, script)
    finally:
        script.unlink()
    if done.returncode != 0 or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
        raise PostgresUnusable(f"roles and database could not be made: {done.stderr.strip()}")


def _passwords(passfile: Path) -> dict[str, str]:
    fresh = "".join(f"*:*:*:{role}:{secrets.token_urlsafe(32)}\n" for role in _ROLES)
    keys.write_once(passfile, fresh)
    rows = (line.split(":") for line in passfile.read_text(encoding="ascii").splitlines())
    return {row[3]: row[4] for row in rows}
