"""Records of reconsideration for tests, in a bureau of 2026 unless a test says another year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.approvals.models import Request, RequestState
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion
from fazhi.lines.reconsideration.workflow import Reconsidering as W
from tests.world import SHANGHAI, World

AT = datetime(2026, 11, 20, 10, 0, tzinfo=SHANGHAI)
BEGUN = date(2026, 3, 2)
PARTIES = (
    PartyFacts("applicant", "甲某", address="青江新区一号"),
    PartyFacts("respondent", "青江新区财政局", kind=PartyKind.ORGANISATION),
)
FACTS: dict[str, Any] = {
    "field": "finance",
    "matter": "penalty",
    "contested": "青财罚〔2026〕3号行政处罚决定",
    "act_on": date(2026, 1, 20),
    "known_on": date(2026, 1, 22),
    "request": "撤销该行政处罚决定",
    "grounds": "认定事实不清，处罚过重。",
}
ANSWERS: dict[str, dict[str, Any]] = {
    "ask_supplement": {"supplement_items": "一、身份证明复印件；二、行政处罚决定书复印件"},
    "prolong_supplement": {"supplement_extra": 5},
    "refuse": {"refusal_ground": "no_interest", "ended_for": "申请人不是该行政处罚决定的相对人。"},
    "inform": {"competent": "青江市人民政府", "ended_for": "被申请人为市级部门。"},
    "join": {"third_party": "丙公司", "interest": "该处罚涉及其合同权利"},
    "hear_opinions": {"heard": "甲某", "way": "in_person", "staff": "乙一、乙二", "points": "对处罚金额有异议"},
    "investigate": {"place": "现场", "staff": "乙一、乙二", "asked": "丁某", "content": "问：……答：……"},
    "grant_access": {"reader": "甲某（申请人）", "materials": "答复书及证据一至五"},
    "answer_hearing": {"hearing_asked_by": "甲某"},
    "call_hearing": {
        "hearing_on": date(2026, 6, 30), "hearing_place": "第一听证室", "hearing_matters": "处罚是否适当",
        "hearing_panel": "主持人乙一，听证员乙二、乙三，记录员乙四",
    },
    "hold_hearing": {
        "place": "第一听证室", "panel": "主持人乙一，听证员乙二、乙三，记录员乙四", "listeners": 2, "head_attended": True,
        "present": "甲某、区财政局负责人", "statements": "双方陈述、举证、质证。",
    },
    "ask_committee": {"committee_issue": "裁量是否适当"},
    "consult": {
        "body": "committee", "session": "2026年第一次会议", "members": "委员五人，无回避", "opinions": "多数认为过重",
        "advice": "建议变更",
    },
    "stay": {"stay_ground": "asked"},
    "convert": {"conversion_reason": "案情复杂，不宜继续适用简易程序"},
    "extend": {"extended_days": 30, "extension_reason": "涉及多方当事人"},
    "appraise": {"appraisal": "笔迹鉴定"},
    "suspend": {"suspension_ground": "death"},
    "mediate_once": {"place": "调解室", "proposals": "双方各退一步", "conclusion": "择日再调"},
    "report": {"disputed": "裁量是否适当", "facts_found": "经查明……", "proposal": "拟变更处罚"},
    "decide": {
        "outcome": "varied", "facts_found": "经查明，罚款5000元。", "reasons": "裁量明显不当。",
        "basis": "《中华人民共和国行政复议法》第六十三条", "result": "将罚款变更为2000元。",
    },
    "dismiss": {"reasons": "申请人与该行政行为没有利害关系。", "basis": "《中华人民共和国行政复议法》第三十三条"},
    "mediate": {"agreement": "被申请人减轻处罚，申请人撤回其他请求。"},
    "terminate": {"terminated_for": "withdrawn"},
    "copy_upward": {"copied_to": "青江市财政局"},
    "order_performance": {"addressee": "青江新区财政局", "deadline": date(2026, 12, 1), "content": "退还罚款差额"},
    "talk": {
        "addressee": "青江新区财政局", "deadline": date(2026, 12, 9), "place": "司法局会议室", "content": "说明未履行原因"
    },
    "follow": {"kind": "criticised", "addressee": "青江新区财政局", "content": "通报批评"},
    "perform": {"performance": "performed"},
    "register_suit": {"court": "青江区人民法院"},
    "correct_paper": {"document": "行政复议决定书", "error": "将“甲其”更正为“甲某”"},
}  # fmt: skip


def opened(world: World, on: date = BEGUN, *, at: datetime = AT, parties: Any = PARTIES, **more: Any) -> Application:
    """An application, just received by the section for reconsideration."""
    return procedure.open(
        Application, {**FACTS, **more}, actor=world.actor("handler"), at=at, unit=world.units["review"], on=on,
        parties=parties,
    )  # fmt: skip


def done(world: World, case: Case, act: Act, on: date, *, at: datetime = AT, **values: Any) -> Any:
    """The case after an act, with everybody's approval where it needs one; answers are the usual ones but for ``values``."""
    record: Any = type(case)
    usual = ANSWERS.get(act.key, {}) if record is Application else {}
    procedure.act(record, case.id, act, {**usual, **values}, actor=world.actor("handler"), at=at, on=on)
    agreed(world, case, act, at)
    return record.objects.get(pk=case.id)


def agreed(world: World, case: Case, act: Act, at: datetime = AT) -> None:
    """Let every post agree to what waits on the case."""
    request = Request.objects.filter(matter_id=case.id, state=RequestState.PENDING).first()
    if request is None:
        return
    for (role,) in act.approved:
        deciding.agree(request.id, actor=world.actor({"section_head": "head", "leader": "leader"}[role.key]), at=at)


def accepted(world: World, on: date = date(2026, 3, 4), **more: Any) -> Application:
    """An accepted case; ``more`` goes to the acceptance, what is not asked there to the application."""
    asked = {name: more.pop(name) for name in ("track", "simplified_ground") if name in more}
    case: Application = done(world, opened(world, **more), W.accept, on, **asked)
    return case


def heard(world: World, **more: Any) -> Application:
    """A case whose applicant has been heard."""
    case: Application = done(world, accepted(world, **more), W.hear_opinions, date(2026, 3, 20))
    return case


def decided(world: World, on: date = date(2026, 4, 10), **values: Any) -> Application:
    """A decided case."""
    case: Application = done(world, heard(world), W.decide, on, **values)
    return case


def letter(world: World, case: Application | None, **more: Any) -> Suggestion:
    """A letter being drafted; without a case a suggestion."""
    values = {
        "kind": "opinion" if case is not None else "suggestion", "application": case, "addressee": "青江新区财政局",
        "problems": "未依法告知听证权利", "advice": "规范告知程序", **more,
    }  # fmt: skip
    return procedure.open(
        Suggestion, values, actor=world.actor("handler"), at=AT, unit=world.units["review"], on=date(2026, 4, 12)
    )


def review(world: World, case: Application, **more: Any) -> NormativeReview:
    """An incidental review just begun."""
    values = {
        "application": case, "document": "青财发〔2025〕9号", "clauses": "第四条", "maker": "青江新区财政局", **more,
    }  # fmt: skip
    return procedure.open(
        NormativeReview, values, actor=world.actor("handler"), at=AT, unit=world.units["review"], on=date(2026, 3, 9)
    )
