"""The figures tokens stand for, and how each is written: always true of the value, or said to be missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from fazhi.figures import FORMS, UntrueForm, written
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.kernel.records.measures.computing import over
from fazhi.kernel.records.measures.declaring import Measure
from fazhi.kernel.records.measures.figures import Figure, Scope, State
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.scanning import FEW
from fazhi.lines.report.queries.tokens import Token

Figures: TypeAlias = "dict[tuple[str, str], Figure]"
"""Figures by measure key and code of the period."""


class Stand(StrEnum):
    """How a token stands to the records."""

    TRUE = "true"
    UNTRUE = "untrue"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Words:
    """This figure in words. Where it cannot be written, ``text`` shows that it is missing, ``reason`` says why."""

    text: str
    stand: Stand
    reason: str = ""


def scope_of(subject: Unit) -> Scope:
    """Whose figures a report on ``subject`` gives: the bureau's report tells of the whole area."""
    whole = subject.kind in (UnitKind.AREA, UnitKind.BUREAU)
    return Scope(subject.jurisdiction_id, None if whole else subject.id)


def figures(
    tokens: Iterable[Token], scope: Scope, *, beside: Iterable[Period] = (), measures: Iterable[Measure] = ()
) -> Figures:
    """The figures of all tokens and of further ``measures``, each in each of the tokens' periods and those ``beside``.

    Needs the jurisdiction in session. Two statements for every three periods.
    """
    wanted = list(tokens)
    measures = list({each.key: each for each in (*(token.measure for token in wanted), *measures)}.values())
    periods = list(dict.fromkeys([*beside, *(token.span for token in wanted)]))
    found: Figures = {}
    for start in range(0, len(periods), FEW):
        few = periods[start : start + FEW]
        for period, values in zip(few, over(measures, few, scope), strict=True):
            found |= {(key, period.code): figure for key, figure in values.items()}
    return found


def write(figure: Figure, form: str) -> Words:
    """This figure in a form."""
    if figure.value is None:
        reason = "未填报，或填报后尚未采用" if figure.state is State.MISSING else "本单位没有这项职权或业务"
        return Words(f"〔{figure.state.label}〕", Stand.MISSING, reason)
    try:
        return Words(written(figure.value, form), Stand.TRUE)
    except UntrueForm as error:
        return Words(written(figure.value, _safe(figure)), Stand.UNTRUE, str(error))


def _safe(figure: Figure) -> str:
    """A form that is true of every value."""
    return "share" if figure.measure.unit == "%" else "plain"


def fitting(figure: Figure, form: str) -> str:
    """This form if it is true of the figure and worth writing, else the next one that is.

    Of a figure that is not there yet the form as given.
    """
    if figure.value is None:
        return form
    forms = _forms(figure)
    tried = (form, *forms) if form in forms or figure.measure.unit == "%" else forms
    return next((each for each in tried if write(figure, each).stand is Stand.TRUE), _safe(figure))


def offered(figure: Figure) -> list[tuple[str, str]]:
    """The forms in which a figure may be written now, each with what it gives; alike ones once."""
    found: dict[str, str] = {}
    if figure.value is not None:
        for form in _forms(figure):
            words = write(figure, form)
            if words.stand is Stand.TRUE:
                found.setdefault(words.text, form)
    return [(form, text) for text, form in found.items()]


_RATES = ("percent1", "percent", "percent2", "over_percent", "percent_above", "share", "all")


def _forms(figure: Figure) -> tuple[str, ...]:
    if figure.measure.unit == "%":
        return _RATES
    assert figure.value is not None
    kept = [form for form in FORMS if form not in (*_RATES, "over_percent1", "chinese_liang", "none")]
    return tuple(form for form in kept if _worth(form, figure.value))


# Below these a way of writing says less than the number does.
_LEAST = {"grouped": 1000, "ten": 11, "hundred": 110, "thousand": 1100, "wan": 10_000, "yi": 100_000_000}
_LONGEST_CHINESE = 10


def _worth(form: str, value: Decimal) -> bool:
    if form == "chinese":
        return value <= _LONGEST_CHINESE
    scale = form.partition("_")[0].rstrip("12")
    # 近100 of 98 is as good as 近1万 of 9800.
    least = _LEAST.get(scale, 0)
    return value >= (least * _NEAR if form.endswith("_near") else least)


_NEAR = Decimal("0.8")
