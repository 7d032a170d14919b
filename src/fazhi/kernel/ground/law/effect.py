"""What a rule may do in one bureau: its certainty, and what the bureau's administrator has decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.law.entries import Certainty, Period, Rule, Unit
from fazhi.kernel.ground.law.rulebook import Rulebook, shipped


class Effect(StrEnum):
    """How far a rule reaches: it counts and fires, it only warns, or it is off."""

    ON = "on"
    WARNS = "warns"
    OFF = "off"


_BY_CERTAINTY = {
    Certainty.VERIFIED: Effect.ON,
    Certainty.SECONDARY: Effect.WARNS,
    Certainty.UNVERIFIED: Effect.OFF,
}

_COMPUTING = {
    Unit.DAY: "ND-CIV",
    Unit.WORKING_DAY: "WD",
    Unit.MONTH: "M-CIV",
    Unit.YEAR: "M-CIV",
    Unit.HOUR: "HOUR",
}
_WITHOUT_NUMBER = frozenset({"NONE", "UNKNOWN", "SET-BY-NOTICE"})
_BACKWARDS = "BEFORE; "
_NOT_A_PERIOD = frozenset({"META", "RATE", "TALLY", "FIXED"})

SOURCE_LENGTH = 300


class Setting(Protocol):
    """What an administrator decided about one version of a rule (stored as ``models.RuleSetting``, read by ``bureau``).

    ``rule_id`` is the id of the *version* (:attr:`Rule.id`); ``value`` with ``unit`` replace or supply the number.
    """

    @property
    def rule_id(self) -> str:
        """The id of the version this is about."""

    @property
    def enabled(self) -> bool:
        """Whether the rule is on."""

    @property
    def value(self) -> int | None:
        """The number the bureau gives it, if any."""

    @property
    def unit(self) -> str | None:
        """The unit of that number, as in :class:`Unit`."""

    @property
    def source(self) -> str:
        """The document, number and article the decision rests on."""


class RefusedSetting(Refused):
    """Raised when a setting may not stand; the message says to the administrator what is missing."""


@dataclass(frozen=True, slots=True)
class Effective:
    """This rule as it applies in one bureau.

    ``rule`` has the bureau's number where one was set; ``shipped`` is the entry as it came; ``source`` is what the
    administrator gave as authority (empty where nobody decided anything).
    """

    rule: Rule
    effect: Effect
    shipped: Rule
    source: str = ""

    @property
    def fires(self) -> bool:
        """Whether expiry may fire an act and count as overdue."""
        return self.effect is Effect.ON

    @property
    def shown(self) -> bool:
        """Whether a clock under this rule is shown at all."""
        return self.effect is not Effect.OFF

    @property
    def label(self) -> str:
        """The mark beside a due day: empty for a verified rule as shipped."""
        if self.effect is Effect.OFF:
            return "未启用"
        if self.effect is Effect.WARNS:
            return "待核实"
        return "本机关核定" if self.source else ""


def effective(
    rule_id: str,
    on: date,
    settings: Iterable[Setting] = (),
    *,
    regime: str | None = None,
    book: Rulebook | None = None,
) -> Effective:
    """The version of ``rule_id`` in force on that day, with what the bureau decided about it.

    ``verified`` entries are on, ``secondary`` ones warn, ``unverified`` ones are off; a setting of that version turns
    any of them on or off and may give a number. Raises what :meth:`Rulebook.rule` raises.
    """
    found = (book or shipped()).rule(rule_id, on=on, regime=regime)
    for setting in settings:
        if setting.rule_id == found.id:
            return applied(found, setting)
    return Effective(found, _BY_CERTAINTY[found.certainty], found)


def applied(found: Rule, setting: Setting) -> Effective:
    """This entry under this setting; raises :class:`RefusedSetting` where :func:`faults` finds any."""
    wrong = faults(found, setting)
    if wrong:
        raise RefusedSetting(f"{found.id}：" + "；".join(wrong))
    if not setting.enabled:
        return Effective(found, Effect.OFF, found, setting.source)
    if setting.value is None or setting.unit is None:
        return Effective(found, Effect.ON, found, setting.source)
    unit = Unit(setting.unit)
    changed = replace(
        found,
        period=Period(setting.value, unit),
        computing_rule=_computing(found.computing_rule, found.period.unit, unit),
    )
    return Effective(changed, Effect.ON, found, setting.source)


def faults(found: Rule, setting: Setting) -> tuple[str, ...]:
    """Why this setting may not stand, in words for the administrator; empty when it may."""
    wrong: list[str] = []
    if not setting.source.strip():
        wrong.append("请写明依据（文件名称、文号和条款）")
    elif len(setting.source.strip()) > SOURCE_LENGTH:
        wrong.append(f"依据最多{SOURCE_LENGTH}个字")
    if (setting.value is None) != (setting.unit is None):
        wrong.append("数额和单位须同时填写")
    elif setting.value is not None and (setting.value < 1 or setting.unit not in list(Unit)):
        wrong.append("数额须为正整数，单位须为日、工作日、月、年或小时")
    elif setting.unit == Unit.HOUR and found.computing_rule.startswith(_BACKWARDS):
        wrong.append("向前推算的期限不能按小时计算")
    if found.computing_rule in _NOT_A_PERIOD:
        if setting.value is not None:
            wrong.append("该条不是一段期间，不能填写数额")
    elif setting.enabled and setting.value is None and found.needs_number:
        wrong.append("该规则没有数额，启用须填写数额和单位")
    return tuple(wrong)


def _computing(code: str, shipped_unit: Unit | None, unit: Unit) -> str:
    """How the bureau's number is counted: as the entry counts where the unit allows, else as the unit demands."""
    before, _, bare = code.rpartition("; ")
    same_family = shipped_unit == unit or {shipped_unit, unit} == {Unit.MONTH, Unit.YEAR}
    if bare in _WITHOUT_NUMBER or not same_family:
        bare = _COMPUTING[unit]
    return f"{before}; {bare}" if before else bare
