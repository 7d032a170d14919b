"""Declaring measures: what a figure is, once, beside the records it is counted from.

::

    class MediationMeasures(Measures):
        line = "mediation"
        cases = Count("mediation.cases", Mediation, on=Mediation.opened_on, label="人民调解案件", unit="件", definition="…")
        amount = Sum("mediation.agreement_amount", Mediation.amount, on=Mediation.agreed_on, label="协议金额", definition="…")
        rate = Ratio("mediation.success_rate", succeeded, concluded, label="调解成功率", definition="…")

Keys are stable: reports, returns and assessments name them, whatever package counts them. A void record is never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar

from django.db.models import Field, Model, Q

from fazhi.kernel.casework.matters.models import Case, Entry, Standing
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.fields import MoneyField, field_of, name_of
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import UnitKind


class How(StrEnum):
    """Where a figure comes from."""

    COUNTED = "counted"
    REPORTED = "reported"


MEASURES: dict[str, Measure] = {}


class Measure:
    """This figure: stable ``key``, ``label``, ``unit`` (measure word), ``definition`` in words.

    ``aliases`` are further names under which official texts state it; ``part_of`` is the measure it is a subset of.
    """

    how: How = How.COUNTED

    def __init__(
        self,
        key: str,
        *,
        label: str,
        unit: str,
        definition: str,
        aliases: Sequence[str] = (),
        part_of: Measure | None = None,
    ) -> None:
        if key in MEASURES:
            raise Misdeclared(key, "指标重复声明", "同一指标只声明一次，其他地方引用它")
        self.key, self.label, self.unit, self.definition = key, label, unit, definition
        self.aliases, self.part_of = tuple(aliases), part_of
        self.line = ""
        MEASURES[key] = self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key})"


class Counted(Measure):
    """A measure counted from the rows of one record kind, under ``where``."""

    def __init__(self, key: str, record: type[Record], *, where: Q | None = None, unit: str, **said: Any) -> None:
        super().__init__(key, unit=unit, **said)
        self.record, self.where = record, where if where is not None else Q()

    def living(self) -> Q:
        """What every counted row must be: not void, and within ``where``."""
        return Q(void_reason="") & self.where


class Flow(Counted):
    """A counted measure of what happened in a period: by the legal day ``on``."""

    def __init__(self, key: str, record: type[Record], *, on: Any, **said: Any) -> None:
        super().__init__(key, record, **said)
        self.on = name_of(on)
        if self.on not in {field.name for field in record._meta.concrete_fields}:
            raise Misdeclared(key, f"{record.__name__}没有日期{self.on}", "改正 on=")


class Count(Flow):
    """How many records have their day in the period."""


class CountDistinct(Flow):
    """How many different values of a field occur among the records of the period."""

    def __init__(self, key: str, of: Any, *, on: Any, **said: Any) -> None:
        self.of = field_of(of)
        super().__init__(key, _owner(self.of), on=on, **said)


class Sum(Flow):
    """The sum of a field over the records of the period; money is stored in 分 and given in 元."""

    def __init__(self, key: str, of: Any, *, on: Any, unit: str = "元", **said: Any) -> None:
        self.of = field_of(of)
        super().__init__(key, _owner(self.of), on=on, unit=unit, **said)

    @property
    def money(self) -> bool:
        """Whether the sum is of money."""
        return isinstance(self.of, MoneyField)


class Stock(Counted):
    """How many hold at the end of the period: what is valid then, or what is open then."""

    def __init__(self, key: str, record: type[Record], *, begins: Any = None, ends: Any = None, **said: Any) -> None:
        super().__init__(key, record, **said)
        self.begins, self.ends = _interval(key, record) if begins is None else (name_of(begins), name_of(ends))
        # A case concluded on a day is no longer open at its end; a standing holds through its last day.
        self.through = not issubclass(record, Case)


class Ratio(Measure):
    """A rate in percent: ``part`` of ``whole`` in the same period. It is computed, never typed."""

    def __init__(self, key: str, part: Measure, whole: Measure, *, unit: str = "%", **said: Any) -> None:
        super().__init__(key, unit=unit, **said)
        self.part, self.whole = part, whole
        reported = How.REPORTED in (part.how, whole.how)
        self.how = How.REPORTED if reported else How.COUNTED


class Reported(Measure):
    """A figure given by the unit that owes it, with evidence, and accepted by somebody else, until it can be counted.

    ``at_end`` marks a stock: a year's figure is then its last month's, not the sum. ``owed_by`` are the kinds of unit
    that each owe one; sections give the bureau's.
    """

    how = How.REPORTED

    def __init__(
        self, key: str, *, at_end: bool = False, owed_by: Sequence[UnitKind] = (UnitKind.BUREAU,), **said: Any
    ) -> None:
        super().__init__(key, **said)
        self.at_end, self.owed_by = at_end, tuple(owed_by)

    @property
    def additive(self) -> bool:
        """Whether the values of months and units may be added up; rates may not."""
        return self.unit != "%"


class Balance:
    """This identity that every period must satisfy: opening stock + ``inflow`` = ``outflow`` + closing stock."""

    def __init__(self, stock: Measure, *, inflow: Sequence[Measure], outflow: Sequence[Measure]) -> None:
        if not isinstance(stock, Stock) and not (isinstance(stock, Reported) and stock.at_end):
            raise Misdeclared(stock.key, "不是存量，不能作期初期末平衡", "用 Stock 或 at_end=True 的 Reported")
        self.stock, self.inflow, self.outflow = stock, tuple(inflow), tuple(outflow)
        self.line = ""

    @property
    def label(self) -> str:
        """This identity in words."""
        into, out = ("＋".join(each.label for each in side) for side in (self.inflow, self.outflow))
        return f"期初＋{into}＝{out}＋期末"

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures that take part."""
        return (self.stock, *self.inflow, *self.outflow)


BALANCES: list[Balance] = []


class Measures:
    """These measures of a line, and the balances between them."""

    line: ClassVar[str]
    measures: ClassVar[tuple[Measure, ...]] = ()
    balances: ClassVar[tuple[Balance, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.measures = tuple(each for each in vars(cls).values() if isinstance(each, Measure))
        cls.balances = tuple(each for each in vars(cls).values() if isinstance(each, Balance))
        BALANCES.extend(cls.balances)
        for balance in cls.balances:
            balance.line = cls.line
        for each in cls.measures:
            each.line = cls.line
            if not each.definition.strip():
                raise Misdeclared(each.key, "没有定义", "用一句话写明口径")


def measure_of(key: str) -> Measure:
    """This measure by key; :class:`KeyError` says which keys look like it."""
    try:
        return MEASURES[key]
    except KeyError:
        near = [each for each in sorted(MEASURES) if each.partition(".")[0] == key.partition(".")[0]]
        raise KeyError(f"没有指标“{key}”" + (f"；同一业务有：{'、'.join(near)}" if near else "")) from None


def _owner(field: Field[Any, Any]) -> type[Record]:
    owner: type[Model] = field.model
    if not issubclass(owner, Record):
        raise Misdeclared(str(field), "不是业务记录的字段", "引用登记表的字段")
    return owner


def _interval(key: str, record: type[Record]) -> tuple[str, str]:
    if issubclass(record, Standing):
        return "valid_from", "valid_to"
    if issubclass(record, Case):
        return "opened_on", "concluded_on"
    if issubclass(record, Entry):
        raise Misdeclared(key, "一次性登记没有存量", "用 Count")
    raise Misdeclared(key, f"不知道{record.__name__}的起止日期", "写明 begins= 和 ends=")
