"""How disputes are mediated, how they are sent on, and how organisations and mediators are kept."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances, check
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Keeping, PartyRole, Series, State, Workflow
from fazhi.kernel.ground.access.roles import CLERK, HANDLER, LIAISON, MEDIATOR, SECTION_HEAD
from fazhi.lines.mediation.codes import AgreementForm, Outcome, Source
from fazhi.lines.mediation.models import (
    Appraisal,
    Brand,
    CommercialMediation,
    Mediation,
    Mediator,
    Organisation,
    Referral,
)
from fazhi.lines.mediation.papers import MediationPapers
from fazhi.lines.mediation.queries import Tenure, looked_up

LINE = "mediation"
WORKERS = (CLERK, HANDLER, SECTION_HEAD, LIAISON, MEDIATOR)
KEEPERS = (CLERK, SECTION_HEAD, LIAISON)
PARTIES = (
    PartyRole("applicant", "申请人", least=1),
    PartyRole("respondent", "被申请人", least=1),
    PartyRole("agent", "代理人"),
)


# -- checks ------------------------------------------------------------------------------------------------------------


@check(Mediation.organisation)
def organisation_fits(row: Any, circumstances: Circumstances) -> str | None:
    """This organisation exists on the day, belongs to the unit, and is of the right kind of mediation."""
    if row.organisation_id is None:
        return None
    tenure: Tenure | None = circumstances.lookups["organisations"].get(row.organisation_id)
    if tenure is None:
        return "没有这个调解组织，请先在“调解组织”中登记"
    if not tenure.holds(circumstances.on):
        return f"该调解组织在{circumstances.on.isoformat()}不在存续期内，请核对日期或调解组织"
    if row.unit_id is not None and tenure.home != row.unit_id:
        return "该调解组织不属于本案的承办单位，请核对"
    if tenure.commercial != isinstance(row, CommercialMediation):
        return "商事调解组织只办理商事调解，人民调解委员会只办理人民调解"
    return None


@check(Mediation.mediator)
def mediator_fits(row: Any, circumstances: Circumstances) -> str | None:
    """This mediator serves in the organisation on the day."""
    if row.mediator_id is None:
        return None
    tenure: Tenure | None = circumstances.lookups["mediators"].get(row.mediator_id)
    if tenure is None:
        return "没有这名调解员，请先在“调解员”中登记"
    if tenure.home != row.organisation_id:
        return "该调解员不属于所选调解组织，请核对"
    return None if tenure.holds(circumstances.on) else f"该调解员在{circumstances.on.isoformat()}不在任期内，请核对"


@check(Mediation.sent_by)
def sender_of_what_was_sent(row: Any, circumstances: Circumstances) -> str | None:
    """This sender is named exactly where the dispute was sent."""
    if row.source == Source.ENTRUSTED and not row.sent_by:
        return "案件来源为“委托移送”，请填写委托移送单位"
    if row.source != Source.ENTRUSTED and (row.sent_by or row.court_stage):
        return "案件来源不是“委托移送”，请不要填写委托移送单位和法院委托阶段"
    if row.court_stage and row.sent_by != "court":
        return "只有人民法院委托的案件填写法院委托阶段"
    return None


@check(Mediation.amount)
def amount_of_an_agreement(row: Any, circumstances: Circumstances) -> str | None:
    """This amount stands in an agreement; without one there is none."""
    if row.amount is None:
        return None
    if row.amount < 0:
        return "协议涉及金额不能为负"
    if row.outcome and row.outcome != Outcome.SUCCEEDED:
        return "调解没有成功，不能填写协议涉及金额"
    return None


@check(Mediation.agreement_form)
def form_of_an_agreement(row: Any, circumstances: Circumstances) -> str | None:
    """This form is known of every agreement (人民调解法第二十八条)."""
    if row.outcome == Outcome.SUCCEEDED and not row.agreement_form:
        return "调解成功的，请填写协议形式（书面或口头）"
    return None


@check(Mediation.performed_on)
def performed_after_agreement(row: Any, circumstances: Circumstances) -> str | None:
    """This performance comes after the agreement, and has its day."""
    if row.performed_on is None:
        return "填写了履行情况，请填写履行（查明）日期" if row.performance else None
    if row.concluded_on is not None and row.performed_on < row.concluded_on:
        return f"履行（查明）日期早于达成协议的{row.concluded_on.isoformat()}"
    return None


@check(Mediation.confirmed_on)
def confirmed_after_application(row: Any, circumstances: Circumstances) -> str | None:
    """This order of confirmation follows a joint application, which follows the agreement."""
    if row.confirmation_applied_on and row.concluded_on and row.confirmation_applied_on < row.concluded_on:
        return "申请司法确认日期早于达成协议的日期"
    if row.confirmed_on and (not row.confirmation_applied_on or row.confirmed_on < row.confirmation_applied_on):
        return "司法确认日期须在申请司法确认之后"
    return None


# -- people's mediation ------------------------------------------------------------------------------------------------


def _ends(outcome: Outcome) -> Any:
    def does(case: Any, circumstances: Circumstances) -> None:
        case.outcome = outcome.value

    return does


def _succeeds(case: Any, circumstances: Circumstances) -> None:
    case.outcome = Outcome.SUCCEEDED.value
    if isinstance(case, Mediation) and not case.agreement_form:
        case.agreement_form = AgreementForm.WRITTEN.value


class Mediating(Workflow):
    """How a dispute is mediated by a people's mediation committee."""

    record = Mediation
    line = LINE
    enters = WORKERS
    corrects = WORKERS
    parties = PARTIES
    number = Series("{area}{unit}人调〔{year}〕{serial}号", per_unit=True)
    lookups = looked_up
    checks = (
        organisation_fits,
        mediator_fits,
        sender_of_what_was_sent,
        amount_of_an_agreement,
        form_of_an_agreement,
        performed_after_agreement,
        confirmed_after_application,
    )

    registered = State("待受理", Phase.OPEN, initial=True)
    mediating = State("调解中", Phase.OPEN)
    succeeded = State("调解成功", Phase.DECIDED)
    failed = State("调解不成", Phase.DECIDED)
    withdrawn = State("已撤回", Phase.DECIDED)
    declined = State("不予受理", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    accept = Act(
        "受理",
        registered,
        to=mediating,
        by=WORKERS,
        stamps=Mediation.accepted_on,
        may_ask=[Mediation.mediator],
        issues=[MediationPapers.registration, MediationPapers.rights_notice],
    )
    decline = Act(
        "不予受理",
        registered,
        to=declined,
        by=WORKERS,
        asks=[Mediation.ended_for],
        does=_ends(Outcome.DECLINED),
        help="告知当事人可以通过其他途径解决",
    )
    succeed = Act(
        "达成协议",
        mediating,
        to=succeeded,
        by=WORKERS,
        asks=[Mediation.mediator, Mediation.agreement_form],
        may_ask=[
            Mediation.amount,
            Mediation.agreement,
            Mediation.performance_terms,
            Mediation.persons,
            Mediation.confirmation_wanted,
            Mediation.crime_prevented,
            Mediation.petition_prevented,
        ],
        does=_succeeds,
        issues=[MediationPapers.agreement, MediationPapers.oral_register],
    )
    fail = Act(
        "调解不成",
        mediating,
        to=failed,
        by=WORKERS,
        asks=[Mediation.ended_for],
        does=_ends(Outcome.FAILED),
        issues=[MediationPapers.termination_notice],
        help="终止调解，告知当事人可以通过仲裁、行政、司法等途径维护权利（人民调解法第二十六条）",
    )
    withdraw = Act(
        "当事人撤回",
        registered,
        mediating,
        to=withdrawn,
        by=WORKERS,
        may_ask=[Mediation.ended_for],
        does=_ends(Outcome.WITHDRAWN),
    )
    visit = Act("登记回访", succeeded, by=WORKERS, stamps=Mediation.visited_on)
    perform = Act("登记履行情况", succeeded, by=WORKERS, asks=[Mediation.performance], stamps=Mediation.performed_on)
    apply_confirmation = Act(
        "登记申请司法确认",
        succeeded,
        by=WORKERS,
        stamps=Mediation.confirmation_applied_on,
        may_ask=[Mediation.court],
        help="双方当事人共同申请",
        issues=[MediationPapers.confirmation_application],
    )
    confirm = Act("登记司法确认", succeeded, by=WORKERS, asks=[Mediation.court], stamps=Mediation.confirmed_on)
    archive = Act("归档", succeeded, failed, withdrawn, declined, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from its outcome; an empty outcome means it is still being mediated."""
        if case.outcome:
            return cls.states[case.outcome]
        return cls.mediating if case.accepted_on else cls.registered


# -- commercial mediation ----------------------------------------------------------------------------------------------


class CommercialMediating(Workflow):
    """How a dispute is mediated by a commercial mediation organisation."""

    record = CommercialMediation
    line = LINE
    enters = WORKERS
    corrects = WORKERS
    parties = PARTIES
    number = Series("{area}商调〔{year}〕{serial}号")
    lookups = looked_up
    checks = (
        organisation_fits,
        mediator_fits,
        amount_of_an_agreement,
        performed_after_agreement,
        confirmed_after_application,
    )

    registered = State("待受理", Phase.OPEN, initial=True)
    mediating = State("调解中", Phase.OPEN)
    succeeded = State("调解成功", Phase.DECIDED)
    failed = State("调解不成", Phase.DECIDED)
    withdrawn = State("已撤回", Phase.DECIDED)
    declined = State("不予受理", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    accept = Act(
        "受理",
        registered,
        to=mediating,
        by=WORKERS,
        stamps=CommercialMediation.accepted_on,
        may_ask=[CommercialMediation.mediator, CommercialMediation.fee],
    )
    decline = Act(
        "不予受理",
        registered,
        to=declined,
        by=WORKERS,
        asks=[CommercialMediation.ended_for],
        does=_ends(Outcome.DECLINED),
    )
    succeed = Act(
        "达成协议",
        mediating,
        to=succeeded,
        by=WORKERS,
        asks=[CommercialMediation.mediator],
        may_ask=[
            CommercialMediation.amount,
            CommercialMediation.agreement,
            CommercialMediation.confirmation_wanted,
            CommercialMediation.fee,
        ],
        does=_succeeds,
    )
    fail = Act(
        "调解不成", mediating, to=failed, by=WORKERS, asks=[CommercialMediation.ended_for], does=_ends(Outcome.FAILED)
    )
    withdraw = Act(
        "当事人撤回",
        registered,
        mediating,
        to=withdrawn,
        by=WORKERS,
        may_ask=[CommercialMediation.ended_for],
        does=_ends(Outcome.WITHDRAWN),
    )
    perform = Act(
        "登记履行情况",
        succeeded,
        by=WORKERS,
        asks=[CommercialMediation.performance],
        stamps=CommercialMediation.performed_on,
    )
    apply_confirmation = Act(
        "登记申请司法确认",
        succeeded,
        by=WORKERS,
        stamps=CommercialMediation.confirmation_applied_on,
        may_ask=[CommercialMediation.court],
    )
    confirm = Act(
        "登记司法确认",
        succeeded,
        by=WORKERS,
        asks=[CommercialMediation.court],
        stamps=CommercialMediation.confirmed_on,
    )
    archive = Act("归档", succeeded, failed, withdrawn, declined, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from its outcome; an empty outcome means it is still being mediated."""
        if case.outcome:
            return cls.states[case.outcome]
        return cls.mediating if case.accepted_on else cls.registered


# -- referrals ---------------------------------------------------------------------------------------------------------


class Referring(Workflow):
    """How a dispute is sent on, taken up or given back, and answered."""

    record = Referral
    line = LINE
    enters = WORKERS
    corrects = WORKERS
    number = Series("{area}移〔{year}〕{serial}号")

    sent = State("待接收", Phase.OPEN, initial=True)
    received = State("办理中", Phase.OPEN)
    returned = State("已退回", Phase.DECIDED)
    handled = State("已反馈", Phase.DECIDED)
    archived = State("已归档", Phase.CLOSED)

    receive = Act("接收", sent, to=received, by=WORKERS, asks=[Referral.organisation], stamps=Referral.received_on)
    give_back = Act("退回", sent, received, to=returned, by=WORKERS, asks=[Referral.returned_for])
    answer = Act("反馈办理结果", received, to=handled, by=WORKERS, asks=[Referral.result], stamps=Referral.answered_on)
    archive = Act("归档", returned, handled, to=archived, by=WORKERS)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from what is filled in."""
        if case.result:
            return cls.handled
        if case.returned_for:
            return cls.returned
        return cls.received if case.received_on else cls.sent


# -- what is kept without a procedure ----------------------------------------------------------------------------------


class Organisations(Keeping):
    """How mediation organisations are kept."""

    record = Organisation
    line = LINE
    enter_label = "登记调解组织"
    enters = KEEPERS


class Brands(Keeping):
    """How brands are kept."""

    record = Brand
    line = LINE
    enter_label = "登记调解品牌"
    enters = KEEPERS


class Mediators(Keeping):
    """How mediators are kept."""

    record = Mediator
    line = LINE
    enter_label = "登记调解员"
    enters = KEEPERS


class Appraisals(Keeping):
    """How appraisals of mediators are kept."""

    record = Appraisal
    line = LINE
    enter_label = "登记考核"
    enters = KEEPERS
