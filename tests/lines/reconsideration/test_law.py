"""The Law, article by article: what the line does because of it. Days are counted by hand in the comments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals.models import Request, RequestState
from fazhi.kernel.casework.deadlines.clocks import CLOCKS
from fazhi.kernel.casework.deadlines.explaining import explain
from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.casework.procedure.expiring import expire
from fazhi.kernel.ground import law
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.reconsideration.deadlines import ABSENT, USED_OTHERWISE
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion
from fazhi.lines.reconsideration.workflow import Reconsidering as W
from fazhi.lines.reconsideration.workflow import Reviewing, Suggesting
from tests.lines.reconsideration.factories import (
    AT,
    BEGUN,
    FACTS,
    PARTIES,
    accepted,
    decided,
    done,
    heard,
    letter,
    opened,
    review,
)
from tests.world import SHANGHAI, World, world

__all__ = ["world"]

YEAR_2022 = datetime(2022, 12, 20, 10, 0, tzinfo=SHANGHAI)


def run_of(case: Any, clock: str) -> Run:
    return Run.objects.get(matter_id=case.id, clock=clock)


def due(case: Any, clock: str) -> date | None:
    return run_of(case, clock).due_on


def none(case: Any, clock: str) -> bool:
    return not Run.objects.filter(matter_id=case.id, clock=clock).exists()


def refused(call: Callable[[], Any], match: str, error: type[Exception] = Refused) -> None:
    """Hold that the call is refused for this reason and changes nothing."""
    before = fingerprint([Application, Suggestion, NormativeReview, Request])
    with pytest.raises(error, match=match), transaction.atomic():
        call()
    assert fingerprint([Application, Suggestion, NormativeReview, Request]) == before


def lodged_in_2022(world: World, on: date = date(2022, 3, 1), **more: Any) -> Application:
    """An application under the text of 2017."""
    days = {"act_on": date(2022, 1, 20), "known_on": date(2022, 1, 22)}
    return opened(world, on, at=YEAR_2022, **{**days, **more})


def in_2022(world: World, case: Any, act: Any, on: date, **values: Any) -> Application:
    case = done(world, case, act, on, at=YEAR_2022, **values)
    assert isinstance(case, Application)
    return case


def test_every_rule_is_used_or_absent_with_reason() -> None:
    rules = {rule.rule for rule in law.rules(line="reconsideration")}
    clocks = {
        clock.rule for record in (Application, Suggestion, NormativeReview) for clock in CLOCKS[record].clocks.values()
    }
    assert clocks <= rules
    assert clocks | set(USED_OTHERWISE) | set(ABSENT) == rules
    assert not clocks & (set(USED_OTHERWISE) | set(ABSENT))
    assert all(len(reason) > 10 for reason in (*USED_OTHERWISE.values(), *ABSENT.values()))


def test_every_rule_relied_on_is_verified() -> None:
    assert [rule.id for rule in law.rules(line="reconsideration") if rule.certainty != "verified"] == []


# -- the text that governs ---------------------------------------------------------------------------------------------


def test_the_text_in_force_at_receipt_governs_the_whole_case(world: World) -> None:
    at = datetime(2024, 3, 20, 10, 0, tzinfo=SHANGHAI)
    old = opened(world, date(2023, 12, 28), at=at, act_on=date(2023, 12, 1), known_on=date(2023, 12, 1))
    new = opened(world, date(2024, 1, 2), at=at, act_on=date(2023, 12, 1), known_on=date(2023, 12, 1))
    assert (old.law, new.law) == ("2017", "2023")
    old = done(world, old, W.accept, date(2024, 1, 2), at=at)
    old = done(world, old, W.send_copy, date(2024, 1, 3), at=at)
    old = done(world, old, W.deliver_copy, date(2024, 1, 4), at=at)
    # The old text counts the respondent's 10 days as days: 4 January + 10 = 14, a Sunday, so the 15th.
    reply = run_of(old, "reply")
    assert (reply.rule, reply.due_on) == ("reconsideration.reply.old", date(2024, 1, 15))
    explained = explain(reply, today=at.date())
    assert explained.effective.rule.id == "reconsideration.reply.old"
    assert explained.due.day == reply.due_on


def test_a_text_chosen_for_a_case_is_kept(world: World) -> None:
    case = opened(world, law="2017")
    assert case.law == "2017"
    assert run_of(case, "accept").rule == "reconsideration.accept.old"


# -- applying (第二十条、第二十一条、第三十二条; 实施条例第十六条) ---------------------------------------------------------------


def test_article_20_sixty_days_from_knowing(world: World) -> None:
    case = opened(world)
    # Known on 22 January: 9 days left in January, 28 in February make 37, 23 more: 23 March.
    assert due(case, "apply") == date(2026, 3, 23)
    assert run_of(case, "apply").standing == Standing.MET
    late = opened(world, date(2026, 3, 24))
    assert run_of(late, "apply").standing == Standing.LATE
    refused(lambda: done(world, late, W.accept, date(2026, 3, 26)), "申请期限已于2026-03-23届满")
    excused = opened(world, date(2026, 3, 24), late_reason="因疫情封控不能提出")
    assert done(world, excused, W.accept, date(2026, 3, 26)).state == "examining"


def test_article_20_paragraph_3_one_year_where_nobody_was_told(world: World) -> None:
    known = date(2025, 3, 3)
    case = opened(world, date(2026, 3, 2), act_on=known, known_on=known, informed_of_rights=False)
    assert none(case, "apply")
    assert (due(case, "no_notice_cap"), run_of(case, "no_notice_cap").standing) == (date(2026, 3, 3), Standing.MET)
    late = opened(world, date(2026, 3, 4), act_on=known, known_on=known, informed_of_rights=False)
    refused(lambda: done(world, late, W.accept, date(2026, 3, 5)), "2026-03-03届满")


def test_article_21_five_years_and_twenty_for_realty(world: World) -> None:
    long_ago, known = date(2020, 2, 10), date(2026, 2, 10)
    case = opened(world, act_on=long_ago, known_on=known)
    assert (due(case, "outer"), run_of(case, "outer").standing) == (date(2025, 2, 10), Standing.LATE)
    refused(lambda: done(world, case, W.accept, date(2026, 3, 4)), "2025-02-10届满")
    realty = opened(world, act_on=long_ago, known_on=known, realty=True)
    assert none(realty, "outer")
    assert due(realty, "outer_realty") == date(2040, 2, 10)
    assert done(world, realty, W.accept, date(2026, 3, 4)).state == "examining"


def test_article_16_of_the_regulations_inaction_begins_after_sixty_days(world: World) -> None:
    facts: dict[str, Any] = {"matter": "inaction", "act_on": None, "known_on": None}
    # Asked on 5 January, the authority had until 6 March (26 + 28 + 6).
    early = opened(world, date(2026, 3, 5), requested_on=date(2026, 1, 5), **facts)
    refused(lambda: done(world, early, W.accept, date(2026, 3, 6)), "履行职责期限至2026-03-06届满")
    ripe = opened(world, date(2026, 3, 9), requested_on=date(2026, 1, 5), **facts)
    assert done(world, ripe, W.accept, date(2026, 3, 10)).state == "examining"
    # Asked on 1 September 2025: idle from 31 October (Friday), and sixty days later, on 30 December, it is too late.
    late = opened(world, date(2026, 3, 9), requested_on=date(2025, 9, 1), **facts)
    refused(lambda: done(world, late, W.accept, date(2026, 3, 10)), "申请期限已于2025-12-30届满")


def test_article_32_the_authority_forwards_in_five_working_days(world: World) -> None:
    came: dict[str, Any] = {"channel": "penalty_authority", "lodged_with_authority_on": date(2026, 2, 26)}
    case = opened(world, date(2026, 3, 6), **came)
    # From Thursday 26 February: 27, and 28 worked for the holiday; 2, 3, 4 March.
    assert due(case, "forwarding") == date(2026, 3, 4)
    assert run_of(case, "forwarding").standing == Standing.LATE
    refused(lambda: opened(world, channel="penalty_authority"), "请填写向处罚机关提交日期")
    refused(lambda: opened(world, lodged_with_authority_on=date(2026, 2, 26)), "不是通过作出处罚的机关提交")


# -- acceptance (第三十条、第三十一条) -------------------------------------------------------------------------------------


def test_article_30_accepted_by_lapse_on_the_last_day_however_late_the_worker_comes(world: World) -> None:
    case = opened(world)
    # Monday 2 March: 3, 4, 5, 6, 9.
    assert case.due_on == due(case, "accept") == date(2026, 3, 9)
    on_the_day = datetime(2026, 3, 9, 23, 50, tzinfo=SHANGHAI)
    assert expire(world.jurisdiction.id, at=on_the_day) == []
    world.enter()
    assert expire(world.jurisdiction.id, at=AT) == [case.id]
    world.enter()
    case.refresh_from_db()
    assert (case.state, case.deemed, case.accepted_on) == ("examining", True, date(2026, 3, 9))
    step = Step.objects.get(matter_id=case.id, act="deem")
    assert (step.on, step.at, step.actor_name) == (date(2026, 3, 9), AT, "系统")
    # Later periods run from the deemed day: 9 March + 60 = 8 May, a working Friday.
    assert due(case, "decide") == date(2026, 5, 8)
    assert expire(world.jurisdiction.id, at=AT) == []


def test_article_30_the_law_does_not_wait_for_an_approval(world: World) -> None:
    case = opened(world)
    procedure.act(Application, case.id, W.accept, actor=world.actor("handler"), at=AT, on=date(2026, 3, 9))
    assert expire(world.jurisdiction.id, at=AT) == [case.id]
    world.enter()
    case.refresh_from_db()
    assert (case.state, case.deemed, case.pending) == ("examining", True, "")
    assert Request.objects.get(matter_id=case.id).state == RequestState.LAPSED
    assert Matter.objects.get(pk=case.id).version == case.version
    told = Step.objects.filter(matter_id=case.id).order_by("id").values_list("act", "note")
    assert list(told)[1:3] == [("approval.request", "受理"), ("approval.lapse", "受理")]


def test_article_30_people_cannot_deem_before_or_on_another_day(world: World) -> None:
    case = opened(world)
    early = datetime(2026, 3, 9, 10, 0, tzinfo=SHANGHAI)

    def deem(on: date, at: datetime) -> Any:
        return procedure.act(Application, case.id, W.deem, actor=world.actor("head"), at=at, on=on)

    refused(lambda: deem(date(2026, 3, 9), early), "尚未届满")
    refused(lambda: deem(date(2026, 3, 12), AT), "视为受理之日为审查期限届满之日2026-03-09")
    assert deem(date(2026, 3, 9), AT).accepted_on == date(2026, 3, 9)


def test_article_31_one_notice_then_ten_working_days_and_the_examination_begins_anew(world: World) -> None:
    case = done(world, opened(world), W.ask_supplement, date(2026, 3, 6))
    notice = run_of(case, "supplement_notice")
    assert (notice.due_on, notice.standing) == (date(2026, 3, 9), Standing.MET)
    assert run_of(case, "accept").standing == Standing.MET
    case = done(world, case, W.serve_supplement, date(2026, 3, 10))
    # From Tuesday 10 March: 11-13, 16-20, 23, 24.
    assert case.due_on == due(case, "supplement") == date(2026, 3, 24)
    refused(lambda: done(world, case, W.abandon, date(2026, 3, 24)), "补正期限至2026-03-24届满")
    case = done(world, case, W.supplement, date(2026, 3, 23))
    # From Monday 23 March: 24-27, 30.
    assert case.due_on == due(case, "accept") == date(2026, 3, 30)
    refused(lambda: done(world, case, W.ask_supplement, date(2026, 3, 25)), "只能一次性通知")


def test_article_31_given_up_only_after_the_time_and_its_extension(world: World) -> None:
    case = done(world, opened(world), W.ask_supplement, date(2026, 3, 6))
    refused(lambda: done(world, case, W.abandon, date(2026, 4, 30)), "请先登记补正通知送达日期")
    case = done(world, case, W.serve_supplement, date(2026, 3, 10))
    case = procedure.act(
        Application, case.id, W.prolong_supplement, {"supplement_extra": 5}, actor=world.actor("head"), at=AT,
        on=date(2026, 3, 11),
    )  # fmt: skip
    assert due(case, "supplement") == date(2026, 3, 31)
    refused(lambda: done(world, case, W.abandon, date(2026, 3, 31)), "2026-03-31届满")
    case = done(world, case, W.abandon, date(2026, 4, 1))
    assert (case.state, case.outcome, case.concluded_on) == ("abandoned", "abandoned", date(2026, 4, 1))


def test_article_17_of_the_old_text_accepted_as_of_receipt(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    assert (case.law, case.accepted_on) == ("2017", date(2022, 3, 1))
    # 1 March + 60: 30 days left in March and 30 in April, a Saturday before Labour Day; the holiday lasted to 4 May.
    assert due(case, "decide") == date(2022, 5, 5)
    lapsed = lodged_in_2022(world)
    # Tuesday 1 March: 2, 3, 4, 7, 8.
    assert due(lapsed, "accept") == date(2022, 3, 8)
    assert expire(world.jurisdiction.id, at=YEAR_2022) == [lapsed.id]
    world.enter()
    lapsed.refresh_from_db()
    assert (lapsed.deemed, lapsed.accepted_on) == (True, date(2022, 3, 1))


def test_article_29_of_the_regulations_the_notice_sets_the_time(world: World) -> None:
    case = lodged_in_2022(world)
    refused(lambda: in_2022(world, case, W.ask_supplement, date(2022, 3, 4)), "请在补正通知中指定合理期限")
    case = in_2022(world, case, W.ask_supplement, date(2022, 3, 4), supplement_by=date(2022, 3, 15))
    case = in_2022(world, case, W.serve_supplement, date(2022, 3, 5))
    assert none(case, "supplement")
    refused(lambda: in_2022(world, case, W.abandon, date(2022, 3, 15)), "2022-03-15届满")
    assert in_2022(world, case, W.abandon, date(2022, 3, 16)).state == "abandoned"


# -- examination -------------------------------------------------------------------------------------------------------


def test_article_48_seven_and_ten_working_days(world: World) -> None:
    case = accepted(world)
    # From Wednesday 4 March: 5, 6, 9-13.
    assert due(case, "serve_copy") == date(2026, 3, 13)
    case = done(world, case, W.send_copy, date(2026, 3, 11))
    case = done(world, case, W.deliver_copy, date(2026, 3, 12))
    # From Thursday 12 March: 13, 16-20, 23-26.
    assert case.due_on == due(case, "reply") == date(2026, 3, 26)
    case = done(world, case, W.take_reply, date(2026, 3, 27))
    assert run_of(case, "reply").standing == Standing.LATE


def test_article_23_and_40_of_the_old_text_days_not_working_days(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    case = in_2022(world, case, W.send_copy, date(2022, 3, 7))
    # Seven working days from acceptance on 1 March: 2-4, 7-10. The copy's ten days are days: 8 + 10 = 18 March.
    assert due(case, "serve_copy") == date(2022, 3, 10)
    assert due(in_2022(world, case, W.deliver_copy, date(2022, 3, 8)), "reply") == date(2022, 3, 18)


def test_article_53_and_54_simplified_three_and_five_working_days_and_thirty_days(world: World) -> None:
    refused(lambda: accepted(world, track="simplified"), "请选择适用情形")
    case = accepted(world, track="simplified", simplified_ground="warning")
    assert due(case, "serve_copy") == date(2026, 3, 9)
    case = done(world, case, W.send_copy, date(2026, 3, 6))
    case = done(world, case, W.deliver_copy, date(2026, 3, 6))
    assert due(case, "reply") == date(2026, 3, 13)
    # 4 March + 30 = 3 April, a Friday.
    assert due(case, "decide") == date(2026, 4, 3)


def test_article_53_the_old_text_has_no_simplified_procedure(world: World) -> None:
    case = lodged_in_2022(world)
    refused(
        lambda: in_2022(world, case, W.accept, date(2022, 3, 4), track="simplified", simplified_ground="warning"),
        "2017年修正文本没有简易程序",
    )


def test_article_55_conversion_counts_sixty_days_from_acceptance(world: World) -> None:
    case = accepted(world, track="simplified", simplified_ground="warning")
    case = done(world, case, W.send_copy, date(2026, 3, 6))
    case = done(world, case, W.convert, date(2026, 3, 25))
    assert (case.track, due(case, "decide")) == ("ordinary", date(2026, 5, 6))
    # What was over before keeps the time it had.
    assert run_of(case, "serve_copy").rule == "reconsideration.serve_copy.simplified"
    refused(lambda: done(world, case, W.convert, date(2026, 3, 26)), "不需要转换")
    ordinary = accepted(world)
    refused(lambda: done(world, ordinary, W.convert, date(2026, 3, 26)), "不适用简易程序")


def test_article_45_two_of_the_staff(world: World) -> None:
    case = accepted(world)
    refused(lambda: done(world, case, W.investigate, date(2026, 3, 9), staff="乙一"), "不得少于2人")
    case = done(world, case, W.investigate, date(2026, 3, 9))
    assert case.investigations.count() == 1


def test_article_49_the_parties_are_heard_before_an_ordinary_decision(world: World) -> None:
    case = accepted(world)
    refused(lambda: done(world, case, W.decide, date(2026, 4, 1)), "应当听取当事人意见")
    case = done(world, case, W.hear_opinions, date(2026, 3, 20), way="not_possible", points="两次通知未到场")
    assert done(world, case, W.decide, date(2026, 4, 1)).outcome == "varied"
    simplified = accepted(world, track="simplified", simplified_ground="warning")
    assert done(world, simplified, W.decide, date(2026, 3, 20)).outcome == "varied"


def test_article_50_and_51_a_hearing_is_announced_and_held_properly(world: World) -> None:
    case = accepted(world)
    day = date(2026, 3, 20)
    # Five whole working days lie between: 13, 16-19; so Thursday 12 March at the latest.
    refused(lambda: done(world, case, W.call_hearing, date(2026, 3, 13), hearing_on=day), "最迟应于2026-03-12通知")
    case = done(world, case, W.call_hearing, date(2026, 3, 12), hearing_on=day)
    refused(lambda: done(world, case, W.hold_hearing, day, listeners=1), "2名以上听证员")
    refused(lambda: done(world, case, W.hold_hearing, day, head_attended=False), "请填写理由")
    case = done(world, case, W.hold_hearing, day, head_attended=False, head_absent_for="出差，委派副局长戊某")
    assert case.hearings.get().added_on == day


def test_article_39_suspended_days_do_not_count(world: World) -> None:
    case = done(world, accepted(world), W.send_copy, date(2026, 3, 5))
    case = done(world, case, W.suspend, date(2026, 3, 20), suspension_ground="interpretation")
    assert (case.due_on, run_of(case, "decide").standing) == (None, Standing.PAUSED)
    assert none(case, "lapse")
    case = done(world, case, W.resume, date(2026, 4, 9))
    # 20 March to 8 April are 20 days; 3 May + 20 = 23 May, a Saturday, so Monday the 25th.
    assert case.due_on == due(case, "decide") == date(2026, 5, 25)
    case = done(world, case, W.suspend, date(2026, 4, 20), suspension_ground="settling")
    case = done(world, case, W.resume, date(2026, 4, 23))
    assert case.due_on == date(2026, 5, 26)
    # Nothing else of the procedure runs meanwhile either.
    copy = done(world, accepted(world), W.suspend, date(2026, 3, 6), suspension_ground="interpretation")
    assert run_of(copy, "serve_copy").standing == Standing.PAUSED
    assert run_of(case, "decide").pauses == [["2026-03-20", "2026-04-08"], ["2026-04-20", "2026-04-22"]]


def test_article_39_consent_to_settle_is_a_ground_of_the_new_text_only(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    refused(
        lambda: in_2022(world, case, W.suspend, date(2022, 3, 9), suspension_ground="settling"), "自2024-01-01起使用"
    )


def test_article_34_and_37_of_the_regulations_appraisal_does_not_count(world: World) -> None:
    case = done(world, accepted(world), W.appraise, date(2026, 3, 10))
    case = done(world, case, W.appraised, date(2026, 3, 31))
    # 21 days: 3 May + 21 = 24 May, a Sunday.
    assert due(case, "decide") == date(2026, 5, 25)


def test_article_41_only_three_grounds_lapse_into_termination(world: World) -> None:
    case = done(world, accepted(world), W.suspend, date(2026, 3, 20), suspension_ground="death")
    case = done(world, case, W.take_reply, date(2026, 3, 23))
    # 20 March + 60: 11 + 30 make 41, 19 more.
    assert due(case, "lapse") == date(2026, 5, 19)
    refused(lambda: done(world, case, W.terminate, date(2026, 5, 19), terminated_for="lapsed"), "此前不能终止")
    missing = done(world, accepted(world), W.suspend, date(2026, 3, 20), suspension_ground="missing")
    refused(lambda: done(world, missing, W.terminate, date(2026, 6, 1), terminated_for="lapsed"), "方|才能")
    case = done(world, case, W.terminate, date(2026, 5, 20), terminated_for="lapsed")
    assert (case.state, case.terminated_for) == ("terminated", "lapsed")


def test_article_62_sixty_days_roll_off_the_holiday_and_once_thirty_more(world: World) -> None:
    case = accepted(world)
    # 4 March + 60 = 3 May, in the holiday of 1 to 5 May.
    assert due(case, "decide") == date(2026, 5, 6)
    refused(lambda: done(world, case, W.extend, date(2026, 4, 20), extended_days=31), "不超过30日")
    refused(lambda: done(world, case, W.extend, date(2026, 5, 7)), "不能再延长")
    case = done(world, case, W.extend, date(2026, 4, 20))
    assert due(case, "decide") == date(2026, 6, 2)
    refused(lambda: done(world, case, W.extend, date(2026, 4, 21)), "只能延长一次")
    simplified = accepted(world, track="simplified", simplified_ground="warning")
    refused(lambda: done(world, simplified, W.extend, date(2026, 3, 20)), "简易程序不得延长")


def test_article_31_of_the_old_text_thirty_more_days_too(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    refused(lambda: in_2022(world, case, W.extend, date(2022, 4, 20), extended_days=31), "不超过30日")
    # 1 March + 90: 30 + 30 + 30.
    assert due(in_2022(world, case, W.extend, date(2022, 4, 20)), "decide") == date(2022, 5, 30)


def test_article_67_and_71_kinds_of_decision_the_old_text_does_not_know(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    for outcome in ("void", "agreement", "request_dismissed"):
        values = {"outcome": outcome}
        refused(lambda values=values: in_2022(world, case, W.decide, date(2022, 4, 1), **values), "没有")  # type: ignore[misc]
    assert in_2022(world, case, W.decide, date(2022, 4, 1), outcome="upheld").state == "decided"


def test_article_74_a_settlement_has_an_agreement(world: World) -> None:
    case = accepted(world)
    refused(lambda: done(world, case, W.terminate, date(2026, 3, 30), terminated_for="settled"), "请填写和解内容")
    case = done(world, case, W.terminate, date(2026, 3, 30), terminated_for="settled", agreement="减轻处罚，撤回申请")
    assert (case.outcome, case.terminated_for) == ("terminated", "settled")


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_article_77_no_case_is_closed_before_it_is_served_and_performed(world: World) -> None:
    case = decided(world)
    refused(lambda: done(world, case, W.archive, date(2026, 4, 20)), "请先登记送达日期")
    case = done(world, case, W.serve, date(2026, 4, 15))
    refused(lambda: done(world, case, W.archive, date(2026, 5, 20)), "请先登记履行情况")
    case = done(world, case, W.order_performance, date(2026, 6, 1))
    case = done(world, case, W.talk, date(2026, 7, 1))
    assert list(case.enforcements.order_by("id").values_list("kind", flat=True)) == ["ordered", "talked"]
    refused(
        lambda: done(
            world, done(world, case, W.perform, date(2026, 7, 2), performance="refused"), W.archive, AT.date()
        ),
        "请先登记履行情况",
    )
    case = done(world, case, W.perform, date(2026, 7, 20))
    assert done(world, case, W.archive, date(2026, 7, 21)).phase == "closed"


def test_article_49_of_the_regulations_sixty_days_to_remake_the_act(world: World) -> None:
    case = done(world, decided(world, outcome="annulled_redo"), W.serve, date(2026, 4, 15))
    # 15 April + 60: 15 + 31 make 46, 14 more; a Sunday.
    assert due(case, "redo") == date(2026, 6, 15)
    fixed = done(
        world, decided(world, outcome="annulled_redo", perform_by=date(2026, 5, 20)), W.serve, date(2026, 4, 15)
    )
    assert none(fixed, "redo")


def test_article_76_an_opinion_letter_is_answered_in_sixty_days_of_receipt(world: World) -> None:
    sent = done(world, letter(world, decided(world)), Suggesting.issue, date(2026, 4, 13))
    assert none(sent, "report")
    sent = done(world, sent, Suggesting.deliver, date(2026, 4, 15))
    assert sent.due_on == due(sent, "report") == date(2026, 6, 15)
    sent = done(world, sent, Suggesting.reply, date(2026, 6, 10), reply="已经整改", carried_out=True)
    assert (run_of(sent, "report").standing, sent.concluded_on) == (Standing.MET, date(2026, 6, 10))


def test_article_57_of_the_regulations_a_suggestion_names_its_own_day(world: World) -> None:
    case = decided(world)
    refused(lambda: letter(world, case, reply_by=date(2026, 6, 1)), "反馈期限由法律规定")
    refused(lambda: letter(world, None, kind="opinion"), "请选择所属案件")
    general = letter(world, None, reply_by=date(2026, 6, 1))
    general = done(world, general, Suggesting.issue, date(2026, 4, 13))
    general = done(world, general, Suggesting.deliver, date(2026, 4, 15))
    assert none(general, "report")


def test_article_56_to_58_review_by_the_organ_itself(world: World) -> None:
    case = done(world, accepted(world), W.suspend, date(2026, 3, 9), suspension_ground="normative")
    mine = review(world, case)
    assert Matter.objects.get(pk=mine.id).part_of_id == case.id
    # From Monday 9 March: 3 working days to the 12th; 7 to the 18th; 30 days to 8 April.
    found = {clock: due(mine, clock) for clock in ("ask_maker", "forward", "handle")}
    assert found == {"ask_maker": date(2026, 3, 12), "forward": date(2026, 3, 18), "handle": date(2026, 4, 8)}
    mine = done(world, mine, Reviewing.ask_maker, date(2026, 3, 11))
    assert none(mine, "forward")
    mine = done(world, mine, Reviewing.deliver_to_maker, date(2026, 3, 12))
    assert due(mine, "maker_reply") == date(2026, 3, 26)
    mine = done(world, mine, Reviewing.maker_replies, date(2026, 3, 25))
    mine = done(
        world, mine, Reviewing.handle, date(2026, 4, 7), finding="抵触上位法", lawful=False, order="停止执行第四条"
    )
    assert {run.standing for run in Run.objects.filter(matter_id=mine.id)} == {Standing.MET}


def test_article_60_whoever_it_is_sent_to_answers_in_sixty_days(world: World) -> None:
    sent = done(
        world, review(world, accepted(world)), Reviewing.forward, date(2026, 3, 16), forwarded_to="青江市人民政府"
    )
    assert none(sent, "handle")
    assert run_of(sent, "forward").standing == Standing.MET
    sent = done(world, sent, Reviewing.deliver_forwarded, date(2026, 3, 18))
    # 18 March + 60: 13 + 30 make 43, 17 more; a Sunday.
    assert sent.due_on == due(sent, "forwarded_reply") == date(2026, 5, 18)


def test_article_26_and_27_of_the_old_text_know_no_reply_of_the_maker(world: World) -> None:
    case = in_2022(world, lodged_in_2022(world), W.accept, date(2022, 3, 4))
    old = review(world, case)
    assert none(old, "ask_maker")
    assert run_of(old, "forward").rule == "reconsideration.normative.forward.old"


def test_the_chain_of_posts_decides(world: World) -> None:
    case = heard(world)
    procedure.act(
        Application, case.id, W.suspend, {"suspension_ground": "death"}, actor=world.actor("handler"), at=AT,
        on=date(2026, 3, 25),
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.pending) == ("examining", "suspend")
    refused(lambda: done(world, case, W.decide, date(2026, 4, 1)), "正在审批", NotYours)
    request = Request.objects.get(matter_id=case.id, act="suspend")
    assert [opinion.role for opinion in request.opinions.order_by("stage")] == ["section_head", "leader"]


def test_days_of_an_application_follow_each_other(world: World) -> None:
    facts: dict[str, Any] = {"known_on": BEGUN + timedelta(1)}
    refused(lambda: opened(world, **facts), "早于知道行政行为日期")
    refused(lambda: opened(world, filed_on=BEGUN + timedelta(1)), "早于申请日期")
    refused(lambda: opened(world, parties=PARTIES[:1]), "请填写“被申请人”")
    assert FACTS["known_on"] < BEGUN
