"""What must hold of applications. Of a finished ledger (补录) only facts are asked, not how they came about."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.casework.matters.checks import Check, Circumstances, check
from fazhi.lines.reconsideration import queries
from fazhi.lines.reconsideration.codes import (
    BEFORE_ACCEPTANCE,
    DECISIONS,
    LAPSING,
    SETTLED_PERFORMANCE,
    SUSPENSION_GROUNDS,
    WHOLE_NEW,
    Channel,
    LawVersion,
    Outcome,
    Track,
)
from fazhi.lines.reconsideration.models import Application, Investigation

_STAFF = 2
_LISTENERS = 2


def _run(row: Any, circumstances: Circumstances, clock: str) -> Run | None:
    found: Run | None = circumstances.lookups.get("runs", {}).get(row.id, {}).get(clock)
    return found


def _done(row: Any, circumstances: Circumstances, act: str) -> bool:
    return act in circumstances.lookups.get("acts", {}).get(row.id, ())


# -- of every application ----------------------------------------------------------------------------------------------


@check(Application.filed_on)
def days_in_order(row: Any, circumstances: Circumstances) -> str | None:
    """These days follow each other: the act, knowing of it, applying, receipt."""
    named = (
        ("行政行为作出日期", row.act_on),
        ("知道行政行为日期", row.known_on),
        ("申请日期", row.filed_on),
        ("收到日期", row.opened_on),
    )
    told = [(label, day) for label, day in named if day is not None]
    for (first, early), (second, late) in pairwise(told):
        if late < early:
            return f"{second}{late.isoformat()}早于{first}{early.isoformat()}，请核对"
    return None


@check(Application.lodged_with_authority_on, basis="行政复议法（2023年修订）第三十二条")
def lodged_through_the_authority(row: Any, circumstances: Circumstances) -> str | None:
    """This day is known exactly where the application came through the authority that imposed the penalty."""
    through = row.channel == Channel.PENALTY_AUTHORITY
    if through and row.lodged_with_authority_on is None:
        return "通过作出处罚的机关提交的，请填写向处罚机关提交日期"
    if not through and row.lodged_with_authority_on is not None:
        return "不是通过作出处罚的机关提交的，请不要填写向处罚机关提交日期"
    if through and row.lodged_with_authority_on > row.opened_on:
        return "向处罚机关提交日期晚于本机关收到日期，请核对"
    return None


@check(Application.normative_document, basis="行政复议法（2023年修订）第十三条")
def document_of_a_review(row: Any, circumstances: Circumstances) -> str | None:
    """This document is named where its review is asked for."""
    if row.normative_review and not row.normative_document:
        return "请求附带审查规范性文件的，请填写文件名称"
    return None


@check(Application.compensation_claim)
def claim_of_compensation(row: Any, circumstances: Circumstances) -> str | None:
    """This claim stands only where compensation is asked for."""
    if row.compensation_claim is None:
        return None
    if not row.compensation_asked:
        return "没有一并提出行政赔偿的，请不要填写请求赔偿金额"
    return "请求赔偿金额不能为负" if row.compensation_claim < 0 else None


@check(Application.track, basis="行政复议法（2023年修订）第五十三条")
def simplified_only_on_a_ground(row: Any, circumstances: Circumstances) -> str | None:
    """The simplified procedure has one of the grounds the revised Law names; the 2017 text knows none."""
    if row.track != Track.SIMPLIFIED:
        return None
    if row.law == LawVersion.OLD:
        return "2017年修正文本没有简易程序，请选择普通程序"
    return None if row.simplified_ground else "适用简易程序的，请选择适用情形"


@check(Application.outcome)
def outcome_of_its_law(row: Any, circumstances: Circumstances) -> str | None:
    """This kind of decision is one that the governing text knows, and an accepted case ends as accepted cases do."""
    if row.law == LawVersion.OLD and row.outcome in WHOLE_NEW:
        return f"2017年修正文本没有“{Outcome(row.outcome).label}”这种决定"
    if row.accepted_on is not None and row.outcome in BEFORE_ACCEPTANCE:
        return f"已经受理的案件不能以“{Outcome(row.outcome).label}”结案"
    return None


@check(Application.terminated_for)
def ground_of_termination(row: Any, circumstances: Circumstances) -> str | None:
    """This ground stands exactly where the case was terminated."""
    if (row.outcome == Outcome.TERMINATED) != bool(row.terminated_for):
        return "终止的案件须选择终止情形；没有终止的不填写"
    return None


@check(Application.performed_on)
def performed_after_decision(row: Any, circumstances: Circumstances) -> str | None:
    """This performance follows the decision and was not served before it."""
    for label, day in (("履行（查明）日期", row.performed_on), ("送达日期", row.served_on)):
        if day is not None and row.concluded_on is not None and day < row.concluded_on:
            return f"{label}早于办结日期{row.concluded_on.isoformat()}，请核对"
    return None


ALWAYS: tuple[Check, ...] = (
    days_in_order,
    lodged_through_the_authority,
    document_of_a_review,
    claim_of_compensation,
    simplified_only_on_a_ground,
    outcome_of_its_law,
    ground_of_termination,
    performed_after_decision,
)

# -- of an act ---------------------------------------------------------------------------------------------------------


@check(Application.late_reason, basis="行政复议法（2023年修订）第二十条、第二十一条")
def lodged_in_time(row: Any, circumstances: Circumstances) -> str | None:
    """This application was made in time, or there is a good reason why not."""
    if row.historical or row.late_reason:
        return None
    late = [
        run
        for clock in ("apply", "no_notice_cap", "outer", "outer_realty")
        if (run := _run(row, circumstances, clock)) is not None and run.standing == Standing.LATE
    ]
    for run in late:
        assert run.due_on is not None
        return f"申请期限已于{run.due_on.isoformat()}届满；有正当理由的请先更正填写，否则不予受理"
    return None


@check(Application.requested_on, basis="行政复议法实施条例第十六条")
def not_before_inaction(row: Any, circumstances: Circumstances) -> str | None:
    """An authority is idle only when its time to act is over; then the period to apply begins."""
    if row.historical or row.requested_on is None or row.filed_on is None:
        return None
    waiting = queries.due(row, "reconsideration.apply.inaction_default", row.requested_on)
    if waiting is None or waiting.day is None:
        return None
    if row.filed_on <= waiting.day and not row.late_reason:
        return (
            f"履行职责期限至{waiting.day.isoformat()}届满，此前尚不构成不作为；紧急情况等理由请填入“超期申请的正当理由”"
        )
    apply = queries.due(row, "reconsideration.apply", waiting.day)
    if apply is not None and apply.day is not None and row.filed_on > apply.day and not row.late_reason:
        return f"申请期限已于{apply.day.isoformat()}届满；有正当理由的请先更正填写，否则不予受理"
    return None


@check(Application.supplement_items, basis="行政复议法（2023年修订）第三十一条第一款")
def asked_once(row: Any, circumstances: Circumstances) -> str | None:
    """What is missing is asked for once and completely."""
    if _done(row, circumstances, "ask_supplement"):
        return "补正只能一次性通知，本案已经通知过；材料仍不齐全的，依法受理或者不予受理"
    return None


@check(Application.supplement_by, basis="行政复议法实施条例第二十九条")
def day_set_under_the_old_law(row: Any, circumstances: Circumstances) -> str | None:
    """The 2017 text gives no number of days: the notice sets a reasonable one."""
    if row.law == LawVersion.OLD and row.supplement_by is None:
        return "适用2017年修正文本的案件，请在补正通知中指定合理期限"
    return None


@check(Application.supplement_served_on, basis="行政复议法（2023年修订）第三十一条第二款")
def supplement_ran_out(row: Any, circumstances: Circumstances) -> str | None:
    """An application counts as given up only when the time to supplement it is over."""
    if row.historical:
        return None
    run = _run(row, circumstances, "supplement")
    due = row.supplement_by if run is None else run.due_on
    if due is None:
        return "请先登记补正通知送达日期，补正期限自收到之日起算"
    return None if circumstances.on > due else f"补正期限至{due.isoformat()}届满，此前不能视为放弃"


@check(Application.accepted_on, basis="行政复议法（2023年修订）第三十条第三款")
def examination_ran_out(row: Any, circumstances: Circumstances) -> str | None:
    """Acceptance by lapse of time falls on the last day of the examination, when that day is over."""
    if row.historical:
        return None
    run = _run(row, circumstances, "accept")
    if run is None or run.due_on is None:
        return "本案没有正在进行的受理审查期限"
    if circumstances.today <= run.due_on:
        return f"受理审查期限至{run.due_on.isoformat()}届满，尚未届满"
    return None if circumstances.on == run.due_on else f"视为受理之日为审查期限届满之日{run.due_on.isoformat()}"


@check(Application.extended_days, basis="行政复议法（2023年修订）第六十二条")
def extension_allowed(row: Any, circumstances: Circumstances) -> str | None:
    """An extension is made once, in ordinary procedure, within what the Law allows, before the period is over."""
    if row.historical:
        return None
    if row.track == Track.SIMPLIFIED:
        return "简易程序不得延长审理期限；案情复杂的，先转为普通程序"
    if _done(row, circumstances, "extend"):
        return "审理期限只能延长一次"
    most = queries.longest_extension(row)
    if most is not None and not 0 < row.extended_days <= most:
        return f"延长审理期限最多不超过{most}日"
    run = _run(row, circumstances, "decide")
    if run is not None and run.due_on is not None and not run.provisional and circumstances.on > run.due_on:
        return f"审理期限已于{run.due_on.isoformat()}届满，不能再延长"
    return None


@check(Application.suspension_ground)
def ground_known_to_its_law(row: Any, circumstances: Circumstances) -> str | None:
    """This ground of suspension is one of the text that governs the case."""
    return SUSPENSION_GROUNDS.fault(row.suspension_ground, queries.governed(row, circumstances.on))


@check(Application.terminated_for, basis="行政复议法（2023年修订）第四十一条、第七十四条")
def termination_is_ripe(row: Any, circumstances: Circumstances) -> str | None:
    """What lapses has been suspended long enough on a ground that lapses; what is settled has an agreement."""
    if row.historical:
        return None
    if row.terminated_for == "settled" and not row.agreement:
        return "和解后终止的，请填写和解内容"
    if row.terminated_for != "lapsed":
        return None
    run = _run(row, circumstances, "lapse")
    if run is None or row.suspension_ground not in LAPSING:
        return "只有因申请人死亡、丧失行为能力、终止而中止的案件，才能因中止满期终止"
    if run.due_on is None or circumstances.on <= run.due_on:
        return f"中止至{run.due_on.isoformat() if run.due_on else '届满'}方满期，此前不能终止"
    return None


@check(Application.hearing_on, basis="行政复议法（2023年修订）第五十一条第一款")
def hearing_notified_in_time(row: Any, circumstances: Circumstances) -> str | None:
    """Parties are told of a hearing early enough."""
    if row.hearing_on is None:
        return None
    latest = queries.due(row, "reconsideration.hearing.notice", row.hearing_on)
    if latest is None or latest.day is None or circumstances.on <= latest.day:
        return None
    return f"举行听证须提前通知，{row.hearing_on.isoformat()}的听证最迟应于{latest.day.isoformat()}通知"


@check(Application.hearing_panel, basis="行政复议法（2023年修订）第五十条、第五十一条")
def hearing_held_properly(row: Any, circumstances: Circumstances) -> str | None:
    """A hearing has one who presides and at least two more, and the respondent's head comes or says why not."""
    held = row.hearings.order_by("-id").first()
    if held is None or row.law == LawVersion.OLD:
        return None
    if held.listeners < _LISTENERS:
        return f"听证由一名主持人和{_LISTENERS}名以上听证员组织，现填{held.listeners}名"
    if not held.head_attended and not held.head_absent_for:
        return "被申请人负责人未参加听证的，请填写理由和委派的工作人员"
    return None


