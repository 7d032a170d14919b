"""What an address asks for: the line, the register, the record; what one may not see does not exist."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Unseen
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.line import LINES, Line
from fazhi.kernel.records.register import REGISTERS, Register
from fazhi.web.navigation import readable


def line_at(actor: Actor, code: str) -> Line:
    """This line, if ``actor`` may read anything in it."""
    line = LINES.get(code)
    if line is None or not readable(actor, line):
        raise Unseen(code)
    return line


def register_at(actor: Actor, line: str, slug: str) -> type[Register]:
    """This register, if ``actor`` may read it."""
    register = REGISTERS.get(f"{line}.{slug}")
    if register is None or register not in readable(actor, line_at(actor, line)):
        raise Unseen(f"{line}.{slug}")
    return register


def record_at(actor: Actor, register: type[Register], record_id: int, *, whole: bool = True) -> Any:
    """This record, if it exists for ``actor`` and stands in this register; ``whole`` with all it refers to.

    Units are not fetched with it: those of the home are known by id.
    """
    record = register.record()
    references = [
        field.name
        for field in record._meta.concrete_fields
        if field.is_relation and field.related_model not in (Unit, Jurisdiction) and (whole or field.name == "handler")
    ]
    rows = reachable(actor, record).filter(pk=record_id)
    if references:
        rows = rows.select_related(*references)
    if register.scope is not None:
        rows = rows.filter(register.scope)
    found = rows.first()
    if found is None:
        raise Unseen(f"{register.key} {record_id}")
    return found
