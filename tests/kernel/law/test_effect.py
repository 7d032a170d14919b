"""How far a rule reaches: by its certainty, and by what the bureau decided about it."""

from datetime import date

import pytest

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import Method, term
from fazhi.kernel.ground.law import Certainty, Decision, Effect, RefusedSetting, Rule, Unit, applied, effective, faults

ON = date(2026, 6, 1)
SOURCE = "区司法局〔2026〕3号文件第二条"


def _first(certainty: Certainty, *, numbered: bool = True) -> Rule:
    return next(
        each
        for each in law.rules(on=ON)
        if each.certainty is certainty
        and each.regime is None
        and (each.period.value is not None) == numbered
        and each.needs_number != numbered
    )


def _decision(found: Rule, *, enabled: bool = True, value: int | None = None, unit: str | None = None) -> Decision:
    return Decision(found.id, enabled, value, unit, SOURCE)


@pytest.mark.parametrize("found", list(law.rules(on=ON)), ids=lambda each: each.id)
def test_certainty_decides_as_long_as_nobody_does(found: Rule) -> None:
    shown, fires, label = {
        Certainty.VERIFIED: (True, True, ""),
        Certainty.SECONDARY: (True, False, "待核实"),
        Certainty.UNVERIFIED: (False, False, "未启用"),
    }[found.certainty]
    result = effective(found.rule, ON, regime=found.regime)
    assert (result.shown, result.fires, result.label, result.source) == (shown, fires, label, "")
    assert result.rule is result.shipped is found


@pytest.mark.parametrize("certainty", list(Certainty))
def test_a_decision_with_a_source_turns_any_rule_on_or_off(certainty: Certainty) -> None:
    found = _first(certainty)
    on = effective(found.rule, ON, [_decision(found)])
    assert (on.effect, on.fires, on.label, on.source) == (Effect.ON, True, "本机关核定", SOURCE)
    assert on.rule is found
    off = effective(found.rule, ON, [_decision(found, enabled=False)])
    assert (off.effect, off.fires, off.shown, off.label) == (Effect.OFF, False, False, "未启用")


def test_a_decision_concerns_its_version_only() -> None:
    other = Decision("reconsideration.reply.old", False, None, None, SOURCE)
    assert effective("reconsideration.reply", ON, [other]).fires
    assert not effective("reconsideration.reply", date(2023, 6, 1), [other]).shown


def test_a_number_set_by_the_bureau_replaces_the_shipped_one_and_counts_alike() -> None:
    found = law.shipped().entry("reconsideration.serve_copy")
    result = effective(found.rule, ON, [_decision(found, value=4, unit="working_day")])
    assert (result.rule.period.value, result.rule.computing_rule) == (4, found.computing_rule)
    assert result.shipped is found
    assert found.period.value == 7


@pytest.mark.parametrize(
    ("unit", "code"),
    [("day", "ND-CIV"), ("working_day", "WD"), ("month", "M-CIV"), ("year", "M-CIV"), ("hour", "HOUR")],
)
def test_a_rule_without_a_number_is_counted_as_the_unit_demands(unit: str, code: str) -> None:
    found = law.shipped().entry("enforcement.supervision.national")
    result = applied(found, _decision(found, value=9, unit=unit))
    assert (result.rule.computing_rule, result.rule.period.unit) == (code, Unit(unit))
    assert term(result.rule).value == (9 * 12 if unit == "year" else 9)


def test_another_unit_changes_the_counting_and_keeps_the_direction() -> None:
    found = law.shipped().entry("reconsideration.hearing.notice")
    assert found.computing_rule == "BEFORE; WD-ARL23"
    made = term(applied(found, _decision(found, value=10, unit="day")).rule)
    assert (made.method, made.value, made.backwards) == (Method.ND_CIV, 10, True)
    months = law.shipped().entry("litigation.sue.direct")
    assert applied(months, _decision(months, value=1, unit="year")).rule.computing_rule == months.computing_rule


@pytest.mark.parametrize(
    ("rule_id", "enabled", "value", "unit", "source", "fault"),
    [
        ("reconsideration.accept", True, None, None, " ", "请写明依据"),
        ("reconsideration.accept", False, None, None, "", "请写明依据"),
        ("reconsideration.accept", True, None, None, "x" * 301, "依据最多300个字"),
        ("reconsideration.accept", True, 5, None, SOURCE, "数额和单位须同时填写"),
        ("reconsideration.accept", True, None, "day", SOURCE, "数额和单位须同时填写"),
        ("reconsideration.accept", True, 0, "day", SOURCE, "数额须为正整数"),
        ("reconsideration.accept", True, 5, "week", SOURCE, "数额须为正整数"),
        ("enforcement.supervision.national", True, None, None, SOURCE, "启用须填写数额和单位"),
        ("report.annual.submit", True, 5, "day", SOURCE, "不是一段期间"),
        ("study.lectures", True, 5, "day", SOURCE, "不是一段期间"),
        ("reconsideration.hearing.notice", True, 5, "hour", SOURCE, "不能按小时"),
    ],
)
def test_a_decision_that_may_not_stand_is_refused_with_its_fault(
    rule_id: str, enabled: bool, value: int | None, unit: str | None, source: str, fault: str
) -> None:
    found = law.shipped().entry(rule_id)
    decision = Decision(rule_id, enabled, value, unit, source)
    assert any(fault in each for each in faults(found, decision))
    with pytest.raises(RefusedSetting, match=fault) as refusal:
        effective(found.rule, ON, [decision])
    assert rule_id in str(refusal.value)


def test_a_rule_whose_number_is_unknown_is_off_until_a_number_is_set() -> None:
    found = law.shipped().entry("enforcement.supervision.national")
    assert not effective(found.rule, ON).shown
    assert effective(found.rule, ON, [_decision(found, enabled=False)]).effect is Effect.OFF
    assert effective(found.rule, ON, [_decision(found, value=20, unit="day")]).fires
