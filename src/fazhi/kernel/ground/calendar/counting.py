"""How a period is counted: the codes rules carry, what each stands on, and why some periods cannot be computed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Protocol, TypeGuard, cast


class Mode(Enum):
    """The arithmetic behind a code."""

    NATURAL = "natural"
    MONTHS = "months"
    WORKING = "working"
    HOURS = "hours"
    FIXED = "fixed"
    NONE = "none"


class Reason(Enum):
    """Why a due day is refused; the value is what the user reads."""

    NO_NUMBER = "法律未规定天数，应当及时办理"
    SET_BY_NOTICE = "期限由文书或者本机关制度确定，须先填写"
    UNKNOWN_NUMBER = "法律文本尚未核对，天数未知，须由管理员填写并注明依据"
    NOT_A_PERIOD = "该条是计算方法，不是一段期间"
    RATE = "该条是按日加处罚款的算法，没有届满日"
    TALLY = "该条按自然年度内的次数考核，没有逐件的届满日"
    NEEDS_INSTANT = "按小时计算且不足整日，须登记起算的时刻"
    CANNOT_MOVE = "该期限不适用中止、延长"
    CONTRADICTION = "规则的单位与计算方法不一致"
    HAS_NUMBER = "法律已规定天数，不能另行填写"


class NotComputable(Exception):
    """Raised instead of a guess; ``reason`` says why there is no due day."""

    def __init__(self, reason: Reason, title: str = "") -> None:
        self.reason = reason
        super().__init__(f"{title}：{reason.value}" if title else reason.value)


class Method(Enum):
    """The codes, each with its arithmetic and the article it stands on (empty: the rule's own words)."""

    ND_CPL = ("ND-CPL", Mode.NATURAL, "《中华人民共和国民事诉讼法》85")
    ND_CIV = ("ND-CIV", Mode.NATURAL, "《中华人民共和国民法典》200至203")
    M_CPL = ("M-CPL", Mode.MONTHS, "《中华人民共和国民事诉讼法》85、《中华人民共和国民法典》202")
    M_CIV = ("M-CIV", Mode.MONTHS, "《中华人民共和国民法典》200至203")
    WD = ("WD", Mode.WORKING, "")
    WD_ARL23 = ("WD-ARL23", Mode.WORKING, "《中华人民共和国行政复议法（2023年修订）》88(2)")
    WD_ARL17 = ("WD-ARL17", Mode.WORKING, "《中华人民共和国行政复议法（2017年修正）》40(2)")
    WD_PEN = ("WD-PEN", Mode.WORKING, "《中华人民共和国行政处罚法（2021年修订）》85")
    WD_COMP = ("WD-COMP", Mode.WORKING, "《中华人民共和国行政强制法》69")
    WD_LIC = ("WD-LIC", Mode.WORKING, "《中华人民共和国行政许可法（2019年修正）》82")
    HOUR = ("HOUR", Mode.HOURS, "")
    FIXED = ("FIXED", Mode.FIXED, "")
    SET_BY_NOTICE = ("SET-BY-NOTICE", Mode.NONE, "")
    UNKNOWN = ("UNKNOWN", Mode.NONE, "")
    NO_NUMBER = ("NONE", Mode.NONE, "")
    META = ("META", Mode.NONE, "")
    RATE = ("RATE", Mode.NONE, "")
    TALLY = ("TALLY", Mode.NONE, "")

    def __init__(self, code: str, mode: Mode, basis: str) -> None:
        self.code = code
        self.mode = mode
        self.basis = basis

    @property
    def posting_counts(self) -> bool:
        """Whether what is posted within the period is in time (Civil Procedure Law art. 85(4))."""
        return self in (Method.ND_CPL, Method.M_CPL)


_BY_CODE = {each.code: each for each in Method}

_REFUSED = {
    Method.SET_BY_NOTICE: Reason.SET_BY_NOTICE,
    Method.UNKNOWN: Reason.UNKNOWN_NUMBER,
    Method.NO_NUMBER: Reason.NO_NUMBER,
    Method.META: Reason.NOT_A_PERIOD,
    Method.RATE: Reason.RATE,
    Method.TALLY: Reason.TALLY,
}

_OPEN = frozenset({Method.SET_BY_NOTICE, Method.UNKNOWN, Method.NO_NUMBER})

_UNITS = {
    Mode.NATURAL: ("day",),
    Mode.WORKING: ("working_day",),
    Mode.MONTHS: ("month", "year"),
    Mode.HOURS: ("hour",),
}

_OF_UNIT = {
    "day": Method.ND_CIV,
    "working_day": Method.WD,
    "month": Method.M_CIV,
    "year": Method.M_CIV,
    "hour": Method.HOUR,
}


class PeriodLike(Protocol):
    """What the engine asks of a bare period; ``law.Period`` is one."""

    def __hash__(self) -> int: ...

    @property
    def value(self) -> int | None:
        """The number, if the law has one."""

    @property
    def unit(self) -> str | None:
        """``day``, ``working_day``, ``month``, ``year`` or ``hour``."""

    @property
    def fixed_date(self) -> tuple[int, int] | None:
        """Month and day of a date that returns every year."""

    @property
    def inclusive(self) -> bool:
        """Whether the fixed date itself is in time."""


class RuleLike(Protocol):
    """What the engine asks of a rule; ``law.Rule`` is one."""

    def __hash__(self) -> int: ...

    @property
    def title_zh(self) -> str:
        """The name of the period."""

    @property
    def period(self) -> PeriodLike:
        """How long it is."""

    @property
    def computing_rule(self) -> str:
        """The code it is counted by; see :func:`parse`."""

    @property
    def basis(self) -> str:
        """Law and article, as cited."""

    @property
    def certainty(self) -> str:
        """``verified``, ``secondary`` or ``unverified``."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reasoning cites for the length of a period: its name, law and article, and how well it is known."""

    title: str = ""
    basis: str = ""
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """This period ready to be counted: method, number, direction, and what to cite.

    ``value`` is in days, working days, months (years are 12) or hours by ``method.mode``; ``fixed`` is month and day.
    """

    method: Method
    value: int
    backwards: bool = False
    fixed: tuple[int, int] | None = None
    inclusive: bool = True
    cited: Citation = Citation()


def is_rule(what: object) -> TypeGuard[RuleLike]:
    """Whether this is a rule rather than a bare period."""
    return hasattr(what, "computing_rule")


@lru_cache(maxsize=4096)
def term(what: RuleLike | PeriodLike) -> Term:
    """This rule, or bare period, made ready; raises :class:`NotComputable` where no number leads to a day.

    A bare period is counted by the Civil Code, or in working days where its unit says so.
    """
    if not is_rule(what):
        return _of_period(cast(PeriodLike, what))
    method, backwards = parse(what.computing_rule)
    if method in _REFUSED:
        raise NotComputable(_REFUSED[method], what.title_zh)
    period = what.period
    if method.mode is Mode.FIXED:
        if period.fixed_date is None:
            raise NotComputable(Reason.CONTRADICTION, what.title_zh)
        return Term(method, 0, False, period.fixed_date, period.inclusive, _cited(what))
    if period.value is None:
        raise NotComputable(Reason.UNKNOWN_NUMBER if period.unit else Reason.NOT_A_PERIOD, what.title_zh)
    if period.unit not in _UNITS[method.mode]:
        raise NotComputable(Reason.CONTRADICTION, what.title_zh)
    return Term(method, _number(period.value, period.unit), backwards, cited=_cited(what))


def term_given(rule: RuleLike, given: PeriodLike | None) -> Term:
    """This rule made ready with the number a document gave it; with ``None`` the document names the day itself.

    A rule that names only its unit keeps its way of counting; one that names nothing is counted as the unit demands.
    Raises :class:`NotComputable` where the law has a number of its own.
    """
    method, backwards = parse(rule.computing_rule)
    names_unit_only = rule.period.value is None and rule.period.unit is not None
    if method not in _OPEN and not names_unit_only:
        raise NotComputable(Reason.HAS_NUMBER, rule.title_zh)
    if given is None:
        return Term(Method.SET_BY_NOTICE, 0, cited=_cited(rule))
    fits = given.unit in _UNITS.get(method.mode, ())
    counted = _of_period(given)
    return replace(counted, method=method if fits else counted.method, backwards=backwards, cited=_cited(rule))


def _cited(rule: RuleLike) -> Citation:
    return Citation(rule.title_zh, rule.basis, str(rule.certainty))


def _of_period(period: PeriodLike) -> Term:
    if period.fixed_date is not None:
        return Term(Method.FIXED, 0, False, period.fixed_date, period.inclusive)
    if period.value is None or period.unit is None:
        raise NotComputable(Reason.NO_NUMBER)
    return Term(_OF_UNIT[period.unit], _number(period.value, period.unit))


def _number(value: int, unit: str) -> int:
    return value * 12 if unit == "year" else value


@lru_cache(maxsize=256)
def parse(code: str) -> tuple[Method, bool]:
    """The method of a code, and whether it is counted back from the event (``BEFORE; WD-PEN``).

    Raises :class:`ValueError` for a code this engine does not know.
    """
    bare = code.removeprefix("BEFORE; ")
    try:
        method = _BY_CODE[bare]
    except KeyError:
        raise ValueError(f"unknown computing rule {code!r}; known: {', '.join(_BY_CODE)}") from None
    backwards = bare != code
    if backwards and method.mode not in (Mode.NATURAL, Mode.MONTHS, Mode.WORKING):
        raise ValueError(f"{code!r}: only days and months are counted back")
    return method, backwards
