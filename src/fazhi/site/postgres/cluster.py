"""The server of one home: where its data lie, how it is made, started, shared and stopped.

Layout of the folder `FAZHI_HOME/postgres`: `data` (with `PG_VERSION`, the major version that every later start must
use), `run` (the socket), `server.log`. When root starts it the folder lies under a system folder, owned by an
unprivileged account, and `FAZHI_HOME/postgres` is a symbolic link to it.
"""

import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fazhi.site import keys
from fazhi.site.postgres import birth, processes
from fazhi.site.postgres.account import Account, account_of, own_account, system_account
from fazhi.site.postgres.binaries import Binaries, find
from fazhi.site.postgres.errors import PostgresUnusable

ADMIN = birth.ADMIN
OWNER = birth.OWNER
APP = birth.APP
DATABASE = birth.DATABASE
PORT = 5432
SYSTEM_FOLDER = Path("/var/lib/fazhi")

# The address of a Unix socket holds 107 bytes, of which PostgreSQL takes 15 for "/.s.PGSQL.5432" and an end mark.
_LONGEST_SOCKET_FOLDER = 92
_RECOVERY_SECONDS = 600
# A failing statement holds what somebody has typed, and so may the detail of its error: names and numbers of people do
# not belong into a log.
_QUIET = {"log_min_error_statement": "panic", "log_error_verbosity": "terse", "log_checkpoints": "off"}
_LARGEST_LOG = 16 << 20
# What pg_isready ends with; anything else means that nobody answers.
_ACCEPTING = 0
_REJECTING = 1
_DEATH_SECONDS = 30


