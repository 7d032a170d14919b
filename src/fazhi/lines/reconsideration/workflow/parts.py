"""How letters are sent and answered, and normative documents reviewed."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances, check
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.kernel.ground.access.roles import SECTION_HEAD
from fazhi.lines.reconsideration.codes import Letter
from fazhi.lines.reconsideration.models import NormativeReview, Suggestion
from fazhi.lines.reconsideration.papers import ReviewPapers, SuggestionPapers
from fazhi.lines.reconsideration.workflow.states import CHAIN, WORKERS

LINE = "reconsideration"


@check(Suggestion.application, basis="行政复议法（2023年修订）第七十六条")
def opinion_is_of_a_case(row: Any, circumstances: Circumstances) -> str | None:
    """An opinion letter is written in a case; a suggestion may be about many."""
    if row.kind == Letter.OPINION and row.application_id is None:
        return "行政复议意见书在办理案件中制发，请选择所属案件"
    return None


@check(Suggestion.reply_by, basis="行政复议法实施条例第五十七条第二款")
def day_for_a_suggestion(row: Any, circumstances: Circumstances) -> str | None:
    """The Law gives no period to answer a suggestion; one for an opinion letter it does."""
    if row.kind == Letter.OPINION and row.reply_by is not None:
        return "意见书的反馈期限由法律规定，自送达之日起计算，请不要另行指定"
    if row.reply_by is not None and row.issued_on is not None and row.reply_by < row.issued_on:
        return "指定反馈日期早于制发日期，请核对"
    return None


@check(Suggestion.replied_on)
def answer_after_letter(row: Any, circumstances: Circumstances) -> str | None:
    """An answer follows the letter."""
    days = [day for day in (row.issued_on, row.delivered_on, row.replied_on) if day is not None]
    return "制发、送达、反馈日期须依次在后，请核对" if days != sorted(days) else None


def _answered(case: Any, circumstances: Circumstances) -> None:
    case.concluded_on = circumstances.on


class Suggesting(Workflow):
    """How a letter is issued, delivered and answered."""

    record = Suggestion
    line = LINE
    enter_label = "拟制意见书、建议书"
    enters = WORKERS
    corrects = WORKERS
    number = Series("{area}复建字〔{year}〕{serial}号")
    part_of = Suggestion.application
    checks = (opinion_is_of_a_case, day_for_a_suggestion, answer_after_letter)

    drafted = State("拟制中", Phase.OPEN, initial=True)
    sent = State("待反馈", Phase.WAITING)
    replied = State("已反馈", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    issue = Act(
        "制发",
        drafted,
        to=sent,
        by=WORKERS,
        may_ask=[Suggestion.basis],
        stamps=Suggestion.issued_on,
        approved=CHAIN,
        issues=[SuggestionPapers.opinion_letter, SuggestionPapers.suggestion],
    )
    deliver = Act("登记送达", sent, by=WORKERS, stamps=Suggestion.delivered_on)
    urge = Act("催办", sent, by=WORKERS, stamps=Suggestion.urged_on)
    reply = Act(
        "收到反馈",
        sent,
        to=replied,
        by=WORKERS,
        asks=[Suggestion.reply],
        may_ask=[Suggestion.carried_out],
        forgoes=[Suggestion.reply],
        stamps=Suggestion.replied_on,
        does=_answered,
    )
    archive = Act("归档", replied, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from its days."""
        if case.replied_on:
            return cls.replied
        return cls.sent if case.issued_on else cls.drafted


def _within(case: Any, circumstances: Circumstances) -> None:
    case.within_power = True


def _beyond(case: Any, circumstances: Circumstances) -> None:
    case.within_power = False


class Reviewing(Workflow):
    """How a normative document is reviewed in a case, or sent to the organ that may (行政复议法第五十六条至第六十条)."""

    record = NormativeReview
    line = LINE
    enter_label = "登记附带审查"
    enters = WORKERS
    corrects = WORKERS
    number = Series("{area}复规〔{year}〕{serial}号")
    part_of = NormativeReview.application

    begun = State("审查中", Phase.OPEN, initial=True)
    asked = State("待制定机关答复", Phase.WAITING)
    forwarded = State("已转送", Phase.WAITING)
    handled = State("已处理", Phase.DECIDED)
    answered = State("已回复", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    ask_maker = Act(
        "通知制定机关答复",
        begun,
        to=asked,
        by=WORKERS,
        stamps=NormativeReview.maker_asked_on,
        does=_within,
        issues=[ReviewPapers.normative_reply_notice],
    )
    deliver_to_maker = Act("登记通知送达", asked, by=WORKERS, stamps=NormativeReview.maker_received_on)
    maker_replies = Act(
        "收到制定机关答复",
        asked,
        to=begun,
        by=WORKERS,
        may_ask=[NormativeReview.maker_reply],
        stamps=NormativeReview.maker_replied_on,
    )
    handle = Act(
        "作出处理",
        begun,
        to=handled,
        by=WORKERS,
        asks=[NormativeReview.finding, NormativeReview.lawful],
        may_ask=[NormativeReview.order],
        forgoes=[NormativeReview.finding],
        approved=CHAIN,
        does=_within,
        issues=[ReviewPapers.normative_decision],
    )
    forward = Act(
        "转送有权机关",
        begun,
        to=forwarded,
        by=WORKERS,
        asks=[NormativeReview.forwarded_to],
        stamps=NormativeReview.forwarded_on,
        approved=[SECTION_HEAD],
        does=_beyond,
        issues=[ReviewPapers.normative_transfer_letter],
    )
    deliver_forwarded = Act("登记转送送达", forwarded, by=WORKERS, stamps=NormativeReview.forward_received_on)
    answer = Act(
        "收到处理意见",
        forwarded,
        to=answered,
        by=WORKERS,
        asks=[NormativeReview.finding, NormativeReview.lawful],
        forgoes=[NormativeReview.finding],
    )
    archive = Act("归档", handled, answered, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from its days."""
        if case.concluded_on:
            return cls.answered if case.forwarded_on else cls.handled
        if case.forwarded_on:
            return cls.forwarded
        return cls.asked if case.maker_asked_on and not case.maker_replied_on else cls.begun
