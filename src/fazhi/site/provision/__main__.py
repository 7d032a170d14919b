"""Installs, or says in one sentence why not."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fazhi.site.provision import assets
from fazhi.site.provision.indexes import for_uv
from fazhi.site.provision.installer import uv
from fazhi.site.provision.refusal import CannotInstall

_CHECKOUT = Path(__file__).resolve().parents[4]


def main() -> None:
    """Brings `.venv` and the browser files up to date with their locks."""
    environment = for_uv(os.environ)
    try:
        with _alone():
            python = _packages(environment)
            _browser_files(python, environment)
    except CannotInstall as refusal:
        sys.exit(f"fazhi setup: {refusal}")


def _packages(environment: Mapping[str, str]) -> Path:
    python = _CHECKOUT / ".venv" / "bin" / "python"
    stamp = _CHECKOUT / ".venv" / "installed"
    wanted = _hash("requirements.lock")
    if stamp.is_file() and stamp.read_text() == wanted and _runs(python):
        return python
    command = uv(_CHECKOUT, environment)
    if not _runs(python):
        _say("making .venv")
        _run([*command, "venv", "--quiet", "--clear", "--python", sys.executable, str(python.parents[1])], environment)
    _say("installing packages")
    lock = str(_CHECKOUT / "requirements.lock")
    _run([*command, "pip", "sync", "--quiet", "--require-hashes", "--python", str(python), lock], environment)
    (_site_packages(python) / "fazhi.pth").write_text(f"{_CHECKOUT / 'src'}\n", encoding="utf-8")
    stamp.write_text(wanted)
    return python


def _browser_files(python: Path, environment: Mapping[str, str]) -> None:
    stamp = assets.vendor(_CHECKOUT) / "installed"
    wanted = _hash("package-lock.json", str(Path(assets.__file__).relative_to(_CHECKOUT)))
    if not stamp.is_file() or stamp.read_text() != wanted:
        _say("installing what browsers load")
        assets.install(_CHECKOUT, python, environment)
        stamp.write_text(wanted)


@contextmanager
def _alone() -> Iterator[None]:
    """Keeps a second installation into the same checkout waiting."""
    descriptor = os.open(_CHECKOUT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _hash(*names: str) -> str:
    content = b"".join((_CHECKOUT / name).read_bytes() for name in names)
    return hashlib.sha256(content).hexdigest()


def _runs(python: Path) -> bool:
    # A link to an interpreter that has been removed, or a moved checkout, is seen only by trying.
    return (
        python.exists()
        and subprocess.run([python, "-c", "import sys"], capture_output=True, check=False).returncode == 0
    )


def _site_packages(python: Path) -> Path:
    asked = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(asked.stdout.strip())


def _run(command: list[str], environment: Mapping[str, str]) -> None:
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise CannotInstall(f"this failed, see above: {' '.join(command)}")


def _say(what: str) -> None:
    sys.stderr.write(f"fazhi setup: {what} …\n")


main()