@check(Investigation.staff, basis="行政复议法（2023年修订）第四十五条")
def two_staff_inquire(row: Any, circumstances: Circumstances) -> str | None:
    """An inquiry is made by at least two of the staff."""
    made = row.investigations.order_by("-id").first()
    names = [each for each in made.staff.replace("，", "、").split("、") if each.strip()] if made else []
    return None if made is None or len(names) >= _STAFF else f"调查取证人员不得少于{_STAFF}人，请把各人姓名用顿号分开"


@check(Application.outcome, basis="行政复议法（2023年修订）第四十九条、第六十一条")
def decision_is_ripe(row: Any, circumstances: Circumstances) -> str | None:
    """A decision is one of those the Law names, and in ordinary procedure the parties have been heard."""
    if row.outcome not in DECISIONS:
        return "请选择一种行政复议决定；驳回申请、调解、终止另有办理事项"
    if row.historical or row.law == LawVersion.OLD or row.track == Track.SIMPLIFIED:
        return None
    if not _done(row, circumstances, "hear_opinions"):
        return "适用普通程序的案件应当听取当事人意见，请先登记“听取意见”（因当事人原因不能听取的，写明情况）"
    return None


@check(Application.performance, basis="行政复议法（2023年修订）第七十七条")
def performance_followed(row: Any, circumstances: Circumstances) -> str | None:
    """No case is closed before what was decided or agreed has been done, and before it was served."""
    if row.historical or row.outcome in (Outcome.ABANDONED, Outcome.TAKEN_BACK):
        return None
    if row.served_on is None:
        return "请先登记送达日期"
    if row.outcome in (*DECISIONS, Outcome.MEDIATED) and row.performance not in SETTLED_PERFORMANCE:
        return "请先登记履行情况：已履行、无履行内容或者已强制执行的，方可结案归档"
    return None


@check(Application.conversion_reason, basis="行政复议法（2023年修订）第五十五条")
def simplified_until_now(row: Any, circumstances: Circumstances) -> str | None:
    """Only a case of simplified procedure is converted, once."""
    if not row.simplified_ground or _done(row, circumstances, "convert"):
        return "本案不适用简易程序，不需要转换"
    return None