class Cluster:
    """The PostgreSQL server that belongs to one home.

    `folder` names the programs to use instead of the wheel's; `system` is where root keeps data and copied programs;
    `options` are server parameters such as `{"fsync": "off"}` for tests.
    """

    def __init__(
        self,
        home: Path,
        *,
        folder: Path | None = None,
        system: Path = SYSTEM_FOLDER,
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self._named_folder = folder
        self._system = system
        self.options = dict(options or {})
        self._started: subprocess.Popen[bytes] | None = None
        self._binaries: Binaries | None = None

    @property
    def folder(self) -> Path:
        """The folder of data, socket and log; a link when root keeps it elsewhere."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """The data folder, as PostgreSQL knows it."""
        return self.folder.resolve() / "data"

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket, which depends on the home alone: known before the server exists."""
        usual = self.folder / "run"
        if len(os.fsencode(usual)) <= _LONGEST_SOCKET_FOLDER and "," not in str(usual):
            return usual
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path("/tmp") / f"fazhi-{mark}"  # noqa: S108 — must be short and the same for every process; owner is checked

    @property
    def passfile(self) -> Path:
        """The file libpq reads the passwords of the three roles from."""
        return self.home / "keys" / "postgres.pass"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "server.log"

    def major(self) -> int | None:
        """Returns the major version that made the data, `None` before there are any."""
        recorded = self.folder / "data" / "PG_VERSION"
        return int(recorded.read_text().strip()) if recorded.is_file() else None

    def binaries(self) -> Binaries:
        """Returns the programs this server runs on, copied to where its account can reach them if need be."""
        if self._binaries is None:
            found = find(self._named_folder, self.major())
            if os.getuid() == 0 and not found.reachable_by_all():
                if not found.copies:
                    raise PostgresUnusable(
                        f"{found.folder} cannot be reached by an unprivileged account, which root needs; open it or "
                        "take other programs"
                    )
                found = found.copied_below(self._system)
            self._binaries = found
        return self._binaries

    def is_ready(self) -> bool:
        """Tells whether the server answers and accepts connections at this moment."""
        return self._answer() == _ACCEPTING

    def ensure_running(self) -> None:
        """Makes the server on first use and starts it when it is down; any number of processes may call at once.

        Returns when it accepts connections. Raises `PostgresUnusable` with the end of the log when it cannot be had.
        """
        if self.major() is not None and self.is_ready():
            return
        with self._lock("postgres.lock"):
            if self.major() is None:
                self._make()
            if not self.is_ready():
                self._start()

    def stop(self) -> None:
        """Stops the server in good order, ending its connections; does nothing when it is down."""
        if self.major() is None:
            return
        with self._lock("postgres.lock"):
            if not (self.data / "postmaster.pid").exists():
                return
            done = self._account().run(
                [self.binaries().program("pg_ctl"), "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", "60"]
            )
            if self._started is not None:
                self._started.wait(timeout=60)
                self._started = None
            if done.returncode != 0 and self.is_ready():
                raise PostgresUnusable(f"the server did not stop: {done.stderr.strip()}")

    @contextmanager
    def lease(self, *, start: bool = True) -> Iterator[None]:
        """Keeps the server up for the time of a block; the last block to end on the machine stops it.

        A lease is a shared lock on a file, which the kernel drops when its holder dies, however it dies. Without `start`
        the server is left down if it is down, for those whose supervisor sees to that.
        """
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.home / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            if start:
                self.ensure_running()
            try:
                yield
            finally:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass
                else:
                    self.stop()
        finally:
            os.close(descriptor)

    def destroy(self) -> None:
        """Stops the server and removes its data: for tests and for restoring into an emptied home."""
        self.stop()
        if self.folder.exists():
            shutil.rmtree(self.folder.resolve())
        if self.folder.is_symlink():
            self.folder.unlink()
        if self.socket_folder.parent != self.folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _account(self) -> Account:
        return account_of(self.data)

    def _make(self) -> None:
        if not self.folder.exists():
            self._claim_folder()
        account = account_of(self.folder.resolve()) if os.getuid() == 0 else own_account()
        draft = self.folder.resolve() / "draft"
        # What an interrupted birth left behind was never in use: the rename below is the moment data begin to exist.
        shutil.rmtree(draft, ignore_errors=True)
        keys.folder(self.home)
        durable = self.options.get("fsync") != "off"
        birth.initialise(self.binaries(), account, draft, self.passfile, durable=durable)
        draft.rename(self.data)

    def _claim_folder(self) -> None:
        if os.getuid() != 0:
            self.folder.mkdir(mode=0o700)
            return
        account = system_account()
        clusters = self._system / "clusters"
        clusters.mkdir(mode=0o755, parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix="postgres-", dir=clusters))
        account.own(place)
        # A link left over from a home whose data were removed would otherwise point nowhere for ever.
        self.folder.unlink(missing_ok=True)
        self.folder.symlink_to(place, target_is_directory=True)

    def _answer(self) -> int:
        asked = subprocess.run(
            [self.binaries().program("pg_isready"), "-q", "-h", self.socket_folder, "-p", str(PORT), "-t", "3"],
            capture_output=True,
            check=False,
        )
        return asked.returncode

    def _start(self) -> None:
        account = self._account()
        if self._recovers_by_itself():
            return
        processes.await_end(self.data, seconds=_DEATH_SECONDS)
        socket_folder = self._make_socket_folder(account)
        if self.log.exists() and self.log.stat().st_size > _LARGEST_LOG:
            self.log.resolve().replace(self.log.resolve().with_suffix(".log.1"))
        log = os.open(self.log.resolve(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            account.own(self.log.resolve())
            self._started = account.start(self._command(socket_folder), log)
        finally:
            os.close(log)
        self._await_ready(self._started)

    def _recovers_by_itself(self) -> bool:
        """Waits for a server that is up but accepts nothing yet: another's start, or after one of its processes died."""
        until = time.monotonic() + _RECOVERY_SECONDS
        while (answer := self._answer()) == _REJECTING and time.monotonic() < until:
            time.sleep(0.05)
        if self._started is not None and answer != _ACCEPTING:
            # Our own dead server stays in the table of processes until it is asked for.
            self._started.poll()
        return answer == _ACCEPTING

    def _command(self, socket_folder: Path) -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            # A quoted name may hold spaces and commas; PostgreSQL reads this parameter as a list.
            "unix_socket_directories": '"{}"'.format(str(socket_folder.resolve()).replace('"', '""')),
            "unix_socket_permissions": "0700",
            **_QUIET,
            **self.options,
        }
        command = [self.binaries().program("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def _make_socket_folder(self, account: Account) -> Path:
        place = self.socket_folder
        try:
            place.resolve().mkdir(mode=0o700)
            account.own(place.resolve())
        except FileExistsError:
            status = place.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != account.uid:
                raise PostgresUnusable(f"{place} exists and is not ours: remove it, or choose a shorter home") from None
        return place

    def _await_ready(self, server: "subprocess.Popen[bytes]") -> None:
        until = time.monotonic() + _RECOVERY_SECONDS
        while time.monotonic() < until:
            if self.is_ready():
                return
            if server.poll() is not None:
                break
            time.sleep(0.05)
        raise PostgresUnusable(f"the database did not start. Its log, {self.log}, ends:\n{self._end_of_log()}")

    def _end_of_log(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-8:])
