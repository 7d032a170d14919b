"""How mediation ends, and what that leaves on the case."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.checks import Circumstances
from fazhi.lines.mediation.codes import AgreementForm, Outcome
from fazhi.lines.mediation.models import Mediation


def ends(outcome: Outcome) -> Any:
    """What an act does that ends the case with ``outcome``."""

    def does(case: Any, circumstances: Circumstances) -> None:
        case.outcome = outcome.value

    return does


def succeeds(case: Any, circumstances: Circumstances) -> None:
    """Note the success; an agreement whose form was not said is a written one."""
    case.outcome = Outcome.SUCCEEDED.value
    if isinstance(case, Mediation) and not case.agreement_form:
        case.agreement_form = AgreementForm.WRITTEN.value
