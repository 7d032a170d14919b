"""The papers of reconsideration: what the organ issues or keeps, and where each fact comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.papers.declaring import Paper, Papers
from fazhi.kernel.casework.papers.models import Issued
from fazhi.kernel.casework.parties import queries as parties
from fazhi.kernel.ground.core.fields import yuan
from fazhi.kernel.ground.orgs.models import Unit, UnitKind
from fazhi.lines.reconsideration import queries
from fazhi.lines.reconsideration.codes import Channel, LawVersion, Letter, Track
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion

Fact = Callable[[Any], Any]
_FILE = Path(__file__).with_name("papers.yaml")
# Papers that end a case: what is performed, enforced and copied is one of them.
_ENDING = ("decision", "mediation_document", "dismissal_decision", "termination_decision", "nonacceptance_decision")


def authority(case: Any) -> str:
    """The organ that decides on reconsideration (行政复议机关): the government, whose body the bureau is."""
    home = Unit.objects.filter(jurisdiction_id=case.jurisdiction_id, kind=UnitKind.AREA, valid_to=None).first()
    return home.name if home is not None else ""


# -- ways of reading a fact --------------------------------------------------------------------------------------------


def _plain(*names: str) -> dict[str, Fact]:
    """These fields of the case as they are."""
    return {name: _field(name) for name in names}


def _field(name: str) -> Fact:
    return lambda case: getattr(case, name)


def _shown(name: str) -> Fact:
    """A field with choices by its label."""
    return lambda case: getattr(case, f"get_{name}_display")() if getattr(case, name) else ""


def _names(role: str) -> Fact:
    return lambda case: "、".join(parties.names(case.id, role))


def _described(role: str) -> Fact:
    return lambda case: parties.described(case.id, role)


def _added(relation: str, *names: str, **called: str) -> dict[str, Fact]:
    """Fields of the row an act has added last, under their own names or as ``called``."""
    return {fact: _of_last(relation, name) for fact, name in {**dict(zip(names, names, strict=True)), **called}.items()}


def _of_last(relation: str, name: str) -> Fact:
    def fact(case: Any) -> Any:
        row = getattr(case, relation).order_by("-id").first()
        if row is None:
            return ""
        label = getattr(row, f"get_{name}_display", None)
        return label() if label is not None else getattr(row, name)

    return fact


def _period(rule: str) -> Fact:
    """How long a period is under the text of the Law that governs the case."""
    return lambda case: queries.period(case, rule)


def _due(clock: str) -> Fact:
    def fact(case: Any) -> date | None:
        run = Run.objects.filter(matter_id=case.id, clock=clock).first()
        return run.due_on if run is not None else None

    return fact


def _money(name: str) -> Fact:
    return lambda case: f"{yuan(getattr(case, name)):,.2f}" if getattr(case, name) else ""


def _third_parties(case: Application) -> str:
    named = [*parties.names(case.id, "third_party"), *case.third_parties.values_list("third_party", flat=True)]
    return "、".join(dict.fromkeys(named))


def _everybody(case: Application) -> str:
    told = ("、".join(parties.names(case.id, "applicant")), "、".join(parties.names(case.id, "respondent")))
    return "、".join(filter(None, (*told, _third_parties(case))))


def _ended_by(case: Application) -> str:
    paper = Issued.objects.filter(matter_id=case.id, paper__in=_ENDING, revoked_for="").order_by("-id").first()
    return str(paper) if paper is not None else f"{case.number}案件的处理决定"


class ApplicationPapers(Papers):
    """What is issued or kept in a case, in the order of its course."""

    record = Application
    file = _FILE
    facts = {
        **_plain(
            "contested", "act_on", "request", "grounds", "normative_document", "filed_on", "accepted_on",
            "supplement_items", "supplement_by", "ended_for", "competent", "conversion_reason", "reply",
            "hearing_on", "hearing_place", "hearing_matters", "hearing_panel", "hearing_asked_by", "hearing_declined_for",
            "committee_issue", "stayed_on", "suspended_on", "suspension_note", "resumed_on", "extended_days",
            "extension_reason", "disputed", "facts_found", "evidence", "proposal", "reasons", "basis", "result",
            "normative_result", "agreement", "perform_by", "served_on", "copied_to", "concluded_on", "performed_on",
            "sued_on", "court", "reconsideration_first",
        ),
        **_added("third_parties", "interest", third_party="third_party"),
        **_added("opinions", "heard", "points", "mediation_will", heard_way="way", heard_staff="staff", heard_span="span"),
        **_added(
            "hearings", "present", "statements", "last_words", "head_absent_for", held_place="place", held_span="span",
            held_panel="panel",
        ),
        **_added("consultations", "session", "members", "opinions", "advice", consulted="body"),
        **_added("investigations", "content", asked_of="asked", asked_at="place", asked_span="span", asked_by="staff"),
        **_added("accesses", "reader", "materials", "withheld"),
        **_added("meetings", "proposals", met_at="place", met_span="span", met_with="conclusion"),
        **_added("enforcements", "addressee", "deadline", measure_at="place", measure="content"),
        **_added("corrections", "document", "error"),
        "authority": authority,
        "received_on": _field("opened_on"),
        "law_name": lambda case: f"《中华人民共和国行政复议法》（{case.get_law_display()}）",
        "new_law": lambda case: case.law == LawVersion.NEW,
        "old_law": lambda case: case.law == LawVersion.OLD,
        "simplified": lambda case: case.track == Track.SIMPLIFIED,
        "track": _shown("track"),
        "channel": _shown("channel"),
        "field": _shown("field"),
        "simplified_ground": _shown("simplified_ground"),
        "stay_ground": _shown("stay_ground"),
        "suspension_ground": _shown("suspension_ground"),
        "termination_ground": _shown("terminated_for"),
        "refusal_ground": _shown("refusal_ground"),
        "outcome": _shown("outcome"),
        "performance": _shown("performance"),
        "compensation": _money("compensation"),
        "compensation_claim": _money("compensation_claim"),
        "applicants": _names("applicant"),
        "agents": _names("agent"),
        "respondents": _names("respondent"),
        "third_parties": _third_parties,
        "everybody": _everybody,
        "applicants_described": _described("applicant"),
        "respondents_described": _described("respondent"),
        "ended_by": _ended_by,
        "decide_by": _due("decide"),
        "deemed_on": _field("accepted_on"),
        "head_attended": lambda case: case.hearings.filter(head_attended=True).exists(),
        "hearing_granted": lambda case: not case.hearing_declined_for,
        "accept_period": _period("reconsideration.accept"),
        "supplement_period": _period("reconsideration.supplement.submit"),
        "decide_period": _period("reconsideration.decide"),
        "reply_period": _period("reconsideration.reply"),
        "sue_first_period": _period("reconsideration.sue_after_nonacceptance"),
        "sue_after_period": _period("litigation.sue.after_reconsideration"),
        "sue_direct_period": _period("litigation.sue.direct"),
    }  # fmt: skip

    materials_receipt = Paper()
    oral_application_record = Paper(when=lambda case: case.channel == Channel.ORAL, kept=True)
    supplement_notice = Paper()
    acceptance_notice = Paper()
    simplified_approval = Paper(when=lambda case: case.track == Track.SIMPLIFIED, kept=True)
    deemed_acceptance_record = Paper(kept=True)
    nonacceptance_decision = Paper()
    information_notice = Paper()
    reply_notice = Paper()
    third_party_notice = Paper()
    file_access_record = Paper(kept=True)
    stay_notice = Paper()
    conversion_notice = Paper()
    hear_opinion_record = Paper(kept=True)
    hearing_application_reply = Paper()
    hearing_notice = Paper()
    hearing_record = Paper(kept=True)
    investigation_record = Paper(kept=True)
    committee_request = Paper()
    committee_opinion = Paper(kept=True)
    suspension_notice = Paper()
    resumption_notice = Paper()
    extension_notice = Paper()
    mediation_record = Paper(kept=True)
    review_report = Paper(kept=True)
    decision = Paper()
    dismissal_decision = Paper()
    mediation_document = Paper()
    termination_decision = Paper()
    copy_letter = Paper()
    performance_order = Paper()
    talk_notice = Paper()
    correction_notice = Paper()
    closing_form = Paper(kept=True)

    @classmethod
    def organ(cls, case: Application) -> str:
        """The organ that decides signs, not the bureau."""
        return authority(case)


def _case_number(part: Any) -> str:
    return part.application.number if part.application_id else ""


class SuggestionPapers(Papers):
    """Letters to organs."""

    record = Suggestion
    file = _FILE
    facts = {
        **_plain("addressee", "problems", "advice", "basis", "reply_by"),
        "authority": authority,
        "of_case": _case_number,
        "report_period": lambda letter: queries.period_on("reconsideration.opinion_letter.report", letter),
    }

    opinion_letter = Paper(when=lambda letter: letter.kind == Letter.OPINION)
    suggestion = Paper(when=lambda letter: letter.kind == Letter.SUGGESTION)

    @classmethod
    def organ(cls, case: Suggestion) -> str:
        """The organ that decides signs."""
        return authority(case)


def _of_case(rule: str) -> Fact:
    return lambda review: queries.period(review.application, rule)


class ReviewPapers(Papers):
    """What is written to makers of normative documents and to those who may put them right."""

    record = NormativeReview
    file = _FILE
    facts = {
        **_plain("document", "clauses", "maker", "forwarded_to", "finding", "order"),
        "authority": authority,
        "of_case": _case_number,
        "unlawful": lambda review: review.lawful is False,
        "asked_for": lambda review: not review.of_own_motion,
        "maker_reply_period": _of_case("reconsideration.normative.maker_reply"),
        "forwarded_reply_period": _of_case("reconsideration.normative.forwarded_reply"),
    }

    normative_reply_notice = Paper()
    normative_transfer_letter = Paper()
    normative_decision = Paper(when=lambda review: review.lawful is False)

    @classmethod
    def organ(cls, case: NormativeReview) -> str:
        """The organ that decides signs."""
        return authority(case)
