"""Where things lie and what they are called."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from fazhi.site.lines import LINES
from tests.architecture.sources import CHECKOUT, PACKAGE, modules, program, shown, tree

MOST_LINES = 400
MOST_LINES_OF_TESTS = 600
# Modules longer than that, with their length: a number may fall, and goes when the module is short enough.
LONGER: dict[str, int] = {}

_DRAWERS = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "tools", "base_utils"})


def test_imports_keep_to_the_storeys() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_with_python_is_a_package() -> None:
    """A folder without `__init__` is invisible to the import contracts."""
    folders = {path.parent for path in modules()}
    assert [shown(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_modules_stay_short() -> None:
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
        if path.parent.name != "migrations"
    }
    too_long = {
        name: length
        for name, length in lengths.items()
        if length > (MOST_LINES_OF_TESTS if name.startswith("tests/") else MOST_LINES)
    }
    assert {name: length for name, length in too_long.items() if length > LONGER.get(name, 0)} == {}
    assert [name for name in LONGER if name not in too_long] == [], "short enough now: take them off the list"


def test_no_module_is_a_drawer_for_whatever() -> None:
    named = (path for path in program() if {path.stem, *path.relative_to(PACKAGE).parts[:-1]} & _DRAWERS)
    assert [shown(path) for path in named] == []


def test_every_line_is_listed_and_has_its_manifest_and_measures() -> None:
    folders = [path for path in (PACKAGE / "lines").iterdir() if (path / "__init__.py").is_file()]
    assert sorted(LINES) == sorted(f"fazhi.lines.{folder.name}" for folder in folders)
    wanted = [folder / name for folder in folders for name in ("line.py", "measures.py")]
    assert [shown(path) for path in wanted if not path.is_file()] == []


def test_models_are_imported_not_looked_up_by_name() -> None:
    """A model looked up by name crosses storeys unseen; only migrations must, for they want it as it was."""
    assert [f"{shown(path)}:{line}" for path in program() for line in _lookups(path)] == []


def _lookups(path: Path) -> Iterator[int]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "get_model":
                yield node.lineno
