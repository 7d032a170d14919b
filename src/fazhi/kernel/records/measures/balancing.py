"""Balancing: opening stock + inflow = outflow + closing stock, held against the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fazhi.kernel.records.measures.computing import over
from fazhi.kernel.records.measures.declaring import Balance
from fazhi.kernel.records.measures.figures import Figure, Scope
from fazhi.kernel.records.measures.periods import Period


@dataclass(frozen=True, slots=True)
class Balanced:
    """This balance in one period, with its figures."""

    balance: Balance
    opening: Figure
    inflow: tuple[Figure, ...]
    outflow: tuple[Figure, ...]
    closing: Figure

    @property
    def difference(self) -> Decimal | None:
        """By how much more there is than there should be; None while a figure is missing."""
        if any(each.value is None for each in (self.opening, *self.inflow, *self.outflow, self.closing)):
            return None
        return _sum(self.outflow) + _sum([self.closing]) - _sum([self.opening]) - _sum(self.inflow)

    @property
    def holds(self) -> bool:
        """Whether it adds up."""
        return self.difference == 0

    @property
    def sentence(self) -> str:
        """This balance in numbers, and what is wrong with it."""
        into = "".join(f"＋{each.measure.label}{each.text}" for each in self.inflow)
        out = "＋".join(f"{each.measure.label}{each.text}" for each in self.outflow)
        said = f"期初{self.opening.text}{into}；{out}＋期末{self.closing.text}"
        if self.difference is None:
            return f"{said}：数据不全，无法核对"
        if self.holds:
            return f"{said}：平衡"
        return f"{said}：不平衡，差{abs(self.difference):f}{self.balance.stock.unit}，请检查缺日期或重复登记的记录"


def balanced(balances: Iterable[Balance], period: Period, scope: Scope) -> list[Balanced]:
    """These balances in ``period``. Needs the jurisdiction in session."""
    wanted = list(balances)
    before, here = over([each for balance in wanted for each in balance.measures], [period.eve(), period], scope)
    return held(wanted, before, here)


def held(balances: Iterable[Balance], before: Mapping[str, Figure], here: Mapping[str, Figure]) -> list[Balanced]:
    """These balances of figures that are known: those of the period, and of the day before it."""
    return [
        Balanced(
            balance,
            before[balance.stock.key],
            tuple(here[each.key] for each in balance.inflow),
            tuple(here[each.key] for each in balance.outflow),
            here[balance.stock.key],
        )
        for balance in balances
    ]


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((each.value for each in figures if each.value is not None), Decimal(0))
