"""Applications, what acts add to them, and the matters that belong to them."""

from fazhi.lines.reconsideration.models.additions import (
    Consultation,
    Correction,
    Enforcement,
    FileAccess,
    Hearing,
    Investigation,
    MediationMeeting,
    OpinionHeard,
    ThirdParty,
)
from fazhi.lines.reconsideration.models.application import Application
from fazhi.lines.reconsideration.models.parts import NormativeReview, Suggestion

__all__ = [
    "Application",
    "Consultation",
    "Correction",
    "Enforcement",
    "FileAccess",
    "Hearing",
    "Investigation",
    "MediationMeeting",
    "NormativeReview",
    "OpinionHeard",
    "Suggestion",
    "ThirdParty",
]
