"""What the database refuses, said in the user's words: constraints are the last guard, not the first message."""

from __future__ import annotations

from django.db import IntegrityError, models

from fazhi.kernel.casework.matters.workflow import Keeping
from fazhi.kernel.ground.core.errors import Fault


def said(keeping: type[Keeping], error: IntegrityError) -> Fault:
    """This constraint's message and field for an integrity error of the database."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or ""
    options = keeping.record._meta
    for constraint in options.constraints:
        if constraint.name != name:
            continue
        if isinstance(constraint, models.UniqueConstraint):
            own = [each for each in constraint.fields if each != "jurisdiction"]
            labels = "、".join(str(getattr(options.get_field(each), "verbose_name", each)) for each in own)
            return Fault(f"已有相同的“{labels}”，请核对是否重复登记", own[0] if own else "")
        return Fault(str(constraint.violation_error_message), "")
    if name == "matters_number":
        return Fault("编号已被使用，请核对是否重复登记", "number")
    return Fault("引用的记录不存在或与已有记录冲突，未作任何更改", "")
