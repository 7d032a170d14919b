"""How people see and enter mediation."""

from __future__ import annotations

from django.db.models import Q

from fazhi.kernel.records.register import Group, Register
from fazhi.lines.mediation import workflow
from fazhi.lines.mediation.codes import AgreementForm, Outcome
from fazhi.lines.mediation.models import (
    Appraisal,
    Brand,
    CommercialMediation,
    Mediation,
    Mediator,
    Organisation,
    Referral,
)

_HEADINGS = {
    "accepted_on": ["受理时间", "登记受理日期", "立案日期"],
    "concluded_on": ["调解结束日期", "办结时间", "结案日期", "达成协议日期", "协议日期"],
    "opened_on": ["登记时间", "申请日期", "纠纷登记日期"],
    "summary": ["纠纷简况", "简要案情", "案情简介", "纠纷事由"],
    "amount": ["协议金额", "涉及金额", "协议金额（元）", "标的额"],
    "organisation": ["调解委员会", "调委会", "人民调解委员会"],
    "mediator": ["调解员", "承办调解员"],
    "outcome": ["是否成功", "调解结果", "处理结果"],
    "number": ["案件编号", "案号", "序号编号"],
}


class Cases(Register):
    """Cases of people's mediation."""

    keeping = workflow.Mediating
    label = "人民调解案件"
    columns = [
        Mediation.number,
        Mediation.title,
        Mediation.unit,
        Mediation.organisation,
        Mediation.mediator,
        Mediation.accepted_on,
        Mediation.concluded_on,
        Mediation.state,
        Mediation.amount,
    ]
    more = [
        Mediation.kind,
        Mediation.opened_on,
        Mediation.source,
        Mediation.sent_by,
        Mediation.weight,
        Mediation.outcome,
        Mediation.agreement_form,
        Mediation.persons,
        Mediation.performance,
        Mediation.performed_on,
        Mediation.confirmation_applied_on,
        Mediation.confirmed_on,
        Mediation.court,
        Mediation.ended_for,
        Mediation.agreement,
        Mediation.confirmation_wanted,
        Mediation.crime_prevented,
        Mediation.petition_prevented,
        Mediation.visited_on,
        Mediation.handler,
        Mediation.closed_on,
        Mediation.due_on,
        Mediation.court_stage,
    ]
    filters = [
        Mediation.unit,
        Mediation.kind,
        Mediation.state,
        Mediation.organisation,
        Mediation.source,
        Mediation.opened_on,
        Mediation.accepted_on,
        Mediation.concluded_on,
        Mediation.amount,
    ]
    form = [
        Group(
            "纠纷",
            Mediation.organisation,
            Mediation.mediator,
            Mediation.kind,
            Mediation.weight,
            Mediation.summary,
            Mediation.persons,
        ),
        Group("来源", Mediation.source, Mediation.sent_by, Mediation.court_stage),
    ]
    history = [
        Group(
            "办理情况",
            Mediation.number,
            Mediation.accepted_on,
            Mediation.outcome,
            Mediation.concluded_on,
            Mediation.agreement_form,
            Mediation.amount,
            Mediation.agreement,
            Mediation.performance_terms,
            Mediation.ended_for,
        ),
        Group(
            "履行与确认",
            Mediation.performance,
            Mediation.performed_on,
            Mediation.confirmation_wanted,
            Mediation.confirmation_applied_on,
            Mediation.confirmed_on,
            Mediation.court,
            Mediation.visited_on,
        ),
    ]
    headings = {
        **{getattr(Mediation, name): names for name, names in _HEADINGS.items()},
        Mediation.kind: ["纠纷类别", "纠纷种类", "案件类型"],
        Mediation.source: ["来源"],
        Mediation.persons: ["涉及当事人数", "当事人数"],
    }
    searches = [Mediation.number, Mediation.title]
    figures = [
        "mediation.cases",
        "mediation.succeeded",
        "mediation.success_rate",
        "mediation.agreement_amount",
        "mediation.open",
    ]
    empty = "还没有人民调解案件。可以逐件登记，也可以把现有的台账（Excel）整表导入。"


