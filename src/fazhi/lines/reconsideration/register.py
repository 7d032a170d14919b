"""How people see and enter applications, letters and incidental reviews."""

from __future__ import annotations

from fazhi.kernel.records.register import Group, Register
from fazhi.lines.reconsideration import workflow
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion

A = Application


class Applications(Register):
    """Applications for reconsideration."""

    keeping = workflow.Reconsidering
    label = "行政复议案件"
    columns = [
        A.number,
        A.title,
        A.respondent_unit,
        A.field,
        A.matter,
        A.opened_on,
        A.accepted_on,
        A.handler,
        A.state,
        A.outcome,
        A.due_on,
    ]
    more = [
        A.concluded_on,
        A.law,
        A.track,
        A.channel,
        A.applicants,
        A.respondent_level,
        A.deemed,
        A.normative_review,
        A.compensation_asked,
        A.supplement_items,
        A.supplement_asked_on,
        A.supplement_served_on,
        A.supplement_by,
        A.supplement_extra,
        A.supplemented_on,
        A.refusal_ground,
        A.ended_for,
        A.competent,
        A.simplified_ground,
        A.converted_on,
        A.copy_sent_on,
        A.copy_received_on,
        A.replied_on,
        A.reply,
        A.opinions_heard_on,
        A.hearing_on,
        A.hearing_place,
        A.hearing_matters,
        A.committee_issue,
        A.stay_ground,
        A.stayed_on,
        A.suspension_ground,
        A.suspension_note,
        A.suspended_on,
        A.resumed_on,
        A.appraisal,
        A.appraisal_on,
        A.appraised_on,
        A.extended_on,
        A.extended_days,
        A.extension_reason,
        A.terminated_for,
        A.disputed,
        A.facts_found,
        A.evidence,
        A.proposal,
        A.reasons,
        A.basis,
        A.result,
        A.normative_result,
        A.agreement,
        A.compensation,
        A.perform_by,
        A.served_on,
        A.copied_to,
        A.performance,
        A.performed_on,
        A.sued_on,
        A.court,
        A.closed_on,
        A.unit,
    ]
    filters = [
        A.state,
        A.field,
        A.matter,
        A.outcome,
        A.respondent_unit,
        A.respondent_level,
        A.track,
        A.law,
        A.opened_on,
        A.accepted_on,
        A.concluded_on,
        A.deemed,
        A.unit,
    ]
    form = [
        Group("申请", A.channel, A.filed_on, A.lodged_with_authority_on, A.applicants),
        Group(
            "被申请的行政行为",
            A.contested,
            A.matter,
            A.field,
            A.respondent_level,
            A.respondent_unit,
            A.act_on,
            A.known_on,
            A.informed_of_rights,
            A.realty,
            A.requested_on,
            A.reconsideration_first,
            A.late_reason,
        ),
        Group(
            "请求",
            A.request,
            A.grounds,
            A.normative_review,
            A.normative_document,
            A.compensation_asked,
            A.compensation_claim,
            A.law,
        ),
    ]
    history = [
        Group(
            "办理情况",
            A.number,
            A.accepted_on,
            A.track,
            A.simplified_ground,
            A.copy_sent_on,
            A.copy_received_on,
            A.replied_on,
            A.opinions_heard_on,
            A.extended_on,
            A.extended_days,
        ),
        Group(
            "处理结果",
            A.outcome,
            A.concluded_on,
            A.refusal_ground,
            A.competent,
            A.terminated_for,
            A.ended_for,
            A.result,
            A.agreement,
            A.compensation,
        ),
        Group("送达与履行", A.served_on, A.perform_by, A.performance, A.performed_on, A.sued_on, A.court),
    ]
    headings = {
        A.number: ["案号", "案件编号", "复议案号"],
        A.opened_on: ["收案日期", "收到申请日期", "收到时间", "申请收到日期"],
        A.filed_on: ["申请时间"],
        A.contested: ["案由", "行政行为", "具体行政行为", "被申请行政行为"],
        A.field: ["行政管理领域", "管理类别", "领域"],
        A.matter: ["复议事项", "行政行为种类", "申请事项"],
        A.respondent_unit: ["本区被申请单位"],
        A.request: ["复议请求", "请求事项"],
        A.grounds: ["主要理由"],
        A.accepted_on: ["受理时间", "立案日期"],
        A.concluded_on: ["审结日期", "结案日期", "办结时间", "作出决定日期"],
        A.outcome: ["审理结果", "结案方式", "复议结果"],
        A.terminated_for: ["终止原因"],
        A.track: ["审理程序"],
        A.handler: ["承办人员"],
        A.served_on: ["送达时间"],
        A.compensation: ["赔偿金额"],
        A.sued_on: ["应诉日期"],
    }
    searches = [A.number, A.title]
    figures = [
        "reconsideration.received",
        "reconsideration.accepted",
        "reconsideration.concluded",
        "reconsideration.settlement_rate",
        "reconsideration.carried_out",
    ]
    empty = "还没有行政复议案件。可以逐件登记收到的申请，也可以把现有的台账（Excel）整表导入。"


