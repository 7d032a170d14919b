"""The project's own files, as the architecture tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "fazhi"
_ROOTS = (PACKAGE, CHECKOUT / "tests", CHECKOUT / "tools", CHECKOUT / "bench")


@cache
def modules() -> tuple[Path, ...]:
    """Returns every Python file of ours."""
    return tuple(sorted(path for root in _ROOTS for path in root.rglob("*.py") if "__pycache__" not in path.parts))


def program() -> Iterator[Path]:
    """Yields the Python files of the program, its migrations left out."""
    return (path for path in modules() if PACKAGE in path.parents and path.parent.name != "migrations")


def shown(path: Path) -> str:
    """Returns a path as the tests name it: from the checkout."""
    return path.relative_to(CHECKOUT).as_posix()


def tree(path: Path) -> ast.Module:
    """Returns the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def tracked() -> tuple[Path, ...]:
    """Returns the files under version control; skips the test in a copy that has none."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        pytest.skip("not a git checkout: which files are tracked cannot be asked")
    found = (CHECKOUT / name for name in asked.stdout.split("\0") if name)
    return tuple(path for path in found if path.is_file())


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Yields tracked text files with their text, those with given suffixes only if any are given."""
    for path in tracked():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
