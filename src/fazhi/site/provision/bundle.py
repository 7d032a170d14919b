"""Packs everything an installation fetches into one file, and installs from that file on a machine without a network.

The file is a tar archive: Python packages as wheels, browser packages as npm tarballs, and `bundle.json`, which says for
which locks and which kind of machine it was made. Whatever is taken out of it is checked against the hashes of the locks
in the checkout, so that the bundle itself need not be trusted.
"""

import base64
import hashlib
import io
import json
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from fazhi.site.provision import assets
from fazhi.site.provision.refusal import CannotInstall
from fazhi.site.provision.tarballs import extract

_ABOUT = "bundle.json"
_LOCKS = ("requirements.lock", "installer.lock", "package-lock.json")


def make(checkout: Path, python: Path, uv: Sequence[str], target: Path, environment: Mapping[str, str]) -> None:
    """Writes a bundle for machines like this one, fetching from whatever indexes this machine is configured for.

    `python` is the environment's interpreter, `uv` the command that runs uv. Raises `CannotInstall`; `target` then does
    not exist.
    """
    draft = target.with_name(f".{target.name}.unfinished")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bundle-") as folder:
            wheels, tarballs = Path(folder) / "wheels", Path(folder) / "npm"
            wheels.mkdir()
            tarballs.mkdir()
            for lock in ("requirements.lock", "installer.lock"):
                _download(checkout / lock, wheels, python, uv, environment)
            for package, version, integrity in _browser_packages(checkout):
                content = assets.fetch(f"{package}@{version}", tarballs, python, environment)
                _check(content, integrity, package)
            with tarfile.open(draft, mode="w", format=tarfile.PAX_FORMAT) as tar:
                about = json.dumps(_about(checkout), indent=1).encode()
                entry = tarfile.TarInfo(_ABOUT)
                entry.size = len(about)
                tar.addfile(entry, io.BytesIO(about))
                tar.add(wheels, arcname=wheels.name)
                tar.add(tarballs, arcname=tarballs.name)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def unpacked(checkout: Path, source: Path) -> Iterator[Path]:
    """Yields a folder with the content of a bundle; raises `CannotInstall` when it was made for something else."""
    with tempfile.TemporaryDirectory(prefix="fazhi-bundle-") as folder:
        try:
            with tarfile.open(source) as tar:
                _refuse_other(checkout, tar, source)
                extract(tar, Path(folder))
        except (OSError, tarfile.TarError, KeyError, ValueError) as error:
            raise CannotInstall(f"{source} is no bundle: {error}") from error
        yield Path(folder)


def offline(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Returns `environment` with uv and pip told to take packages from an unpacked bundle and from nowhere else."""
    wheels = (folder / "wheels").as_uri()
    kept = {
        name: value
        for name, value in environment.items()
        if name not in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL")
    }
    return {
        **kept,
        "UV_FIND_LINKS": wheels,
        "UV_NO_CONFIG": "1",
        "PIP_FIND_LINKS": wheels,
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }


def browser_tarballs(checkout: Path, folder: Path) -> dict[str, bytes]:
    """Returns the packed browser packages of an unpacked bundle by name, each checked against `package-lock.json`."""
    found = {}
    for package, version, integrity in _browser_packages(checkout):
        path = folder / "npm" / assets.tarball_name(package, version)
        try:
            found[package] = path.read_bytes()
        except FileNotFoundError:
            raise CannotInstall(f"the bundle lacks {package} {version}") from None
        _check(found[package], integrity, package)
    return found


def _download(lock: Path, into: Path, python: Path, uv: Sequence[str], environment: Mapping[str, str]) -> None:
    command = [*uv, "tool", "run", "--quiet", "--python", str(python), "pip", "download", "-qq"]
    command += [
        "--no-deps",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--dest",
        str(into),
        "--requirement",
        str(lock),
    ]
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise CannotInstall(f"the packages of {lock.name} could not be fetched, see above")


def _browser_packages(checkout: Path) -> list[tuple[str, str, str]]:
    locked = json.loads((checkout / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return [
        (package, locked[f"node_modules/{package}"]["version"], locked[f"node_modules/{package}"]["integrity"])
        for package in assets.packages()
    ]


def _check(content: bytes, integrity: str, package: str) -> None:
    algorithm, _, promised = integrity.partition("-")
    if base64.b64encode(hashlib.new(algorithm, content).digest()).decode() != promised:
        raise CannotInstall(f"{package} is not what package-lock.json says")


def _about(checkout: Path) -> dict[str, str]:
    return {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": platform.system(),
        "machine": platform.machine(),
        **{name: hashlib.sha256((checkout / name).read_bytes()).hexdigest() for name in _LOCKS},
    }


def _refuse_other(checkout: Path, tar: tarfile.TarFile, source: Path) -> None:
    content = tar.extractfile(_ABOUT)
    said = json.loads(content.read()) if content is not None else {}
    here = _about(checkout)
    for what in ("python", "system", "machine"):
        if said.get(what) != here[what]:
            raise CannotInstall(f"{source} was made for {what} {said.get(what)}, and here it is {here[what]}")
    if any(said.get(lock) != here[lock] for lock in _LOCKS):
        raise CannotInstall(f"{source} was made for another version of fazhi: make one from this version's checkout")
