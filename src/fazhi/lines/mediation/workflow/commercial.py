"""How a dispute is mediated by a commercial mediation organisation (商事调解条例)."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, Series, State, Workflow
from fazhi.lines.mediation.codes import Outcome
from fazhi.lines.mediation.models import CommercialMediation
from fazhi.lines.mediation.queries import looked_up
from fazhi.lines.mediation.workflow import checks as must
from fazhi.lines.mediation.workflow.endings import ends, succeeds
from fazhi.lines.mediation.workflow.roles import LINE, PARTIES, WORKERS


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
        must.organisation_fits,
        must.mediator_fits,
        must.amount_of_an_agreement,
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
        stamps=CommercialMediation.accepted_on,
        may_ask=[CommercialMediation.mediator, CommercialMediation.fee],
    )
    decline = Act(
        "不予受理",
        registered,
        to=declined,
        by=WORKERS,
        asks=[CommercialMediation.ended_for],
        does=ends(Outcome.DECLINED),
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
        does=succeeds,
    )
    fail = Act(
        "调解不成", mediating, to=failed, by=WORKERS, asks=[CommercialMediation.ended_for], does=ends(Outcome.FAILED)
    )
    withdraw = Act(
        "当事人撤回",
        registered,
        mediating,
        to=withdrawn,
        by=WORKERS,
        may_ask=[CommercialMediation.ended_for],
        does=ends(Outcome.WITHDRAWN),
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
