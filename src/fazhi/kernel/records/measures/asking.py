"""Asking from a command line: which area, whose figures, and when."""

from __future__ import annotations

from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.measures.figures import Scope


def area(code: str) -> Jurisdiction:
    """This area by its code; the only one there is where no code is given. Else :class:`ValueError` names them."""
    known = {each.code: each for each in Jurisdiction.objects.order_by("code")}
    if code in known:
        return known[code]
    if not known:
        raise ValueError("还没有辖区；请先运行 fazhi demo load，或在首次启动页面设立辖区")
    if not code and len(known) == 1:
        return next(iter(known.values()))
    names = "、".join(f"{each.code}（{each.name}）" for each in known.values())
    raise ValueError(f"没有辖区“{code}”；有：{names}" if code else f"请用 --area 指明辖区：{names}")


def scope(home: Jurisdiction, unit: str) -> Scope:
    """The scope of a unit by code, name or short name; the whole area where none is given. Needs the area in session."""
    if not unit:
        return Scope(home.id)
    for name in ("code", "name", "short_name"):
        found = Unit.objects.filter(jurisdiction=home, **{name: unit}).first()
        if found is not None:
            return Scope(home.id, found.id)
    raise ValueError(f"没有单位“{unit}”；请写单位的代码、名称或简称")
