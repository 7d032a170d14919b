"""Acts until an application is accepted, refused, or gone otherwise."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.kernel.ground.access.roles import SECTION_HEAD
from fazhi.lines.reconsideration.codes import LawVersion, Outcome
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.papers import ApplicationPapers as P
from fazhi.lines.reconsideration.workflow import checks
from fazhi.lines.reconsideration.workflow.states import (
    CHAIN,
    WORKERS,
    abandoned,
    examining,
    informed,
    received,
    refused,
    supplementing,
    taken_back,
)


def ends(outcome: Outcome) -> Any:
    """What an act does that ends a case in this way."""

    def does(case: Any, circumstances: Circumstances) -> None:
        case.outcome = outcome.value

    return does


def _accepts(case: Any, circumstances: Circumstances) -> None:
    """Under the 2017 text what is not refused counts as accepted from receipt (第十七条第二款)."""
    if case.law == LawVersion.OLD:
        case.accepted_on = case.supplemented_on or case.opened_on


def _deems(case: Any, circumstances: Circumstances) -> None:
    case.deemed = True
    _accepts(case, circumstances)


acknowledge = Act("出具收件回执", received, by=WORKERS, issues=[P.materials_receipt, P.oral_application_record])
ask_supplement = Act(
    "通知补正",
    received,
    to=supplementing,
    by=WORKERS,
    asks=[Application.supplement_items],
    may_ask=[Application.supplement_by],
    stamps=Application.supplement_asked_on,
    checks=[checks.asked_once, checks.day_set_under_the_old_law],
    approved=[SECTION_HEAD],
    issues=[P.supplement_notice],
    help="一次性列明需要补正的全部事项",
)
serve_supplement = Act("登记补正通知送达", supplementing, by=WORKERS, stamps=Application.supplement_served_on)
prolong_supplement = Act(
    "延长补正期限", supplementing, by=[SECTION_HEAD], asks=[Application.supplement_extra], help="申请人有正当理由的"
)
supplement = Act("收到补正材料", supplementing, to=received, by=WORKERS, stamps=Application.supplemented_on)
abandon = Act(
    "视为放弃申请",
    supplementing,
    to=abandoned,
    by=WORKERS,
    checks=[checks.supplement_ran_out],
    does=ends(Outcome.ABANDONED),
    help="无正当理由逾期不补正，记录在案",
)
take_back = Act(
    "受理前撤回",
    received,
    supplementing,
    to=taken_back,
    by=WORKERS,
    may_ask=[Application.ended_for],
    does=ends(Outcome.TAKEN_BACK),
)
accept = Act(
    "受理",
    received,
    to=examining,
    by=WORKERS,
    may_ask=[Application.track, Application.simplified_ground],
    stamps=Application.accepted_on,
    checks=[checks.lodged_in_time, checks.not_before_inaction],
    approved=CHAIN,
    does=_accepts,
    issues=[P.acceptance_notice, P.simplified_approval],
)
deem = Act(
    "视为受理",
    received,
    to=examining,
    by=[SECTION_HEAD],
    stamps=Application.accepted_on,
    checks=[checks.examination_ran_out],
    does=_deems,
    issues=[P.deemed_acceptance_record],
    help="审查期限届满未作决定的，由系统自届满之日起登记为受理",
)
refuse = Act(
    "不予受理",
    received,
    to=refused,
    by=WORKERS,
    asks=[Application.refusal_ground, Application.ended_for],
    may_ask=[Application.competent],
    forgoes=[Application.ended_for],
    approved=CHAIN,
    does=ends(Outcome.REFUSED),
    issues=[P.nonacceptance_decision],
)
inform = Act(
    "告知（转送）",
    received,
    to=informed,
    by=WORKERS,
    asks=[Application.competent, Application.ended_for],
    forgoes=[Application.ended_for],
    approved=[SECTION_HEAD],
    does=ends(Outcome.INFORMED),
    issues=[P.information_notice],
    help="不属于本机关管辖的，告知申请人向有管辖权的机关提出",
)
