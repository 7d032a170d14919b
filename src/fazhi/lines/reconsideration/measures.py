"""The figures of administrative reconsideration, counted from its cases."""

from __future__ import annotations

from django.db.models import Q

from fazhi.kernel.casework.deadlines.models import Run, Standing
from fazhi.kernel.records.measures.declaring import Balance, Count, Measures, Ratio, Stock, Sum
from fazhi.lines.reconsideration.codes import CORRECTIONS, FIELD_GROUPS, MATTERS, Letter, Outcome
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion

_ACCEPTED = Q(accepted_on__isnull=False)
_SETTLED = Q(outcome=Outcome.MEDIATED) | Q(outcome=Outcome.TERMINATED, terminated_for="settled")
_DECIDED_LATE = Run.objects.filter(clock="decide", standing=Standing.LATE).values("matter_id")
_ANNULLED = (Outcome.ANNULLED, Outcome.PARTLY_ANNULLED, Outcome.ANNULLED_REDO)
_NAMED_IN_RETURNS = (
    Outcome.DISMISSED,
    Outcome.REQUEST_DISMISSED,
    Outcome.UPHELD,
    *CORRECTIONS,
    Outcome.MEDIATED,
    Outcome.TERMINATED,
)


def _part_of_accepted(accepted: Count, by: str, key: str, label: str, where: Q) -> Count:
    """Accepted cases of one kind of act, or one group of fields; several at once go into the one for others."""
    what = {"matter": "申请复议事项", "field": "行政管理领域"}[by]
    return Count(
        f"reconsideration.accepted.{by}.{key}",
        Application,
        on=Application.accepted_on,
        where=where,
        part_of=accepted,
        label=f"受理件数·{label}" if by == "matter" else f"受理件数·{label}领域".replace("领域领域", "领域"),
        unit="件",
        definition=f"报告期内受理的行政复议案件中{what}为“{label}”的，按受理日计；涉及两类以上的计入其他",
    )


