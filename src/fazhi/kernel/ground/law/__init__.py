"""The law as data: which rule, in which version, governs a day; and what a bureau decided about it."""

from fazhi.kernel.ground.law.bureau import Decision, settings_of
from fazhi.kernel.ground.law.effect import Effect, Effective, RefusedSetting, Setting, applied, effective, faults
from fazhi.kernel.ground.law.entries import Certainty, Kind, Period, Rule, Unit
from fazhi.kernel.ground.law.rulebook import (
    NotInForce,
    Rulebook,
    UnknownRegime,
    UnknownRule,
    rule,
    rules,
    shipped,
    versions,
)

__all__ = [
    "Certainty",
    "Decision",
    "Effect",
    "Effective",
    "Kind",
    "NotInForce",
    "Period",
    "RefusedSetting",
    "Rule",
    "Rulebook",
    "Setting",
    "Unit",
    "UnknownRegime",
    "UnknownRule",
    "applied",
    "effective",
    "faults",
    "rule",
    "rules",
    "settings_of",
    "shipped",
    "versions",
]