class Oral(Register):
    """Simple disputes settled on the spot by oral agreement, entered in one form (人民调解法第二十八条)."""

    keeping = workflow.Mediating
    label = "口头协议登记"
    scope = Q(agreement_form=AgreementForm.ORAL)
    preset = {
        "agreement_form": AgreementForm.ORAL.value,
        "outcome": Outcome.SUCCEEDED.value,
        "weight": "simple",
    }
    finished = True
    columns = [
        Mediation.number,
        Mediation.title,
        Mediation.kind,
        Mediation.unit,
        Mediation.organisation,
        Mediation.mediator,
        Mediation.concluded_on,
        Mediation.amount,
    ]
    filters = [Mediation.unit, Mediation.kind, Mediation.organisation, Mediation.concluded_on]
    form = [
        Group(
            "简易纠纷",
            Mediation.organisation,
            Mediation.mediator,
            Mediation.kind,
            Mediation.summary,
            Mediation.accepted_on,
            Mediation.concluded_on,
            Mediation.agreement,
            Mediation.amount,
            Mediation.persons,
        ),
    ]
    headings = {
        **{
            getattr(Mediation, name): _HEADINGS[name]
            for name in ("accepted_on", "concluded_on", "summary", "amount", "organisation", "mediator", "number")
        },
        Mediation.kind: ["纠纷类别", "纠纷种类"],
    }
    searches = [Mediation.number, Mediation.title]
    figures = ["mediation.oral_agreements"]
    empty = "还没有口头协议。当场调解成功的简易纠纷，在这里一张表登记完。"


class Commercial(Register):
    """Cases of commercial mediation."""

    keeping = workflow.CommercialMediating
    label = "商事调解案件"
    columns = [
        CommercialMediation.number,
        CommercialMediation.title,
        CommercialMediation.area,
        CommercialMediation.organisation,
        CommercialMediation.mediator,
        CommercialMediation.accepted_on,
        CommercialMediation.concluded_on,
        CommercialMediation.state,
        CommercialMediation.amount,
    ]
    more = [
        CommercialMediation.opened_on,
        CommercialMediation.unit,
        CommercialMediation.claim,
        CommercialMediation.fee,
        CommercialMediation.outcome,
        CommercialMediation.performance,
        CommercialMediation.performed_on,
        CommercialMediation.confirmation_applied_on,
        CommercialMediation.confirmed_on,
        CommercialMediation.handler,
        CommercialMediation.due_on,
    ]
    filters = [
        CommercialMediation.area,
        CommercialMediation.state,
        CommercialMediation.organisation,
        CommercialMediation.accepted_on,
        CommercialMediation.concluded_on,
        CommercialMediation.amount,
    ]
    form = [
        Group(
            "纠纷",
            CommercialMediation.organisation,
            CommercialMediation.mediator,
            CommercialMediation.area,
            CommercialMediation.summary,
            CommercialMediation.claim,
            CommercialMediation.fee,
        ),
    ]
    history = [
        Group(
            "办理情况",
            CommercialMediation.number,
            CommercialMediation.accepted_on,
            CommercialMediation.outcome,
            CommercialMediation.concluded_on,
            CommercialMediation.amount,
            CommercialMediation.agreement,
            CommercialMediation.ended_for,
        ),
        Group(
            "履行与确认",
            CommercialMediation.performance,
            CommercialMediation.performed_on,
            CommercialMediation.confirmation_wanted,
            CommercialMediation.confirmation_applied_on,
            CommercialMediation.confirmed_on,
            CommercialMediation.court,
        ),
    ]
    headings = {getattr(CommercialMediation, name): names for name, names in _HEADINGS.items()}
    searches = [CommercialMediation.number, CommercialMediation.title]
    figures = ["mediation.commercial_cases", "mediation.commercial_settled", "mediation.commercial_amount"]
    empty = "还没有商事调解案件。"


