"""Procedure: the only way to write. Each call is check → change → steps → clocks → visibility, in one transaction.

``open``, ``act``, ``correct``, ``assign``, ``void``, ``bulk`` and ``void_all``; a line's operations run inside them.
"""

from fazhi.kernel.casework.procedure.acting import act, may
from fazhi.kernel.casework.procedure.amending import assign, correct, void
from fazhi.kernel.casework.procedure.drafting import Draft, Facts, draft
from fazhi.kernel.casework.procedure.opening import bulk, open
from fazhi.kernel.casework.procedure.voiding import void_all

__all__ = ["Draft", "Facts", "act", "assign", "bulk", "correct", "draft", "may", "open", "void", "void_all"]
