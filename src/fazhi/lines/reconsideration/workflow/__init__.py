"""How applications move, and the matters that belong to them."""

from fazhi.lines.reconsideration.workflow.application import Reconsidering
from fazhi.lines.reconsideration.workflow.parts import Reviewing, Suggesting

__all__ = ["Reconsidering", "Reviewing", "Suggesting"]