class ReconsiderationMeasures(Measures):
    """Counted from applications, letters and incidental reviews."""

    line = "reconsideration"

    received = Count(
        "reconsideration.received",
        Application,
        on=Application.opened_on,
        label="收到行政复议申请数",
        unit="件",
        definition="报告期内行政复议机构收到的行政复议申请，按收到日计；补正材料不另计，不属于行政复议的来信不计入",
        aliases=["收到行政复议申请", "收到复议申请", "新收行政复议申请", "行政复议申请"],
    )
    accepted = Count(
        "reconsideration.accepted",
        Application,
        on=Application.accepted_on,
        label="受理行政复议案件数",
        unit="件",
        definition="报告期内受理（含审查期限届满视为受理）的行政复议案件，按受理日计；含上年度收到、报告期内受理的，不予受理、转送、受理前撤回的不计入",
        aliases=["受理行政复议案件", "受理复议案件", "受理"],
    )
    deemed = Count(
        "reconsideration.deemed_accepted",
        Application,
        on=Application.accepted_on,
        where=Q(deemed=True),
        part_of=accepted,
        label="视为受理件数",
        unit="件",
        definition="报告期内因审查期限届满未作决定而视为受理的行政复议案件，按视为受理之日计",
    )
    simplified = Count(
        "reconsideration.simplified",
        Application,
        on=Application.accepted_on,
        where=~Q(simplified_ground=""),
        part_of=accepted,
        label="适用简易程序件数",
        unit="件",
        definition="报告期内受理时适用简易程序的行政复议案件，含后来转为普通程序的",
    )
    for _code in MATTERS.codes.values():
        vars()[f"matter_{_code.key}"] = _part_of_accepted(
            accepted, "matter", _code.key, _code.label, Q(matter=_code.key)
        )
    for _key, (_label, _fields) in FIELD_GROUPS.items():
        vars()[f"field_{_key}"] = _part_of_accepted(accepted, "field", _key, _label, Q(field__in=sorted(_fields)))
    refused = Count(
        "reconsideration.refused",
        Application,
        on=Application.concluded_on,
        where=Q(outcome=Outcome.REFUSED),
        label="不予受理件数",
        unit="件",
        definition="报告期内决定不予受理的行政复议申请，按决定日计；告知、转送、视为放弃和受理前撤回的不计入",
    )
    applicants = Sum(
        "reconsideration.applicants",
        Application.applicants,
        on=Application.accepted_on,
        label="申请人总数",
        unit="人",
        definition="报告期内受理的行政复议案件的申请人（户）数之和，按受理日计",
    )
    concluded = Count(
        "reconsideration.concluded",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED,
        label="办结行政复议案件数",
        unit="件",
        definition="报告期内作出行政复议决定、达成调解或者终止的行政复议案件，按办结日计；含上年度受理、结转办理的，不予受理的不计入",
        aliases=["办结行政复议案件", "审结行政复议案件", "已办结", "审结"],
    )
    terminated_after_settlement = Count(
        "reconsideration.terminated_after_settlement",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & _SETTLED,
        label="经调解和解终止复议案件数",
        unit="件",
        definition="报告期内办结的行政复议案件中，以行政复议调解书结案和达成和解后撤回申请而终止的，按办结日计；申请人因其他原因撤回而终止的不计入",
        part_of=concluded,
        aliases=["终止复议", "调解和解结案", "经调解和解终止复议", "调解和解"],
    )
    settlement_rate = Ratio(
        "reconsideration.settlement_rate",
        terminated_after_settlement,
        concluded,
        label="行政复议调解率",
        definition="经调解和解终止复议案件数占同期办结行政复议案件数的比例；不以受理数为分母",
        aliases=["调解率", "行政复议调解率", "调解和解率"],
    )
    corrected = Count(
        "reconsideration.corrected",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome__in=CORRECTIONS),
        part_of=concluded,
        label="纠错件数",
        unit="件",
        definition="报告期内以变更、撤销（含部分撤销）、确认违法、确认无效、责令履行结案的行政复议案件，按办结日计",
        aliases=["纠错", "直接纠错"],
    )
    correction_rate = Ratio(
        "reconsideration.correction_rate",
        corrected,
        concluded,
        label="行政复议纠错率",
        definition="纠错件数占同期办结行政复议案件数的比例；不以受理数为分母",
        aliases=["纠错率", "直接纠错率"],
    )
    on_time = Count(
        "reconsideration.concluded_on_time",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & ~Q(pk__in=_DECIDED_LATE),
        part_of=concluded,
        label="按期办结件数",
        unit="件",
        definition="报告期内在法定审理期限（扣除中止、鉴定勘验，含依法延长）内办结的行政复议案件，按办结日计",
    )
    on_time_rate = Ratio(
        "reconsideration.on_time_rate",
        on_time,
        concluded,
        label="按期办结率",
        definition="按期办结件数占同期办结行政复议案件数的比例；不以受理数为分母",
    )
    carried_out = Stock(
        "reconsideration.carried_out",
        Application,
        begins=Application.accepted_on,
        ends=Application.concluded_on,
        label="期末未审结行政复议案件数",
        unit="件",
        definition="报告期末日已受理、尚未办结的行政复议案件，含中止的；上期期末数加本期受理数，等于本期办结数加本期期末数",
        aliases=["未审结", "结转下年"],
    )
    balance = Balance(carried_out, inflow=[accepted], outflow=[concluded])

    dismissed = Count(
        "reconsideration.dismissed",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome__in=[Outcome.DISMISSED, Outcome.REQUEST_DISMISSED]),
        part_of=concluded,
        label="驳回件数",
        unit="件",
        definition="报告期内驳回行政复议申请和驳回行政复议请求的案件，按办结日计",
    )
    upheld = Count(
        "reconsideration.upheld",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome=Outcome.UPHELD),
        part_of=concluded,
        label="维持件数",
        unit="件",
        definition="报告期内决定维持原行政行为的行政复议案件，按办结日计",
        aliases=["维持"],
    )
    annulled = Count(
        "reconsideration.annulled",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome__in=_ANNULLED),
        part_of=corrected,
        label="撤销件数",
        unit="件",
        definition="报告期内决定全部或者部分撤销原行政行为（含责令重新作出）的行政复议案件，按办结日计",
    )
    varied = Count(
        "reconsideration.varied",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome=Outcome.VARIED),
        part_of=corrected,
        label="变更件数",
        unit="件",
        definition="报告期内决定变更原行政行为的行政复议案件，按办结日计",
    )
    unlawful = Count(
        "reconsideration.confirmed_unlawful",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome__in=[Outcome.UNLAWFUL, Outcome.VOID]),
        part_of=corrected,
        label="确认违法（无效）件数",
        unit="件",
        definition="报告期内决定确认原行政行为违法或者无效的行政复议案件，按办结日计",
    )
    performance_ordered = Count(
        "reconsideration.performance_ordered",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome=Outcome.PERFORMANCE_ORDERED),
        part_of=corrected,
        label="责令履行件数",
        unit="件",
        definition="报告期内决定责令被申请人履行法定职责的行政复议案件，按办结日计",
    )
    mediated = Count(
        "reconsideration.mediated",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome=Outcome.MEDIATED),
        part_of=terminated_after_settlement,
        label="调解书结案件数",
        unit="件",
        definition="报告期内以行政复议调解书结案的案件，按办结日计",
    )
    terminated = Count(
        "reconsideration.terminated",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(outcome=Outcome.TERMINATED),
        part_of=concluded,
        label="终止件数",
        unit="件",
        definition="报告期内终止的行政复议案件（和解、撤回及其他情形），按办结日计",
    )
    otherwise = Count(
        "reconsideration.concluded_otherwise",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & ~Q(outcome__in=_NAMED_IN_RETURNS),
        part_of=concluded,
        label="其他方式办结件数",
        unit="件",
        definition="报告期内以行政协议责任、补偿、赔偿或者驳回赔偿请求的决定结案的案件，按办结日计",
    )
    compensation_cases = Count(
        "reconsideration.compensation_cases",
        Application,
        on=Application.concluded_on,
        where=_ACCEPTED & Q(compensation__gt=0),
        part_of=concluded,
        label="行政赔偿（补偿）件数",
        unit="件",
        definition="报告期内办结的行政复议案件中决定或者调解给予赔偿、补偿的，按办结日计",
    )
    compensation_amount = Sum(
        "reconsideration.compensation_amount",
        Application.compensation,
        on=Application.concluded_on,
        where=_ACCEPTED,
        label="行政赔偿（补偿）金额",
        definition="报告期内办结的行政复议案件中决定或者调解给予的赔偿、补偿金额之和，按办结日计",
    )
    sued = Count(
        "reconsideration.sued",
        Application,
        on=Application.sued_on,
        label="复议后起诉件数",
        unit="件",
        definition="报告期内当事人不服行政复议决定（含不予受理、驳回、终止）提起诉讼的案件，按起诉日计",
    )
    incidental_reviews = Count(
        "reconsideration.incidental_reviews",
        NormativeReview,
        on=NormativeReview.opened_on,
        label="规范性文件附带审查件数",
        unit="件",
        definition="报告期内在行政复议案件中提出或者依职权进行的规范性文件（依据）附带审查，按提出日计",
    )
    opinion_letters = Count(
        "reconsideration.opinion_letters",
        Suggestion,
        on=Suggestion.issued_on,
        where=Q(kind=Letter.OPINION),
        label="制发行政复议意见书数",
        unit="份",
        definition="报告期内制发的行政复议意见书，按制发日计；建议书不计入",
        aliases=["行政复议意见书"],
    )
    opinion_letters_done = Count(
        "reconsideration.opinion_letters_done",
        Suggestion,
        on=Suggestion.issued_on,
        where=Q(kind=Letter.OPINION, carried_out=True),
        part_of=opinion_letters,
        label="已落实行政复议意见书数",
        unit="份",
        definition="报告期内制发的行政复议意见书中已经反馈并落实的，按制发日计",
    )
    suggestions = Count(
        "reconsideration.suggestions",
        Suggestion,
        on=Suggestion.issued_on,
        where=Q(kind=Letter.SUGGESTION),
        label="制发行政复议建议书数",
        unit="份",
        definition="报告期内制发的行政复议建议书，按制发日计；意见书不计入",
        aliases=["行政复议建议书"],
    )
    letters_open = Stock(
        "reconsideration.letters_open",
        Suggestion,
        begins=Suggestion.issued_on,
        ends=Suggestion.replied_on,
        label="待反馈意见书、建议书数",
        unit="份",
        definition="报告期末日已制发、尚未收到反馈的意见书和建议书",
    )
