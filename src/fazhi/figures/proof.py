"""Proving a text: every figure held against the records, against last year's, and against the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from fazhi.figures.binding import bind
from fazhi.figures.catalogue import Catalogue, Measure
from fazhi.figures.checking import Check, Finding, check
from fazhi.figures.checking.passage import rounded
from fazhi.figures.lexicon import Lexicon
from fazhi.figures.model import PERCENT, PERCENTAGE_POINT, Kind, Range, Role, Statement, Verdict, plain, shown
from fazhi.figures.reader import find
from fazhi.figures.text import Text

Value = Decimal | int | float | Range | None
_IGNORED: Final = {
    Kind.NAME: "名称中的数字，不是数据",
    Kind.DATE: "日期或期间，不是数据",
    Kind.TARGET: "计划目标，不与本期记录核对",
}
# Factors by which figures are off when a unit was mistaken.
_MISTAKEN: Final = ((Decimal(10_000), "万"), (Decimal(100), "百"), (Decimal(10), "十"))
_WORST: Final = (Verdict.CONTRADICTS, Verdict.EXPLAINED, Verdict.UNBOUND, Verdict.AGREES)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The value of a measure from the records, with what explains it.

    `carried_in` is the stock at the beginning of the period that counts towards the value (cases of last year concluded
    in this one). `part` and `whole` are those of a rate, `whole_label` says what the whole is.
    """

    value: Decimal | int | float | Range | None
    carried_in: Decimal | int | None = None
    part: Decimal | int | None = None
    whole: Decimal | int | None = None
    whole_label: str = ""


Values = Mapping[str, "Recorded | Value"]


