"""Acts that end a case, and those that follow: service, performance, closing."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.kernel.ground.access.roles import SECTION_HEAD
from fazhi.lines.reconsideration.codes import EnforcementKind, Outcome
from fazhi.lines.reconsideration.models import Application, Correction, Enforcement
from fazhi.lines.reconsideration.papers import ApplicationPapers as P
from fazhi.lines.reconsideration.workflow import checks
from fazhi.lines.reconsideration.workflow.before import ends
from fazhi.lines.reconsideration.workflow.states import (
    CHAIN,
    WORKERS,
    abandoned,
    archived,
    decided,
    dismissed,
    examining,
    informed,
    mediated,
    refused,
    suspended,
    taken_back,
    terminated,
)


def _orders(case: Any, circumstances: Circumstances) -> None:
    _measure(case, EnforcementKind.ORDERED)


def _talks(case: Any, circumstances: Circumstances) -> None:
    _measure(case, EnforcementKind.TALKED)


def _measure(case: Any, kind: EnforcementKind) -> None:
    added = case.enforcements.order_by("-id").first()
    added.kind = kind.value
    added.save(update_fields=["kind"])


decide = Act(
    "作出行政复议决定",
    examining,
    to=decided,
    by=WORKERS,
    asks=[
        Application.outcome,
        Application.facts_found,
        Application.reasons,
        Application.basis,
        Application.result,
    ],
    may_ask=[
        Application.evidence,
        Application.normative_result,
        Application.compensation,
        Application.perform_by,
    ],
    forgoes=[Application.facts_found, Application.reasons, Application.basis, Application.result],
    checks=[checks.decision_is_ripe],
    approved=CHAIN,
    issues=[P.decision],
)
dismiss = Act(
    "驳回行政复议申请",
    examining,
    to=dismissed,
    by=WORKERS,
    asks=[Application.reasons, Application.basis],
    forgoes=[Application.reasons, Application.basis],
    approved=CHAIN,
    does=ends(Outcome.DISMISSED),
    issues=[P.dismissal_decision],
    help="受理后发现不符合受理条件的",
)
mediate = Act(
    "制发行政复议调解书",
    examining,
    suspended,
    to=mediated,
    by=WORKERS,
    asks=[Application.agreement],
    may_ask=[Application.compensation, Application.perform_by],
    forgoes=[Application.agreement],
    approved=CHAIN,
    does=ends(Outcome.MEDIATED),
    issues=[P.mediation_document],
)
terminate = Act(
    "终止行政复议",
    examining,
    suspended,
    to=terminated,
    by=WORKERS,
    asks=[Application.terminated_for],
    may_ask=[Application.ended_for, Application.agreement],
    checks=[checks.termination_is_ripe],
    approved=CHAIN,
    does=ends(Outcome.TERMINATED),
    issues=[P.termination_decision],
)

# -- afterwards

serve = Act(
    "登记送达", refused, informed, decided, dismissed, mediated, terminated, by=WORKERS, stamps=Application.served_on
)
copy_upward = Act(
    "抄告上一级主管部门",
    decided,
    by=WORKERS,
    asks=[Application.copied_to],
    stamps=Application.copied_on,
    issues=[P.copy_letter],
)
order_performance = Act(
    "责令限期履行",
    decided,
    mediated,
    by=WORKERS,
    adds=Enforcement,
    asks=[Enforcement.addressee, Enforcement.deadline, Enforcement.content],
    approved=CHAIN,
    does=_orders,
    issues=[P.performance_order],
)
talk = Act(
    "约谈",
    decided,
    mediated,
    by=WORKERS,
    adds=Enforcement,
    asks=[Enforcement.addressee, Enforcement.deadline, Enforcement.place, Enforcement.content],
    approved=CHAIN,
    does=_talks,
    issues=[P.talk_notice],
)
follow = Act(
    "登记督促措施",
    decided,
    mediated,
    by=WORKERS,
    adds=Enforcement,
    asks=[Enforcement.kind, Enforcement.addressee, Enforcement.content],
    may_ask=[Enforcement.deadline],
)
perform = Act(
    "登记履行情况",
    decided,
    mediated,
    by=WORKERS,
    asks=[Application.performance],
    stamps=Application.performed_on,
)
register_suit = Act(
    "登记起诉",
    refused,
    decided,
    dismissed,
    terminated,
    by=WORKERS,
    asks=[Application.court],
    stamps=Application.sued_on,
)
correct_paper = Act(
    "更正文书",
    examining,
    refused,
    decided,
    dismissed,
    mediated,
    terminated,
    by=WORKERS,
    adds=Correction,
    asks=[Correction.document, Correction.error],
    approved=[SECTION_HEAD],
    issues=[P.correction_notice],
)
archive = Act(
    "结案归档",
    refused,
    informed,
    abandoned,
    taken_back,
    decided,
    dismissed,
    mediated,
    terminated,
    to=archived,
    by=WORKERS,
    checks=[checks.performance_followed],
    issues=[P.closing_form],
)
