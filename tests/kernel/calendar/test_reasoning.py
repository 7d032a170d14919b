"""The reasoning under a due day: it names holidays, articles and what is not certain, in words a clerk can check."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import (
    Extension,
    NotComputable,
    Pause,
    Reason,
    Remaining,
    StepKind,
    compute,
    distance,
    due_on,
    remaining,
    standard,
)
from fazhi.kernel.ground.calendar.counting import parse
from fazhi.kernel.ground.law import Period, Unit

ON = date(2026, 2, 12)
ACCEPT = law.rule("reconsideration.accept", on=ON)
DECIDE = law.rule("reconsideration.decide", on=ON)


def test_working_days_over_spring_festival() -> None:
    due = compute(ACCEPT, ON, standard(), event="收到复议申请")
    assert due.explain() == (
        "2026年2月12日（周四）收到复议申请，当日不计入。",
        "期间为 5 个工作日。",
        "2026年2月13日至2月14日，计 2 个工作日（2月14日调休上班（春节））。",
        "2026年2月15日至2月23日，春节，不计入。",
        "2026年2月24日至2月26日，计 3 个工作日。",
        "届满日：2026年2月26日（周四）。",
        "期限依据：" + ACCEPT.basis + "（已核实）；计算依据：《中华人民共和国行政复议法（2023年修订）》88(2)。",
    )


def test_natural_days_that_end_in_a_holiday_with_pause_and_extension() -> None:
    due = compute(
        DECIDE,
        date(2025, 6, 10),
        standard(),
        pauses=[Pause(date(2025, 6, 20), date(2025, 7, 9), "等待其他案件审理结果")],
        extensions=[Extension(30, "day", "情况复杂，经负责人批准")],
    )
    assert due.explain()[1:-1] == (
        "期间为 60 日。",
        "延长 30 日（情况复杂，经负责人批准），与原期间连续计算。",
        "2025年6月11日至6月19日，计 9 日。",
        "2025年6月20日至7月9日，中止（等待其他案件审理结果），20 日不计入。",
        "2025年7月10日至9月28日，计 81 日。",
        "届满日：2025年9月28日（周日）。",
    )
    # That Sunday was worked in exchange for National Day, so nothing rolls.
    assert due.ends == due.day
    longer = compute(DECIDE, date(2025, 8, 3), standard())
    assert longer.explain()[-3] == (
        "期间的最后一日2025年10月2日（周四）为国庆节，顺延至其后第一个工作日2025年10月9日（周四）。"
    )


@pytest.mark.parametrize("name", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
def test_every_holiday_is_named_where_it_does_not_count(name: str) -> None:
    due = compute(Period(250, Unit.WORKING_DAY), date(2024, 12, 20), standard())
    rested = [step for step in due.steps if step.kind is StepKind.RESTED and name in step.line]
    assert rested
    for step in rested:
        assert all(each.name == name for each in step.named)
        assert len(step.named) == step.days


def test_days_worked_in_exchange_are_named_where_they_count() -> None:
    due = compute(Period(250, Unit.WORKING_DAY), date(2024, 12, 20), standard())
    worked = {each.day for step in due.steps if step.kind is StepKind.COUNTED for each in step.named}
    assert worked == {date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)}


def test_beyond_the_notices_working_days_give_the_earliest_possible_day_and_say_so() -> None:
    due = compute(ACCEPT, date(2026, 12, 30), standard())
    assert due.provisional
    # Thursday, Friday, then Saturday and Sunday, which might be worked, and Monday.
    assert due.day == date(2027, 1, 4)
    text = "".join(due.explain())
    assert "1月2日为周末，可能调休上班，暂计入" in text
    assert "2027年放假安排尚未录入，以下为最早可能的届满日，待放假安排确认。" in text
    assert str(remaining(due, date(2027, 1, 4), standard())).endswith("（待放假安排确认）")


def test_beyond_the_notices_natural_days_do_not_roll() -> None:
    due = compute(DECIDE, date(2026, 11, 3), standard())
    assert (due.day, due.provisional) == (date(2027, 1, 2), True)
    assert due.ends == due.day


def test_counting_back_beyond_the_notices_says_that_it_may_move() -> None:
    rule = law.rule("reconsideration.hearing.notice", on=ON)
    due = compute(rule, date(2027, 3, 10), standard(), event="举行听证")
    assert due.provisional
    assert due.day == date(2027, 3, 2)
    assert any("2027年放假安排尚未录入" in line and "按周一至周五" in line for line in due.explain())


def test_counting_back_to_a_rest_day_advises_to_act_earlier() -> None:
    rule = law.rule("reconsideration.hearing.notice", on=ON)
    due = compute(rule, date(2026, 3, 2), standard(), event="举行听证")
    [advice] = [step for step in due.steps if step.kind is StepKind.ADVICE]
    assert due.day == date(2026, 2, 23)
    assert advice.line == "2026年2月23日（周一）为春节，宜提前办理。"
    assert due.explain()[-2] == "最迟应在2026年2月23日（周一）之前（含当日）办理。"


def test_what_is_not_verified_is_marked_in_the_basis() -> None:
    rule = next(each for each in law.rules() if each.certainty == "secondary" and each.period.value)
    assert "（待核实）" in compute(rule, rule.effective_from, standard()).explain()[-1]


def test_a_number_or_a_day_given_by_a_document() -> None:
    rule = law.shipped().entry("inspection.rectify")
    with pytest.raises(NotComputable, match=Reason.SET_BY_NOTICE.value):
        due_on(rule, ON, standard())
    assert compute(rule, ON, standard(), given=Period(10, Unit.WORKING_DAY)).day == date(2026, 3, 4)
    named = compute(rule, ON, standard(), given=date(2026, 2, 22))
    assert (named.day, named.provisional) == (date(2026, 2, 22), False)
    assert "届满日由文书或者本机关确定，不另行推算。" in named.explain()


@pytest.mark.parametrize(("rule_id", "reason"), [
    ("normative.file_duty.cq", Reason.NO_NUMBER),
    ("penalty.legality_review", Reason.SET_BY_NOTICE),
    ("enforcement.supervision.national", Reason.UNKNOWN_NUMBER),
    ("calendar.start_day", Reason.NOT_A_PERIOD),
    ("penalty.late_surcharge", Reason.RATE),
    ("study.lectures", Reason.TALLY),
])  # fmt: skip
def test_where_no_number_leads_to_a_day_the_reason_is_told(rule_id: str, reason: Reason) -> None:
    rule = law.shipped().entry(rule_id)
    for attempt in (compute, due_on):
        with pytest.raises(NotComputable) as refusal:
            attempt(rule, ON, standard())
        assert refusal.value.reason is reason
        assert str(refusal.value) == f"{rule.title_zh}：{reason.value}"


def test_what_cannot_be_moved_or_given_is_refused() -> None:
    back = law.rule("reconsideration.hearing.notice", on=ON)
    fixed = law.shipped().entry("report.annual.submit")
    hours = next(each for each in law.rules() if each.period.unit is Unit.HOUR)
    for rule in (back, fixed, hours):
        with pytest.raises(NotComputable, match=Reason.CANNOT_MOVE.value):
            compute(rule, ON, standard(), pauses=[Pause(ON, None)])
        with pytest.raises(NotComputable, match=Reason.CANNOT_MOVE.value):
            due_on(rule, ON, standard(), extensions=[Extension(1, "day")])
    with pytest.raises(NotComputable, match=Reason.HAS_NUMBER.value):
        compute(ACCEPT, ON, standard(), given=Period(9, Unit.DAY))
    with pytest.raises(NotComputable, match=Reason.HAS_NUMBER.value):
        compute(ACCEPT, ON, standard(), given=ON)
    with pytest.raises(NotComputable, match=Reason.NO_NUMBER.value):
        due_on(Period(), ON, standard())


def test_part_of_a_day_in_hours_needs_the_instant() -> None:
    thirty = Period(30, Unit.HOUR)
    with pytest.raises(NotComputable, match=Reason.NEEDS_INSTANT.value):
        due_on(thirty, ON, standard())
    at = datetime(2026, 2, 12, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert compute(thirty, at, standard()).at == at + timedelta(hours=30)
    assert due_on(Period(48, Unit.HOUR), ON, standard()).day == date(2026, 2, 14)


def test_an_instant_is_read_in_shanghai_and_a_naive_one_is_refused() -> None:
    late = datetime(2026, 2, 12, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert due_on(ACCEPT, late, standard()) == due_on(ACCEPT, date(2026, 2, 13), standard())
    with pytest.raises(ValueError, match="time zone"):
        due_on(ACCEPT, datetime(2026, 2, 12, 17, 0), standard())  # noqa: DTZ001 — what is refused


def test_malformed_codes_pauses_and_extensions_are_refused() -> None:
    for code in ("ND", "BEFORE; HOUR", "BEFORE; FIXED", ""):
        with pytest.raises(ValueError, match=r"computing rule|counted back"):
            parse(code)
    with pytest.raises(ValueError, match="before it begins"):
        due_on(ACCEPT, ON, standard(), pauses=[(date(2026, 3, 2), date(2026, 3, 1))])
    for value, unit in ((0, "day"), (1, "hour"), (-1, "month")):
        with pytest.raises(ValueError, match="extension"):
            Extension(value, unit)


def test_posting_in_time_is_in_time_where_civil_procedure_rules() -> None:
    apply = law.rule("reconsideration.apply", on=ON)
    due = compute(apply, ON, standard())
    assert due.day is not None
    late = due.day + timedelta(3)
    assert due.met_by(due.day)
    assert not due.met_by(late)
    assert due.met_by(late, posted=due.day)
    other = compute(ACCEPT, ON, standard())
    assert other.day is not None
    assert not other.met_by(other.day + timedelta(1), posted=other.day)


@pytest.mark.parametrize(("today", "text"), [
    (date(2026, 2, 12), "剩余 5 个工作日"),
    (date(2026, 2, 14), "剩余 3 个工作日"),
    (date(2026, 2, 20), "剩余 3 个工作日"),
    (date(2026, 2, 26), "今日届满"),
    (date(2026, 2, 27), "逾期 1 个工作日"),
    (date(2026, 3, 1), "逾期 2 个工作日"),
])  # fmt: skip
def test_what_remains_is_told_in_the_unit_of_the_rule(today: date, text: str) -> None:
    assert str(remaining(compute(ACCEPT, ON, standard()), today, standard())) == text


def test_overdue_by_rest_days_only() -> None:
    assert str(distance(date(2026, 2, 14), date(2026, 2, 15), standard(), working=True)) == "逾期不足 1 个工作日"
    assert distance(date(2026, 2, 14), date(2026, 2, 20), standard(), working=False) == Remaining(6, "day", True)