@dataclass(frozen=True, slots=True)
class Proof:
    """A text proven: its statements with expected value, verdict and reason, and what was found inside the text."""

    raw: str
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many statements came to each verdict."""
        counted = Counter(s.verdict for s in self.statements)
        return {verdict: counted[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[Statement]:
        """The statements that came to `verdict`, in order."""
        return [s for s in self.statements if s.verdict is verdict]

    def as_json(self) -> list[dict[str, Any]]:
        """The statements as published, ready for `json.dumps`."""
        return [s.as_json() for s in self.statements]


def prove(
    text: str | Text,
    catalogue: Catalogue,
    values: Values,
    *,
    last_year: Values | None = None,
    confirmed: Mapping[str, str] | None = None,
    lexicon: Lexicon | None = None,
) -> Proof:
    """Hold every figure of a text against the records and against the text itself.

    Args:
        text: the text as read.
        catalogue: the measures figures are bound to.
        values: from the key of a measure to its value in the period: percentages in percentage points, money in 元.
        last_year: the same for the period before; earlier values and changes are held against it.
        confirmed: bindings people have confirmed (see `binding.context`).
        lexicon: the vocabulary, if not the built-in one.

    Returns:
        The statements, each with `expected`, `verdict` and `reason`, and the findings inside the text. A rounded or
        bounded figure agrees when the value of the records is one it is true of.
    """
    analysed = text if isinstance(text, Text) else Text.of(text, lexicon)
    read = find(analysed)
    findings = check(analysed, read)
    bound = bind(read, catalogue, confirmed=confirmed, lexicon=lexicon)
    judge = _Judge(catalogue, _recorded(values), _recorded(last_year or {}), findings, bound)
    return Proof(analysed.raw, tuple(judge.judged(i) for i in range(len(bound))), tuple(findings))


def _recorded(values: Values) -> dict[str, Recorded]:
    return {key: value if isinstance(value, Recorded) else Recorded(value) for key, value in values.items()}


def _range(value: Value) -> Range | None:
    if value is None or isinstance(value, Range):
        return value
    return Range.point(Decimal(str(value)))


class _Judge:
    def __init__(
        self,
        catalogue: Catalogue,
        values: Mapping[str, Recorded],
        last_year: Mapping[str, Recorded],
        findings: Sequence[Finding],
        statements: Sequence[Statement],
    ) -> None:
        self.catalogue = catalogue
        self.values = values
        self.last_year = last_year
        self.statements = statements
        self.findings: dict[int, list[Finding]] = {}
        for finding in findings:
            self.findings.setdefault(finding.statements[0].start, []).append(finding)

    def judged(self, i: int) -> Statement:
        """The i-th statement with expected value, verdict and reason."""
        statement = self.statements[i]
        inside = self._inside(statement)
        if statement.kind in _IGNORED:
            wrong = inside if inside and inside.verdict is Verdict.CONTRADICTS else None
            return statement.judged(
                Verdict.CONTRADICTS if wrong else Verdict.IGNORED, wrong.reason if wrong else _IGNORED[statement.kind]
            )
        if statement.place.role is Role.CHANGE:
            return self._change(statement, self._base(i), inside)
        measure = self.catalogue.get(statement.measure_key)
        if measure is None:
            return _inside_only(statement, inside, "未能对应到指标，无法与记录核对")
        earlier = statement.place.role is Role.PREVIOUS
        source = (self.last_year if earlier else self.values).get(measure.key)
        value = _range(source.value) if source else None
        if source is None or value is None:
            which = "上年" if earlier else "本期"
            return _inside_only(statement, inside, f"指标“{measure.label}”没有{which}数值，无法核对")
        return self._against(statement, measure, source, value, inside)

    def _inside(self, statement: Statement) -> Finding | None:
        found = self.findings.get(statement.start, [])
        return min(found, key=lambda f: _WORST.index(f.verdict), default=None)

    def _against(
        self, statement: Statement, measure: Measure, source: Recorded, value: Range, inside: Finding | None
    ) -> Statement:
        expected = value.low if value.low == value.high else None
        if not statement.bounds.meets(value):
            return statement.judged(Verdict.CONTRADICTS, self._difference(statement, measure, value), expected)
        reason = _agreement(statement, measure, value)
        explained = self._explained(statement, measure, source, inside)
        if inside is not None and inside.verdict is Verdict.CONTRADICTS:
            return statement.judged(Verdict.CONTRADICTS, f"{reason}；但{inside.reason}", expected)
        if explained:
            return statement.judged(Verdict.EXPLAINED, f"{reason}；{explained}", expected)
        return statement.judged(Verdict.AGREES, reason, expected)

    def _explained(self, statement: Statement, measure: Measure, source: Recorded, inside: Finding | None) -> str:
        """What explains a figure that agrees with the records and yet looks odd in the text."""
        if inside is not None and inside.check is Check.STAGES:
            other = inside.statements[1]
            told = f"{statement.surface}多于前一环节的{other.surface}"
            if source.carried_in:
                return f"{told}，是因为含上年结转的{shown(Decimal(source.carried_in))}{measure.unit}"
            return inside.reason if inside.verdict is Verdict.EXPLAINED else ""
        if source.part is not None and source.whole and inside is not None and inside.verdict is Verdict.EXPLAINED:
            label = source.whole_label or inside.reason
            return (
                f"{source.part}÷{source.whole}，分母为{label}；{inside.reason}" if source.whole_label else inside.reason
            )
        return inside.reason if inside is not None and inside.verdict is Verdict.EXPLAINED else ""

    def _difference(self, statement: Statement, measure: Measure, value: Range) -> str:
        recorded = _told(value, measure.unit)
        reason = f"指标“{measure.label}”记录为{recorded}，文中为{statement.surface}"
        stated = statement.value
        if value.low is None or value.low != value.high or stated is None:
            return reason
        if statement.unit == PERCENT:
            reason += f"，相差{shown(rounded(abs(stated - value.low), 2))}个百分点"
        else:
            reason += f"，{'多' if stated > value.low else '少'}{shown(abs(stated - value.low))}{measure.unit}"
        return reason + self._hint(statement, measure, value.low)

    def _hint(self, statement: Statement, measure: Measure, value: Decimal) -> str:
        before = self.last_year.get(measure.key)
        last = _range(before.value) if before else None
        if last is not None and statement.place.role is Role.CURRENT and statement.bounds.meets(last):
            return "；与上年数值相同，可能沿用了上年文稿"
        for factor, sign in _MISTAKEN:
            for off, way in ((value * factor, "多"), (value / factor, "少")):
                if off in statement.bounds:
                    return f"；恰差{shown(factor)}倍，可能{way}写了“{sign}”或单位有误"
        return ""

    def _base(self, i: int) -> Statement | None:
        """The figure that a change is said of: the nearest bound one before it in its sentence."""
        sentence = self.statements[i].place.sentence
        for earlier in reversed(self.statements[:i]):
            if earlier.place.sentence != sentence or earlier.place.table:
                return None
            if earlier.kind is Kind.MEASURE and earlier.place.role is Role.CURRENT:
                return earlier if earlier.measure_key else None
        return None

    def _change(self, statement: Statement, base: Statement | None, inside: Finding | None) -> Statement:
        key = base.measure_key if base else None
        now, before = (self._point(source, key) for source in (self.values, self.last_year))
        if base is None or key is None or now is None or before is None:
            return _inside_only(statement, inside, "变化幅度缺少上年或本期数值，无法核对")
        expected = _moved(statement, base, now, before)
        if expected is None or statement.value is None:
            return _inside_only(statement, inside, "变化的口径文中未说明，无法核对")
        label = self.catalogue[key].label
        reason = f"“{label}”上年{shown(before)}、本期{shown(now)}，变化{shown(rounded(expected, 2))}{statement.unit}"
        bound = replace(statement, measure_key=key)
        if abs(expected) in statement.bounds or expected in statement.bounds:
            return bound.judged(Verdict.AGREES, f"{reason}，与{statement.surface}相符", expected)
        return bound.judged(Verdict.CONTRADICTS, f"{reason}，与{statement.surface}不符", expected)

    def _point(self, source: Mapping[str, Recorded], key: str | None) -> Decimal | None:
        found = source.get(key) if key else None
        value = _range(found.value) if found else None
        return value.low if value is not None and value.low == value.high else None


def _moved(statement: Statement, base: Statement, now: Decimal, before: Decimal) -> Decimal | None:
    """By how much a measure moved, in the unit in which the text says so."""
    if statement.unit == PERCENTAGE_POINT and base.unit == PERCENT:
        return now - before
    if statement.unit == PERCENT and base.unit != PERCENT:
        return (now - before) * 100 / before if before else None
    return now - before if statement.unit == base.unit and base.unit != PERCENT else None


def _inside_only(statement: Statement, inside: Finding | None, missing: str) -> Statement:
    """A verdict from the text alone."""
    if inside is None or inside.verdict is Verdict.UNBOUND:
        return statement.judged(Verdict.UNBOUND, f"{missing}；{inside.reason}" if inside else missing)
    if inside.verdict is Verdict.AGREES:
        return statement.judged(Verdict.UNBOUND, f"{missing}；文内核对：{inside.reason}")
    return statement.judged(inside.verdict, f"文内核对：{inside.reason}", inside.expected)


def _agreement(statement: Statement, measure: Measure, value: Range) -> str:
    recorded = _told(value, measure.unit)
    if value.low is not None and value.low == value.high and value.low == statement.value:
        return f"与指标“{measure.label}”的记录{recorded}一致"
    return f"指标“{measure.label}”记录为{recorded}，在“{statement.surface}”的范围内"


def _told(value: Range, unit: str) -> str:
    if value.low is not None and value.low == value.high:
        number = rounded(value.low, 2) if unit == PERCENT else value.low
        return f"{shown(number)}{unit}"
    low, high = plain(value.low), plain(value.high)
    return f"{'不限' if low is None else low}至{'不限' if high is None else high}{unit}"
