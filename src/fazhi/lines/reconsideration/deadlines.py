"""The statutory clocks of reconsideration, each under the text of the Law that governs the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fazhi.kernel.casework.deadlines.clocks import Clock, Clocks
from fazhi.kernel.casework.matters.phases import ALIVE
from fazhi.lines.reconsideration.codes import LAPSING, Letter, Outcome, Track
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion
from fazhi.lines.reconsideration.queries import governed, regime
from fazhi.lines.reconsideration.workflow import Reconsidering, Reviewing, Suggesting

# Rules of the line that run no clock, with what uses them or why nothing does. A test holds this against the rules.
USED_OTHERWISE = {
    "reconsideration.apply.inaction_default": "受理时核对：不作为案件在此期间届满前尚不成立（workflow.checks.not_before_inaction）",
    "reconsideration.hearing.notice": "通知听证时核对提前的天数（workflow.checks.hearing_notified_in_time）",
    "reconsideration.decide.extension": "延长审理期限时核对最多天数（workflow.checks.extension_allowed）",
    "reconsideration.sue_after_nonacceptance": "在不予受理、驳回申请决定书中告知（papers）；起诉期限由当事人掌握，本机关不计",
}
ABSENT = {
    "reconsideration.competing_bodies": "发生在确定由哪个机关受理之前，由共同上级指定，本机关尚无案件可计；确定后登记收到日期",
    "reconsideration.county_forward": "旧法县级政府转送申请的期限：收到的案件以转送到达之日为收到日期，2024年起已无此程序",
}


def _until(ends: str) -> Callable[[Any], bool]:
    """A clock that is told of while the case lives, or once it has been stopped; never of what came to nothing."""
    return lambda case: getattr(case, ends) is not None or (case.phase in ALIVE and not case.historical)


def _early_regime(ends: str) -> Callable[[Any], str | None]:
    """The regime of a period that was over before the case was converted to ordinary procedure."""

    def found(case: Any) -> str | None:
        done = getattr(case, ends)
        if case.converted_on is not None and done is not None and done < case.converted_on:
            return Track.SIMPLIFIED.value
        return regime(case)

    return found


def _supplementing(case: Any) -> bool:
    return case.supplemented_on is not None or case.state == Reconsidering.supplementing.key


def _told_of_rights(case: Any) -> bool:
    return bool(case.informed_of_rights) and case.requested_on is None


class Limits(Clocks):
    """Periods of a case."""

    workflow = Reconsidering

    apply = Clock(
        "reconsideration.apply",
        label="申请期限",
        starts=Application.known_on,
        ends=Application.filed_on,
        when=_told_of_rights,
        governed=governed,
    )
    no_notice_cap = Clock(
        "reconsideration.apply.no_notice_cap",
        label="未告知权利时的最长申请期限",
        starts=Application.known_on,
        ends=Application.filed_on,
        when=lambda case: not case.informed_of_rights,
        governed=governed,
    )
    outer = Clock(
        "reconsideration.apply.outer_general",
        label="最长保护期",
        starts=Application.act_on,
        ends=Application.filed_on,
        when=lambda case: not case.realty,
        governed=governed,
    )
    outer_realty = Clock(
        "reconsideration.apply.outer_realty",
        label="最长保护期（不动产）",
        starts=Application.act_on,
        ends=Application.filed_on,
        when=lambda case: case.realty,
        governed=governed,
    )
    forwarding = Clock(
        "reconsideration.forward_by_penalty_authority",
        label="处罚机关转送期限",
        starts=Application.lodged_with_authority_on,
        ends=Application.opened_on,
        governed=governed,
    )
    accept = Clock(
        "reconsideration.accept",
        label="受理审查期限",
        runs_in=[Reconsidering.received],
        expires=Reconsidering.deem,
        expires_after=0,
        warn=2,
        governed=governed,
    )
    supplement_notice = Clock(
        "reconsideration.supplement.notice",
        label="补正通知期限",
        starts=Application.opened_on,
        ends=Application.supplement_asked_on,
        when=lambda case: case.supplement_asked_on is not None,
        governed=governed,
    )
    supplement = Clock(
        "reconsideration.supplement.submit",
        label="申请人补正期限",
        starts=Application.supplement_served_on,
        ends=Application.supplemented_on,
        extra=Application.supplement_extra,
        when=_supplementing,
        governed=governed,
    )
    serve_copy = Clock(
        "reconsideration.serve_copy",
        label="发送副本期限",
        starts=Application.accepted_on,
        ends=Application.copy_sent_on,
        pauses_in=[Reconsidering.suspended],
        when=_until("copy_sent_on"),
        regime=_early_regime("copy_sent_on"),
        warn=2,
        governed=governed,
    )
    reply = Clock(
        "reconsideration.reply",
        label="被申请人答复期限",
        starts=Application.copy_received_on,
        ends=Application.replied_on,
        pauses_in=[Reconsidering.suspended],
        when=_until("replied_on"),
        regime=_early_regime("replied_on"),
        governed=governed,
    )
    decide = Clock(
        "reconsideration.decide",
        label="审理期限",
        starts=Application.accepted_on,
        ends=Application.concluded_on,
        pauses_in=[Reconsidering.suspended, Reconsidering.appraising],
        extra=Application.extended_days,
        regime=regime,
        warn=10,
        governed=governed,
    )
    lapse = Clock(
        "reconsideration.terminate_after_suspension",
        label="中止满期",
        runs_in=[Reconsidering.suspended],
        when=lambda case: case.suspension_ground in LAPSING,
        warn=7,
        governed=governed,
    )
    redo = Clock(
        "reconsideration.redo_default",
        label="重新作出行政行为期限",
        starts=Application.served_on,
        ends=Application.performed_on,
        when=lambda case: case.outcome == Outcome.ANNULLED_REDO and case.perform_by is None,
        warn=10,
    )


class SuggestionLimits(Clocks):
    """Periods of letters; of a suggestion the Law sets none."""

    workflow = Suggesting
    report = Clock(
        "reconsideration.opinion_letter.report",
        label="意见书反馈期限",
        starts=Suggestion.delivered_on,
        ends=Suggestion.replied_on,
        when=lambda letter: letter.kind == Letter.OPINION,
        warn=10,
    )


def _of_its_case(review: Any, on: date) -> date:
    return governed(review.application, on)


class ReviewLimits(Clocks):
    """Periods of incidental review."""

    workflow = Reviewing
    handle = Clock(
        "reconsideration.normative.handle",
        label="处理期限",
        starts=NormativeReview.opened_on,
        ends=NormativeReview.concluded_on,
        when=lambda review: review.within_power is not False,
        governed=_of_its_case,
    )
    forward = Clock(
        "reconsideration.normative.forward",
        label="转送期限",
        starts=NormativeReview.opened_on,
        ends=NormativeReview.forwarded_on,
        when=lambda review: review.within_power is not True,
        governed=_of_its_case,
    )
    ask_maker = Clock(
        "reconsideration.normative.ask_maker",
        label="通知制定机关期限",
        starts=NormativeReview.opened_on,
        ends=NormativeReview.maker_asked_on,
        when=lambda review: review.within_power is not False and _until("maker_asked_on")(review),
        warn=1,
        governed=_of_its_case,
    )
    maker_reply = Clock(
        "reconsideration.normative.maker_reply",
        label="制定机关答复期限",
        starts=NormativeReview.maker_received_on,
        ends=NormativeReview.maker_replied_on,
        governed=_of_its_case,
    )
    forwarded_reply = Clock(
        "reconsideration.normative.forwarded_reply",
        label="受转送机关回复期限",
        starts=NormativeReview.forward_received_on,
        ends=NormativeReview.concluded_on,
        when=lambda review: review.within_power is False,
        warn=10,
        governed=_of_its_case,
    )
