"""Runs every check that is no test, each by its own tool, and says which failed: `python -m tools.check`."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[1]
_PYTHON = sys.executable
_FAZHI = str(CHECKOUT / "fazhi")


class Check(NamedTuple):
    """One check: the name it is reported under, and the command that ends with 0 when it passes."""

    name: str
    command: list[str]


CHECKS = (
    Check("format", [_PYTHON, "-m", "ruff", "format", "--check", "--quiet"]),
    Check("lint", [_PYTHON, "-m", "ruff", "check", "--quiet"]),
    Check("types", [_PYTHON, "-m", "mypy"]),
    Check("imports", [str(Path(_PYTHON).with_name("lint-imports"))]),
    Check("declarations", [_FAZHI, "check", "--fail-level", "WARNING"]),
    Check("migrations", [_FAZHI, "makemigrations", "--check", "--dry-run"]),
    Check("configuration reference", [_FAZHI, "configuration", "--check"]),
    Check("licences", [_PYTHON, "-m", "tools.licences"]),
    Check("architecture", [_PYTHON, "-m", "pytest", "-q", "tests/architecture"]),
)


def main() -> int:
    """Runs all checks, or those named as arguments; returns 1 when any fails, with its whole output shown."""
    wanted = sys.argv[1:]
    failed = [check.name for check in CHECKS if (not wanted or check.name in wanted) and not _passes(check)]
    sys.stdout.write(f"failed: {', '.join(failed)}\n" if failed else "all checks passed\n")
    return 1 if failed else 0


def _passes(check: Check) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    sys.stdout.write(f"{'ok    ' if passed else 'FAILED'} {check.name} ({time.monotonic() - begun:.1f} s)\n")
    if not passed:
        sys.stdout.write(done.stdout + "\n")
    sys.stdout.flush()
    return passed


if __name__ == "__main__":
    sys.exit(main())
