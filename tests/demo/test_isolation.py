"""The demonstration writes; it neither counts nor looks up what counting would give."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import fazhi.demo

_FOLDER = Path(fazhi.demo.__file__).parent
# Of measures it may know labels, periods and how a figure is reported.
_KNOWN = {
    "fazhi.kernel.records.measures.declaring",
    "fazhi.kernel.records.measures.models",
    "fazhi.kernel.records.measures.periods",
    "fazhi.kernel.records.measures.reporting",
}


def _imports() -> Iterator[tuple[str, str]]:
    for path in sorted(_FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield path.name, node.module
            elif isinstance(node, ast.Import):
                yield from ((path.name, alias.name) for alias in node.names)


def test_the_demonstration_imports_no_answers() -> None:
    modules = [
        (name, module)
        for name, module in _imports()
        if module.startswith("fazhi.kernel.records.") or module.endswith(".measures")
    ]
    assert modules, "reported figures are not written any more"
    assert [(name, module) for name, module in modules if module not in _KNOWN] == []
    # The reports are written last, from figures that are counted by then.
    assert {name for name, module in _imports() if module.startswith("fazhi.lines.report")} == {"annual.py"}


def test_records_are_written_by_the_procedure_only() -> None:
    writing = {"bulk_create", "bulk_update", "update", "create", "get_or_create", "update_or_create", "raw"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(_FOLDER.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
        # A dict is updated, too; a record is written through its manager.
        if "objects" in ast.unparse(node.func)
    ]
    assert found == []
