"""The statutory clocks of mediation."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.deadlines.clocks import Clock, Clocks
from fazhi.lines.mediation.codes import CourtStage, Outcome
from fazhi.lines.mediation.models import CommercialMediation, Mediation
from fazhi.lines.mediation.workflow import CommercialMediating, Mediating


def _wants_confirmation(case: Any) -> bool:
    return bool(case.outcome == Outcome.SUCCEEDED and case.confirmation_wanted)


def _sent_at(stage: CourtStage) -> Any:
    return lambda case: case.court_stage == stage


class Limits(Clocks):
    """Periods of people's mediation."""

    workflow = Mediating
    conclude = Clock("mediation.people.conclude", label="调解期限", runs_in=[Mediating.mediating])
    entrusted_pre_docket = Clock(
        "mediation.entrusted.pre_docket",
        label="立案前委派调解期限",
        starts=Mediation.accepted_on,
        ends=Mediation.concluded_on,
        when=_sent_at(CourtStage.PRE_DOCKET),
    )
    entrusted_ordinary = Clock(
        "mediation.entrusted.ordinary",
        label="委托调解期限（普通程序）",
        starts=Mediation.accepted_on,
        ends=Mediation.concluded_on,
        when=_sent_at(CourtStage.ORDINARY),
    )
    entrusted_simple = Clock(
        "mediation.entrusted.simple",
        label="委托调解期限（简易程序）",
        starts=Mediation.accepted_on,
        ends=Mediation.concluded_on,
        when=_sent_at(CourtStage.SIMPLE),
    )
    apply_confirmation = Clock(
        "mediation.confirm.apply",
        label="申请司法确认期限",
        starts=Mediation.concluded_on,
        ends=Mediation.confirmation_applied_on,
        when=_wants_confirmation,
        warn=7,
    )


class CommercialLimits(Clocks):
    """Periods of commercial mediation; the law sets none for the mediation itself."""

    workflow = CommercialMediating
    apply_confirmation = Clock(
        "mediation.confirm.apply.procedure_law",
        label="申请司法确认期限",
        starts=CommercialMediation.concluded_on,
        ends=CommercialMediation.confirmation_applied_on,
        when=_wants_confirmation,
        warn=7,
    )
