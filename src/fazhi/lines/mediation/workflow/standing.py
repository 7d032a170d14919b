"""How organisations, brands, mediators and their appraisals are kept."""

from __future__ import annotations

from fazhi.kernel.casework.matters.workflow import Keeping
from fazhi.lines.mediation.models import Appraisal, Brand, Mediator, Organisation
from fazhi.lines.mediation.workflow.roles import KEEPERS, LINE


class Organisations(Keeping):
    """How mediation organisations are kept."""

    record = Organisation
    line = LINE
    enter_label = "登记调解组织"
    enters = KEEPERS


class Brands(Keeping):
    """How brands are kept."""

    record = Brand
    line = LINE
    enter_label = "登记调解品牌"
    enters = KEEPERS


class Mediators(Keeping):
    """How mediators are kept."""

    record = Mediator
    line = LINE
    enter_label = "登记调解员"
    enters = KEEPERS


class Appraisals(Keeping):
    """How appraisals of mediators are kept."""

    record = Appraisal
    line = LINE
    enter_label = "登记考核"
    enters = KEEPERS
