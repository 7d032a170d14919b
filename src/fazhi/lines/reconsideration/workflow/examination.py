"""Acts while a case is examined: hearing both sides, inquiring, advice, and what moves its time."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.kernel.ground.access.roles import SECTION_HEAD
from fazhi.lines.reconsideration.codes import Track
from fazhi.lines.reconsideration.models import (
    Application,
    Consultation,
    FileAccess,
    Hearing,
    Investigation,
    MediationMeeting,
    OpinionHeard,
    ThirdParty,
)
from fazhi.lines.reconsideration.papers import ApplicationPapers as P
from fazhi.lines.reconsideration.workflow import checks
from fazhi.lines.reconsideration.workflow.states import CHAIN, WORKERS, appraising, examining, suspended


def _converts(case: Any, circumstances: Circumstances) -> None:
    case.track = Track.ORDINARY.value


send_copy = Act(
    "发送副本", examining, by=WORKERS, stamps=Application.copy_sent_on, issues=[P.reply_notice]
)  # fmt: skip
deliver_copy = Act("登记副本送达", examining, by=WORKERS, stamps=Application.copy_received_on)
take_reply = Act(
    "收到答复", examining, suspended, by=WORKERS, may_ask=[Application.reply], stamps=Application.replied_on
)
join = Act(
    "通知第三人参加",
    examining,
    by=WORKERS,
    adds=ThirdParty,
    asks=[ThirdParty.third_party, ThirdParty.interest],
    issues=[P.third_party_notice],
)
hear_opinions = Act(
    "听取意见",
    examining,
    by=WORKERS,
    adds=OpinionHeard,
    asks=[OpinionHeard.heard, OpinionHeard.way, OpinionHeard.staff, OpinionHeard.points],
    may_ask=[OpinionHeard.span, OpinionHeard.mediation_will],
    stamps=Application.opinions_heard_on,
    issues=[P.hear_opinion_record],
)
investigate = Act(
    "调查取证",
    examining,
    by=WORKERS,
    adds=Investigation,
    asks=[Investigation.place, Investigation.staff, Investigation.asked, Investigation.content],
    may_ask=[Investigation.span],
    checks=[checks.two_staff_inquire],
    issues=[P.investigation_record],
)
grant_access = Act(
    "查阅案卷",
    examining,
    suspended,
    by=WORKERS,
    adds=FileAccess,
    asks=[FileAccess.reader, FileAccess.materials],
    may_ask=[FileAccess.withheld],
    issues=[P.file_access_record],
)
answer_hearing = Act(
    "答复听证申请",
    examining,
    by=WORKERS,
    asks=[Application.hearing_asked_by],
    may_ask=[Application.hearing_declined_for],
    issues=[P.hearing_application_reply],
    help="不填不组织听证的理由的，视为同意组织听证",
)
call_hearing = Act(
    "通知听证",
    examining,
    by=WORKERS,
    asks=[
        Application.hearing_on,
        Application.hearing_place,
        Application.hearing_matters,
        Application.hearing_panel,
    ],
    stamps=Application.hearing_notified_on,
    checks=[checks.hearing_notified_in_time],
    approved=[SECTION_HEAD],
    issues=[P.hearing_notice],
)
hold_hearing = Act(
    "举行听证",
    examining,
    by=WORKERS,
    adds=Hearing,
    asks=[Hearing.place, Hearing.panel, Hearing.listeners, Hearing.present, Hearing.statements],
    may_ask=[Hearing.span, Hearing.head_attended, Hearing.head_absent_for, Hearing.last_words],
    checks=[checks.hearing_held_properly],
    issues=[P.hearing_record],
)
ask_committee = Act(
    "提请咨询",
    examining,
    by=WORKERS,
    asks=[Application.committee_issue],
    approved=[SECTION_HEAD],
    issues=[P.committee_request],
)
consult = Act(
    "登记咨询（会审）意见",
    examining,
    by=WORKERS,
    adds=Consultation,
    asks=[
        Consultation.body,
        Consultation.session,
        Consultation.members,
        Consultation.opinions,
        Consultation.advice,
    ],
    issues=[P.committee_opinion],
)
stay = Act(
    "停止执行",
    examining,
    suspended,
    by=WORKERS,
    asks=[Application.stay_ground],
    stamps=Application.stayed_on,
    approved=CHAIN,
    issues=[P.stay_notice],
)
convert = Act(
    "转为普通程序",
    examining,
    by=WORKERS,
    asks=[Application.conversion_reason],
    stamps=Application.converted_on,
    checks=[checks.simplified_until_now],
    approved=CHAIN,
    does=_converts,
    issues=[P.conversion_notice],
)
extend = Act(
    "延长审理期限",
    examining,
    by=WORKERS,
    asks=[Application.extended_days, Application.extension_reason],
    stamps=Application.extended_on,
    checks=[checks.extension_allowed],
    approved=CHAIN,
    issues=[P.extension_notice],
)
appraise = Act(
    "交付鉴定（勘验）",
    examining,
    to=appraising,
    by=WORKERS,
    asks=[Application.appraisal],
    stamps=Application.appraisal_on,
    help="鉴定、现场勘验所用时间不计入审理期限（实施条例第三十四条、第三十七条）",
)
appraised = Act("鉴定（勘验）结束", appraising, to=examining, by=WORKERS, stamps=Application.appraised_on)
suspend = Act(
    "中止审理",
    examining,
    to=suspended,
    by=WORKERS,
    asks=[Application.suspension_ground],
    may_ask=[Application.suspension_note],
    stamps=Application.suspended_on,
    checks=[checks.ground_known_to_its_law],
    approved=CHAIN,
    issues=[P.suspension_notice],
)
resume = Act(
    "恢复审理",
    suspended,
    to=examining,
    by=WORKERS,
    stamps=Application.resumed_on,
    approved=[SECTION_HEAD],
    issues=[P.resumption_notice],
)
mediate_once = Act(
    "组织调解",
    examining,
    suspended,
    by=WORKERS,
    adds=MediationMeeting,
    asks=[MediationMeeting.place, MediationMeeting.proposals, MediationMeeting.conclusion],
    may_ask=[MediationMeeting.span],
    issues=[P.mediation_record],
)
report = Act(
    "提出审理意见",
    examining,
    by=WORKERS,
    asks=[Application.disputed, Application.facts_found, Application.proposal],
    may_ask=[Application.evidence],
    issues=[P.review_report],
)