class Referrals(Register):
    """Disputes sent between bodies."""

    keeping = workflow.Referring
    label = "纠纷移送"
    columns = [
        Referral.number,
        Referral.title,
        Referral.sent_by,
        Referral.sender,
        Referral.unit,
        Referral.organisation,
        Referral.opened_on,
        Referral.received_on,
        Referral.state,
    ]
    more = [Referral.answered_on, Referral.returned_for, Referral.result, Referral.handler]
    filters = [Referral.sent_by, Referral.state, Referral.unit, Referral.opened_on]
    form = [Group("移送", Referral.sent_by, Referral.sender, Referral.organisation, Referral.summary)]
    history = [
        Group(
            "办理情况",
            Referral.received_on,
            Referral.returned_for,
            Referral.result,
            Referral.answered_on,
            Referral.concluded_on,
        )
    ]
    headings = {Referral.opened_on: ["移送日期"], Referral.summary: _HEADINGS["summary"]}
    searches = [Referral.number, Referral.title]
    figures = ["mediation.referrals"]
    empty = "还没有移送的纠纷。法院、公安、信访等移送的纠纷在这里接收和反馈。"


class Organisations(Register):
    """Mediation organisations."""

    keeping = workflow.Organisations
    label = "调解组织"
    columns = [
        Organisation.name,
        Organisation.kind,
        Organisation.unit,
        Organisation.head,
        Organisation.telephone,
        Organisation.valid_from,
        Organisation.valid_to,
    ]
    more = [Organisation.address, Organisation.licence]
    filters = [Organisation.kind, Organisation.unit, Organisation.valid_from]
    form = [
        Group(
            "调解组织",
            Organisation.name,
            Organisation.kind,
            Organisation.head,
            Organisation.address,
            Organisation.telephone,
            Organisation.licence,
        ),
        Group("存续", Organisation.valid_from, Organisation.valid_to),
    ]
    headings = {
        Organisation.name: ["调解委员会名称", "组织名称"],
        Organisation.valid_from: ["成立日期", "设立日期"],
        Organisation.valid_to: ["撤销日期"],
    }
    searches = [Organisation.name]
    figures = ["mediation.committees", "mediation.commercial_organisations"]
    empty = "还没有调解组织。先登记人民调解委员会和商事调解组织，再登记调解员和案件。"


class Brands(Register):
    """Brands of mediation."""

    keeping = workflow.Brands
    label = "调解品牌"
    columns = [Brand.name, Brand.organisation, Brand.unit, Brand.speciality, Brand.valid_from, Brand.valid_to]
    filters = [Brand.unit, Brand.organisation]
    form = [Group("品牌", Brand.name, Brand.organisation, Brand.speciality, Brand.valid_from, Brand.valid_to)]
    headings = {Brand.valid_from: ["创建日期"]}
    searches = [Brand.name]
    figures = ["mediation.brands"]
    empty = "还没有调解品牌（一街一品）。"


class Mediators(Register):
    """Mediators."""

    keeping = workflow.Mediators
    label = "调解员"
    columns = [
        Mediator.name,
        Mediator.organisation,
        Mediator.unit,
        Mediator.full_time,
        Mediator.grade,
        Mediator.graded_on,
        Mediator.valid_from,
        Mediator.valid_to,
    ]
    more = [Mediator.phone, Mediator.account]
    filters = [Mediator.organisation, Mediator.unit, Mediator.full_time, Mediator.grade]
    form = [
        Group("调解员", Mediator.name, Mediator.organisation, Mediator.full_time, Mediator.phone, Mediator.account),
        Group("任期与等级", Mediator.valid_from, Mediator.valid_to, Mediator.grade, Mediator.graded_on),
    ]
    headings = {
        Mediator.name: ["调解员姓名"],
        Mediator.valid_from: ["聘任日期", "任职日期"],
        Mediator.full_time: ["是否专职"],
    }
    searches = [Mediator.name]
    figures = ["mediation.mediators", "mediation.full_time_mediators"]
    empty = "还没有调解员。"


class Appraisals(Register):
    """Appraisals and rewards of mediators."""

    keeping = workflow.Appraisals
    label = "调解员考核"
    columns = [Appraisal.on, Appraisal.mediator, Appraisal.unit, Appraisal.result, Appraisal.reward, Appraisal.note]
    filters = [Appraisal.unit, Appraisal.result, Appraisal.on]
    form = [Group("考核", Appraisal.mediator, Appraisal.result, Appraisal.reward, Appraisal.note)]
    headings = {Appraisal.on: ["考核日期"]}
    figures = ["mediation.mediators_appraised"]
    empty = "还没有调解员考核记录。"