S = Suggestion


class Suggestions(Register):
    """Opinion letters and letters of suggestion."""

    keeping = workflow.Suggesting
    label = "意见书、建议书"
    columns = [S.number, S.title, S.kind, S.application, S.addressee, S.issued_on, S.delivered_on, S.state, S.due_on]
    more = [
        S.opened_on,
        S.problems,
        S.advice,
        S.basis,
        S.reply_by,
        S.urged_on,
        S.replied_on,
        S.reply,
        S.carried_out,
        S.unit,
        S.handler,
    ]
    filters = [S.kind, S.state, S.issued_on, S.replied_on, S.carried_out]
    form = [Group("文书", S.kind, S.application, S.addressee, S.problems, S.advice, S.basis, S.reply_by)]
    history = [
        Group("办理情况", S.number, S.issued_on, S.delivered_on, S.replied_on, S.reply, S.carried_out, S.concluded_on)
    ]
    headings = {
        S.addressee: ["主送单位", "发送单位"],
        S.issued_on: ["发出日期", "制发时间"],
        S.replied_on: ["回复日期", "反馈时间"],
        S.application: ["案号", "所属案件案号"],
    }
    searches = [S.number, S.title]
    figures = ["reconsideration.opinion_letters", "reconsideration.suggestions", "reconsideration.letters_open"]
    empty = "还没有意见书、建议书。办案中发现的问题在这里制发、送达和跟踪反馈。"


R = NormativeReview


class Reviews(Register):
    """Incidental reviews of normative documents."""

    keeping = workflow.Reviewing
    label = "规范性文件附带审查"
    columns = [R.number, R.title, R.application, R.maker, R.within_power, R.opened_on, R.state, R.due_on]
    more = [
        R.document,
        R.clauses,
        R.of_own_motion,
        R.maker_asked_on,
        R.maker_received_on,
        R.maker_replied_on,
        R.maker_reply,
        R.forwarded_to,
        R.forwarded_on,
        R.forward_received_on,
        R.finding,
        R.lawful,
        R.order,
        R.concluded_on,
        R.unit,
        R.handler,
    ]
    filters = [R.state, R.within_power, R.lawful, R.opened_on, R.concluded_on]
    form = [Group("附带审查", R.application, R.document, R.clauses, R.maker, R.of_own_motion, R.within_power)]
    history = [
        Group(
            "办理情况",
            R.number,
            R.maker_asked_on,
            R.maker_received_on,
            R.maker_replied_on,
            R.forwarded_to,
            R.forwarded_on,
            R.forward_received_on,
            R.finding,
            R.lawful,
            R.order,
            R.concluded_on,
        )
    ]
    headings = {
        R.document: ["规范性文件", "文件名称"],
        R.clauses: ["条款"],
        R.opened_on: ["提出日期"],
        R.application: ["案号", "所属案件案号"],
    }
    searches = [R.number, R.title]
    figures = ["reconsideration.incidental_reviews"]
    empty = "还没有附带审查。申请人一并提出，或者本机关发现依据不合法的，在这里登记和跟踪期限。"
