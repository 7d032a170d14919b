"""What the database would refuse, known before it is asked: constraints of a table read as conditions on a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.core.models import Record

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda mine, theirs: mine == theirs,
    "gt": lambda mine, theirs: mine > theirs,
    "gte": lambda mine, theirs: mine >= theirs,
    "lt": lambda mine, theirs: mine < theirs,
    "lte": lambda mine, theirs: mine <= theirs,
    "in": lambda mine, theirs: mine in theirs,
}


class Unsupported(Exception):
    """Raised for a condition that only the database can judge."""


def judged(condition: Q, row: Any) -> bool | None:
    """Whether ``condition`` holds of an unsaved row; None where the database would say: unknown."""
    results = [judged(each, row) if isinstance(each, Q) else _one(each, row) for each in condition.children]
    if condition.connector == Q.AND:
        found = False if False in results else None if None in results else True
    elif condition.connector == Q.OR:
        found = True if True in results else None if None in results else False
    else:
        raise Unsupported(condition.connector)
    return found if found is None or not condition.negated else not found


def _one(child: Any, row: Any) -> bool | None:
    if not isinstance(child, tuple):
        raise Unsupported(repr(child))
    name, _, lookup = child[0].partition("__")
    mine, theirs = _value(row, name), child[1]
    if isinstance(theirs, F):
        theirs = _value(row, str(vars(theirs)["name"]))
    if lookup == "isnull" or (lookup in ("", "exact") and child[1] is None):
        return (mine is None) == (child[1] is not False)
    compare = _COMPARISONS.get(lookup or "exact")
    if compare is None:
        raise Unsupported(child[0])
    return None if mine is None or theirs is None else compare(mine, theirs)


def _value(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    return getattr(row, field.attname)


class Limits:
    """The constraints of a record kind, asked of the rows of a file: against each other and against what is there.

    Its number is left to :mod:`~fazhi.kernel.records.exchange.twins`, which says more about it.
    """

    def __init__(self, record: type[Record]) -> None:
        self._record = record
        constraints = record._meta.constraints
        self._checks = [each for each in constraints if isinstance(each, models.CheckConstraint)]
        self._uniques = [
            each
            for each in constraints
            if isinstance(each, models.UniqueConstraint) and each.fields and "number" not in each.fields
        ]
        self._seen: dict[tuple[str, tuple[Any, ...]], int] = {}

    def faults(self, rows: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, Fault]]:
        """These faults of unsaved rows, each given with its number in the file."""
        for number, row in rows:
            for check in self._checks:
                if not _passes(check, row):
                    yield number, Fault(str(check.violation_error_message), _field(check.condition))
        for unique in self._uniques:
            yield from self._repeated(unique, rows)

    def _repeated(
        self, unique: models.UniqueConstraint, rows: Sequence[tuple[int, Any]]
    ) -> Iterator[tuple[int, Fault]]:
        own = [name for name in unique.fields if name != "jurisdiction"]
        options = self._record._meta
        keys = {number: tuple(_value(row, name) for name in own) for number, row in rows if _applies(unique, row)}
        present = self._present(unique, own, keys.values())
        labels = "、".join(str(getattr(options.get_field(name), "verbose_name", name)) for name in own)
        for number, key in keys.items():
            if None in key:
                continue
            earlier = self._seen.setdefault((unique.name, key), number)
            if key in present:
                yield number, Fault(f"已有相同的“{labels}”，请核对是否重复登记", own[0])
            elif earlier != number:
                yield number, Fault(f"“{labels}”与第{earlier}行相同，请核对是否重复", own[0])

    def _present(
        self, unique: models.UniqueConstraint, own: Sequence[str], keys: Iterable[tuple[Any, ...]]
    ) -> set[tuple[Any, ...]]:
        wanted = {key[0] for key in keys if key[0] is not None}
        if not wanted:
            return set()
        attributes = [str(getattr(self._record._meta.get_field(name), "attname", name)) for name in own]
        first: Mapping[str, Any] = {f"{own[0]}__in": wanted}
        rows = self._record._default_manager.filter(**first)
        if unique.condition is not None:
            rows = rows.filter(unique.condition)
        return set(rows.values_list(*attributes))


def _passes(check: models.CheckConstraint, row: Any) -> bool:
    condition = check.condition
    try:
        if isinstance(condition, Q):
            return judged(condition, row) is not False
    except Unsupported:
        pass
    try:
        check.validate(type(row), row)
    except ValidationError:
        return False
    return True


def _applies(unique: models.UniqueConstraint, row: Any) -> bool:
    if unique.condition is None:
        return True
    try:
        return judged(unique.condition, row) is True
    except Unsupported:
        return True


def _field(condition: Any) -> str:
    """The field a fault is shown at: the first the condition names."""
    while isinstance(condition, Q) and condition.children:
        first = condition.children[0]
        if isinstance(first, tuple):
            return str(first[0]).partition("__")[0]
        condition = first
    return ""
