"""The figures of mediation."""

from __future__ import annotations

from django.db.models import Q

from fazhi.kernel.records.measures.declaring import Balance, Count, Measures, Ratio, Stock, Sum
from fazhi.lines.mediation.codes import AgreementForm, OrganisationKind, Outcome, Performance
from fazhi.lines.mediation.models import (
    Appraisal,
    Brand,
    CommercialMediation,
    Mediation,
    Mediator,
    Organisation,
    Referral,
)

_SUCCEEDED = Q(outcome=Outcome.SUCCEEDED)
_ENDED = Q(outcome__in=[Outcome.SUCCEEDED, Outcome.FAILED])


class MediationMeasures(Measures):
    """Counted from cases, organisations, brands and mediators."""

    line = "mediation"

    cases = Count(
        "mediation.cases",
        Mediation,
        on=Mediation.accepted_on,
        label="人民调解案件数",
        unit="件",
        definition="报告期内各人民调解组织受理的案件；商事调解、行政调解不计入",
        aliases=["人民调解案件", "调解案件总数", "受理人民调解案件", "调解矛盾纠纷"],
    )
    succeeded = Count(
        "mediation.succeeded",
        Mediation,
        on=Mediation.concluded_on,
        where=_SUCCEEDED,
        label="调解成功件数",
        unit="件",
        definition="报告期内达成调解协议（书面或口头）的人民调解案件，含以前年度受理的",
        aliases=["调解成功", "成功调解"],
    )
    failed = Count(
        "mediation.failed",
        Mediation,
        on=Mediation.concluded_on,
        where=Q(outcome=Outcome.FAILED),
        label="调解不成件数",
        unit="件",
        definition="报告期内终止调解、未达成协议的人民调解案件",
        aliases=["调解不成功"],
    )
    ended = Count(
        "mediation.ended",
        Mediation,
        on=Mediation.concluded_on,
        where=_ENDED,
        label="调解办结件数",
        unit="件",
        definition="报告期内调解成功与调解不成的人民调解案件之和；撤回和不予受理的不计入",
    )
    success_rate = Ratio(
        "mediation.success_rate",
        succeeded,
        ended,
        label="调解成功率",
        definition="调解成功件数占调解办结件数（成功与不成之和）的比例；未办结的不作分母",
        aliases=["调解成功率"],
    )
    agreement_amount = Sum(
        "mediation.agreement_amount",
        Mediation.amount,
        on=Mediation.concluded_on,
        where=_SUCCEEDED,
        label="调解协议金额",
        definition="报告期内达成的人民调解协议涉及的金额",
        aliases=["协议金额", "涉及金额", "协议涉及金额"],
    )
    open_at_end = Stock(
        "mediation.open",
        Mediation,
        begins=Mediation.accepted_on,
        ends=Mediation.concluded_on,
        label="期末未办结人民调解案件",
        unit="件",
        definition="报告期末日已受理、尚未办结的人民调解案件",
    )
    withdrawn = Count(
        "mediation.withdrawn",
        Mediation,
        on=Mediation.concluded_on,
        where=Q(outcome=Outcome.WITHDRAWN, accepted_on__isnull=False),
        label="受理后撤回件数",
        unit="件",
        definition="报告期内受理之后由当事人撤回的人民调解案件；受理之前撤回的不计入",
    )
    balance = Balance(open_at_end, inflow=[cases], outflow=[ended, withdrawn])
    written = Count(
        "mediation.written_agreements",
        Mediation,
        on=Mediation.concluded_on,
        where=_SUCCEEDED & Q(agreement_form=AgreementForm.WRITTEN),
        part_of=succeeded,
        label="书面调解协议数",
        unit="件",
        definition="报告期内以书面协议调解成功的人民调解案件",
    )
    oral = Count(
        "mediation.oral_agreements",
        Mediation,
        on=Mediation.concluded_on,
        where=_SUCCEEDED & Q(agreement_form=AgreementForm.ORAL),
        part_of=succeeded,
        label="口头调解协议数",
        unit="件",
        definition="报告期内以口头协议调解成功的人民调解案件",
    )
    performed = Count(
        "mediation.agreements_performed",
        Mediation,
        on=Mediation.performed_on,
        where=Q(performance=Performance.PERFORMED),
        label="调解协议履行件数",
        unit="件",
        definition="报告期内查明已履行的人民调解协议",
    )
    confirmed = Count(
        "mediation.confirmed",
        Mediation,
        on=Mediation.confirmed_on,
        label="司法确认件数",
        unit="件",
        definition="报告期内经人民法院司法确认的人民调解协议",
    )
    commercial_cases = Count(
        "mediation.commercial_cases",
        CommercialMediation,
        on=CommercialMediation.accepted_on,
        label="受理商事纠纷件数",
        unit="件",
        definition="报告期内商事调解组织受理的案件",
    )
    commercial_settled = Count(
        "mediation.commercial_settled",
        CommercialMediation,
        on=CommercialMediation.concluded_on,
        where=_SUCCEEDED,
        label="商事纠纷调解成功件数",
        unit="件",
        definition="报告期内商事调解组织调解成功的案件，不计入人民调解案件",
        aliases=["成功调解商事纠纷", "调解商事纠纷"],
    )
    commercial_amount = Sum(
        "mediation.commercial_amount",
        CommercialMediation.amount,
        on=CommercialMediation.concluded_on,
        where=_SUCCEEDED,
        label="商事调解协议金额",
        definition="报告期内达成的商事调解协议涉及的金额",
    )
    committees = Stock(
        "mediation.committees",
        Organisation,
        where=~Q(kind=OrganisationKind.COMMERCIAL),
        label="人民调解组织数",
        unit="个",
        definition="报告期末日存续的人民调解委员会",
        aliases=["人民调解委员会", "调解组织"],
    )
    commercial_organisations = Stock(
        "mediation.commercial_organisations",
        Organisation,
        where=Q(kind=OrganisationKind.COMMERCIAL),
        label="商事调解组织数",
        unit="个",
        definition="报告期末日存续的商事调解组织",
    )
    brands = Stock(
        "mediation.brands",
        Brand,
        label="调解品牌数",
        unit="个",
        definition="报告期末日存续的调解品牌（一街一品）",
        aliases=["调解品牌"],
    )
    mediators = Stock(
        "mediation.mediators",
        Mediator,
        label="人民调解员数",
        unit="人",
        definition="报告期末日在任的调解员",
        aliases=["人民调解员", "调解员"],
    )
    full_time = Stock(
        "mediation.full_time_mediators",
        Mediator,
        where=Q(full_time=True),
        part_of=mediators,
        label="专职人民调解员数",
        unit="人",
        definition="报告期末日在任的专职调解员",
        aliases=["专职调解员", "专职人民调解员"],
    )
    appraised = Count(
        "mediation.mediators_appraised",
        Appraisal,
        on=Appraisal.on,
        label="调解员考核人次",
        unit="人次",
        definition="报告期内登记的调解员考核",
    )
    referred = Count(
        "mediation.referrals",
        Referral,
        on=Referral.received_on,
        label="接收移送纠纷件数",
        unit="件",
        definition="报告期内调解组织接收的法院、公安、信访等移送的纠纷",
    )
