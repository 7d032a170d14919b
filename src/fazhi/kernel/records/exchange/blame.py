"""Which faults of a row are its own, and which only follow from a cell that could not be read.

A check that looked at a field whose cell could not be read has judged something nobody wrote: its fault is left out,
and comes back, if it is one, once the cell is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.workflow import Keeping, Workflow
from fazhi.kernel.casework.procedure import Draft
from fazhi.kernel.ground.core.errors import Fault


class _Watched:
    """A row that notes what is read of it, and passes for the row in every other respect."""

    def __init__(self, row: Any) -> None:
        self._row, self._read = row, set[str]()

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        return getattr(self._row, name)

    # So that isinstance() takes it for the row.
    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return type(self._row)

    def seen(self, unread: Iterable[str]) -> bool:
        """Whether any of these fields was looked at since it was last asked; forgets what was."""
        names = {each for name in unread for each in (name, f"{name}_id")}
        looked = not self._read.isdisjoint(names)
        self._read.clear()
        return looked


def state_is_known(keeping: type[Keeping], row: Any, unread: set[str]) -> bool:
    """Whether the end state of a finished row can be told without the cells that could not be read."""
    if not unread or not issubclass(keeping, Workflow):
        return True
    watched = _Watched(row)
    keeping.state_in_history(watched)
    return not watched.seen(unread)


def own(keeping: type[Keeping], made: Draft, unread: set[str], circumstances: Circumstances) -> list[Fault]:
    """These faults of a draft that are the row's own, one a field: what is missing is said once, and blamed once."""
    held = vars(made.row)
    empty = {each.field for each in made.faults if held.get(f"{each.field}_id", held.get(each.field)) in (None, "")}
    unknown = unread | empty
    if not unknown:
        return _once(made.faults)
    checks = list(keeping.checks)
    if issubclass(keeping, Workflow) and made.state is not None:
        checks += [check for act in keeping.path_to(made.state) for check in act.checks]
    watched = _Watched(made.row)
    blamed = set()
    for check in checks:
        fault = check.fault(watched, circumstances)
        if watched.seen(unknown) and fault is not None and fault.field not in empty:
            blamed.add(fault)
    return _once(fault for fault in made.faults if fault not in blamed and not _covered(fault.field, unread))


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """The first of these at each field."""
    found: dict[str, Fault] = {}
    whole = []
    for fault in faults:
        if fault.field:
            found.setdefault(fault.field, fault)
        else:
            whole.append(fault)
    return [*found.values(), *whole]


def _covered(field: str, unread: set[str]) -> bool:
    return field in unread or any(each.startswith(f"{field}.") for each in unread if field)
