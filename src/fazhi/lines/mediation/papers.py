"""The papers of people's mediation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fazhi.kernel.casework.papers.declaring import Paper, Papers
from fazhi.kernel.casework.parties import queries as parties
from fazhi.kernel.ground.core.fields import yuan
from fazhi.lines.mediation.codes import DISPUTE_KINDS, AgreementForm
from fazhi.lines.mediation.models import Mediation


def _names(role: str) -> Any:
    return lambda case: "、".join(parties.names(case.id, role))


def _described(role: str) -> Any:
    return lambda case: parties.described(case.id, role)


def _written_out(case: Mediation) -> bool:
    return case.agreement_form == AgreementForm.WRITTEN and bool(case.agreement)


def _told(case: Mediation) -> bool:
    return case.agreement_form == AgreementForm.ORAL and bool(case.agreement)


class MediationPapers(Papers):
    """What a people's mediation committee issues."""

    record = Mediation
    file = Path(__file__).with_name("papers.yaml")
    facts = {
        "organisation": lambda case: case.organisation.name,
        "applicants": _names("applicant"),
        "respondents": _names("respondent"),
        "applicants_described": _described("applicant"),
        "respondents_described": _described("respondent"),
        "accepted_on": lambda case: case.accepted_on,
        "kind": lambda case: DISPUTE_KINDS.codes[case.kind].label,
        "source": lambda case: case.get_source_display(),
        "summary": lambda case: case.summary,
        "agreement": lambda case: case.agreement,
        "amount": lambda case: f"{yuan(case.amount):,.2f}" if case.amount else "",
        "performance_terms": lambda case: case.performance_terms,
        "ended_for": lambda case: case.ended_for,
    }

    registration = Paper(kept=True)
    rights_notice = Paper()
    agreement = Paper(when=_written_out)
    oral_register = Paper(when=_told, kept=True)
    termination_notice = Paper()
    confirmation_application = Paper(when=lambda case: bool(case.agreement))

    @classmethod
    def organ(cls, case: Mediation) -> str:
        """The mediation organisation signs, not the bureau."""
        return case.organisation.name
