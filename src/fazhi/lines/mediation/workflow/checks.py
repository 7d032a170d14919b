"""What must hold of a case of mediation."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances, check
from fazhi.lines.mediation.codes import Outcome, Source
from fazhi.lines.mediation.models import CommercialMediation, Mediation
from fazhi.lines.mediation.queries import Tenure


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
