"""How a dispute is mediated by a people's mediation committee (人民调解法)."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.lines.mediation.codes import Outcome
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.papers import MediationPapers
from fazhi.lines.mediation.queries import looked_up
from fazhi.lines.mediation.workflow import checks as must
from fazhi.lines.mediation.workflow.endings import ends, succeeds
from fazhi.lines.mediation.workflow.roles import LINE, PARTIES, WORKERS


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
        must.organisation_fits,
        must.mediator_fits,
        must.sender_of_what_was_sent,
        must.amount_of_an_agreement,
        must.form_of_an_agreement,
        must.performed_after_agreement,
        must.confirmed_after_application,
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
        does=ends(Outcome.DECLINED),
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
        does=succeeds,
        issues=[MediationPapers.agreement, MediationPapers.oral_register],
    )
    fail = Act(
        "调解不成",
        mediating,
        to=failed,
        by=WORKERS,
        asks=[Mediation.ended_for],
        does=ends(Outcome.FAILED),
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
        does=ends(Outcome.WITHDRAWN),
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
