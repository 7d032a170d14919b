"""Declaring a register.

::

    class Cases(Register):
        keeping = Mediating
        label = "人民调解案件"
        columns = [Mediation.number, Mediation.title, Mediation.unit, Mediation.opened_on, Mediation.state]
        more = [Mediation.amount]
        filters = [Mediation.kind, Mediation.state, Mediation.opened_on]
        form = [Group("纠纷", Mediation.kind, Mediation.facts)]
        headings = {Mediation.opened_on: ["受理日期", "登记时间"]}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import Q

from fazhi.kernel.casework.matters.models import Case, Entry
from fazhi.kernel.casework.matters.workflow import Keeping
from fazhi.kernel.ground.access.roles import BUSINESS, Role
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.fields import name_of
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.records.register.columns import Column, column_of


class Group:
    """These fields of a form under one heading."""

    def __init__(self, label: str, *fields: Any) -> None:
        self.label, self.fields = label, tuple(fields)


REGISTERS: dict[str, type[Register]] = {}


class Register:
    """How people see and enter one record kind. ``key`` (``mediation.cases``) is its address and command-line name.

    ``form`` asks what is known when a record begins; ``history`` what more a finished one has (补录). A register of a
    part of the records narrows them by ``scope``, fills ``preset`` into what is entered there, and may take records that
    are finished when entered (``finished``). The first register of a kind without a scope is where its figures open.
    ``duplicates`` are the fields that tell records apart where a number does not: an import refuses a row in which all
    of them are as in another; without, a row that says in everything the same. ``exports`` may take lists away as
    files; what is ``clear`` stands in them unmasked, and the audit says so.
    """

    keeping: ClassVar[type[Keeping]]
    label: ClassVar[str]
    key: ClassVar[str]
    columns: ClassVar[Sequence[Any]]
    more: ClassVar[Sequence[Any]] = ()
    filters: ClassVar[Sequence[Any]] = ()
    form: ClassVar[Sequence[Group]]
    history: ClassVar[Sequence[Group]] = ()
    scope: ClassVar[Q | None] = None
    preset: ClassVar[Mapping[str, Any]] = {}
    finished: ClassVar[bool] = False
    headings: ClassVar[Mapping[Any, Sequence[str]]] = {}
    duplicates: ClassVar[Sequence[Any]] = ()
    searches: ClassVar[Sequence[Any]] = ()
    exports: ClassVar[Sequence[Role]] = BUSINESS
    clear: ClassVar[Sequence[Any]] = ()
    empty: ClassVar[str] = ""
    figures: ClassVar[Sequence[str]] = ()

    shown: ClassVar[tuple[Column, ...]]
    all_columns: ClassVar[dict[str, Column]]
    filtering: ClassVar[tuple[Column, ...]]
    entering: ClassVar[tuple[tuple[str, tuple[Column, ...]], ...]]
    finishing: ClassVar[tuple[tuple[str, tuple[Column, ...]], ...]]
    aliases: ClassVar[dict[str, tuple[str, ...]]]
    apart: ClassVar[tuple[str, ...]]
    in_clear: ClassVar[frozenset[str]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        place = cls.__qualname__
        for needed in ("keeping", "label", "columns", "form"):
            if not hasattr(cls, needed):
                raise Misdeclared(place, f"缺少{needed}", f"在{place}中声明{needed}")
        cls.key = f"{cls.keeping.line}.{cls.__name__.lower()}"
        if cls.key in REGISTERS:
            raise Misdeclared(place, f"台账{cls.key}重复", "改一个类名")
        record = cls.keeping.record
        cls.shown = tuple(column_of(cls.keeping, each) for each in cls.columns)
        further = tuple(column_of(cls.keeping, each) for each in cls.more)
        cls.entering = _grouped(cls.keeping, cls.form)
        cls.finishing = _grouped(cls.keeping, cls.history)
        entered = tuple(column for _, columns in (*cls.entering, *cls.finishing) for column in columns)
        cls.all_columns = {column.name: column for column in (*cls.shown, *further, *entered)}
        cls.filtering = tuple(column_of(cls.keeping, each) for each in cls.filters)
        cls.aliases = {name_of(reference): tuple(names) for reference, names in cls.headings.items()}
        cls.apart = tuple(name_of(reference) for reference in cls.duplicates)
        cls.in_clear = frozenset(name_of(reference) for reference in cls.clear)
        known = {field.name for field in record._meta.concrete_fields}
        for column in cls.all_columns.values():
            if column.name not in known:
                raise Misdeclared(place, f"{record.__name__}没有字段{column.name}", "改正栏目")
        REGISTERS[cls.key] = cls

    @classmethod
    def record(cls) -> type[Record]:
        """This register's record kind."""
        return cls.keeping.record

    @classmethod
    def order(cls) -> str:
        """This date column by which the list is ordered, newest first."""
        record = cls.keeping.record
        return "opened_on" if issubclass(record, Case) else "on" if issubclass(record, Entry) else "valid_from"

    @classmethod
    def slug(cls) -> str:
        """The last part of the key, as it stands in addresses."""
        return cls.key.partition(".")[2]


def _grouped(keeping: type[Keeping], groups: Sequence[Group]) -> tuple[tuple[str, tuple[Column, ...]], ...]:
    return tuple((group.label, tuple(column_of(keeping, each) for each in group.fields)) for group in groups)


def home_of(record: type[Record]) -> type[Register] | None:
    """This register in which a kind's records are shown: the first that is not of a part only."""
    return next((each for each in REGISTERS.values() if each.record() is record and each.scope is None), None)


def register_of(key: str) -> type[Register]:
    """This register by key; an unknown key names those there are."""
    try:
        return REGISTERS[key]
    except KeyError:
        raise KeyError(f"没有台账“{key}”；已有：{'、'.join(sorted(REGISTERS))}") from None
