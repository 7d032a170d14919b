"""How an application is received, examined, heard, decided and followed: the whole procedure at a glance."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.workflow import PartyRole, Series, State, Workflow
from fazhi.lines.reconsideration import queries
from fazhi.lines.reconsideration.codes import DECISIONS
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.workflow import before, checks, conclusion, examination, states
from fazhi.lines.reconsideration.workflow.states import WORKERS

LINE = "reconsideration"


class Reconsidering(Workflow):
    """How an application is dealt with under the text of the Law that governs it."""

    record = Application
    line = LINE
    enter_label = "登记行政复议申请"
    enters = WORKERS
    corrects = WORKERS
    parties = (
        PartyRole("applicant", "申请人", least=1),
        PartyRole("representative", "代表人"),
        PartyRole("agent", "委托代理人"),
        PartyRole("respondent", "被申请人", least=1),
        PartyRole("third_party", "第三人"),
    )
    number = Series("{area}复〔{year}〕{serial}号")
    lookups = queries.looked_up
    checks = checks.ALWAYS

    received = states.received
    supplementing = states.supplementing
    examining = states.examining
    appraising = states.appraising
    suspended = states.suspended
    refused = states.refused
    informed = states.informed
    abandoned = states.abandoned
    taken_back = states.taken_back
    decided = states.decided
    dismissed = states.dismissed
    mediated = states.mediated
    terminated = states.terminated
    archived = states.archived

    acknowledge = before.acknowledge
    ask_supplement = before.ask_supplement
    serve_supplement = before.serve_supplement
    prolong_supplement = before.prolong_supplement
    supplement = before.supplement
    abandon = before.abandon
    take_back = before.take_back
    accept = before.accept
    deem = before.deem
    refuse = before.refuse
    inform = before.inform

    send_copy = examination.send_copy
    deliver_copy = examination.deliver_copy
    take_reply = examination.take_reply
    join = examination.join
    hear_opinions = examination.hear_opinions
    investigate = examination.investigate
    grant_access = examination.grant_access
    answer_hearing = examination.answer_hearing
    call_hearing = examination.call_hearing
    hold_hearing = examination.hold_hearing
    ask_committee = examination.ask_committee
    consult = examination.consult
    stay = examination.stay
    convert = examination.convert
    extend = examination.extend
    appraise = examination.appraise
    appraised = examination.appraised
    suspend = examination.suspend
    resume = examination.resume
    mediate_once = examination.mediate_once
    report = examination.report

    decide = conclusion.decide
    dismiss = conclusion.dismiss
    mediate = conclusion.mediate
    terminate = conclusion.terminate
    serve = conclusion.serve
    copy_upward = conclusion.copy_upward
    order_performance = conclusion.order_performance
    talk = conclusion.talk
    follow = conclusion.follow
    perform = conclusion.perform
    register_suit = conclusion.register_suit
    correct_paper = conclusion.correct_paper
    archive = conclusion.archive

    @classmethod
    def settle(cls, row: Any) -> None:
        """Keep with the case the text of the Law in force when it was received, and the day it was applied for."""
        if not row.law and row.opened_on is not None:
            row.law = queries.law_of(row.opened_on).value
        if row.filed_on is None:
            row.filed_on = row.opened_on

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state of a ledger row, from its outcome; without one: accepted, or just received."""
        if case.outcome in DECISIONS:
            return cls.decided
        if case.outcome:
            return cls.states[case.outcome]
        return cls.examining if case.accepted_on else cls.received
