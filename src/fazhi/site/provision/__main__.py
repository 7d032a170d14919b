"""Installs, or says in one sentence why not."""

import argparse
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fazhi.site.provision import assets, bundle
from fazhi.site.provision.indexes import for_uv
from fazhi.site.provision.installer import uv
from fazhi.site.provision.refusal import CannotInstall

_CHECKOUT = Path(__file__).resolve().parents[4]


def main() -> None:
    """Brings `.venv` and the browser files up to date with their locks."""
    environment = for_uv(os.environ)
    try:
        with _alone():
            source = _arguments().bundle
            if source is None:
                python = _packages(environment)
                _browser_files(lambda: assets.install(_CHECKOUT, python, environment))
            else:
                _say("unpacking the bundle")
                with bundle.unpacked(_CHECKOUT, source) as folder:
                    _packages(bundle.offline(folder, environment), "--no-index", "--offline")
                    _browser_files(lambda: assets.install_packed(_CHECKOUT, bundle.browser_tarballs(_CHECKOUT, folder)))
    except CannotInstall as refusal:
        sys.exit(f"fazhi setup: {refusal}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="fazhi setup", description="安装所需软件包 Installs what is missing, by the lock files."
    )
    parser.add_argument(
        "--bundle", type=Path, help="从离线安装包安装 install from this file, made by `fazhi bundle`, without a network"
    )
    return parser.parse_args()


def _packages(environment: Mapping[str, str], *options: str) -> Path:
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
    _run([*command, "pip", "sync", "--quiet", "--require-hashes", *options, "--python", str(python), lock], environment)
    (_site_packages(python) / "fazhi.pth").write_text(f"{_CHECKOUT / 'src'}\n", encoding="utf-8")
    stamp.write_text(wanted)
    return python


def _browser_files(install: Callable[[], None]) -> None:
    stamp = assets.vendor(_CHECKOUT) / "installed"
    wanted = _hash("package-lock.json", str(Path(assets.__file__).relative_to(_CHECKOUT)))
    if not stamp.is_file() or stamp.read_text() != wanted:
        _say("installing what browsers load")
        install()
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
