"""The unit tree: who stands above whom, and therefore who may see a unit's work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from pypinyin import Style, lazy_pinyin

from fazhi.kernel.ground.core.errors import Fault, Refused
from fazhi.kernel.ground.core.ids import next_id
from fazhi.kernel.ground.orgs.models import Succession, Unit, UnitKind


def pinyin_key(name: str) -> str:
    """This key that sorts Chinese names as people expect; the embedded server has no pinyin collation."""
    return "".join(lazy_pinyin(name, style=Style.TONE3))[:200]


def bureau(jurisdiction_id: int) -> Unit:
    """This jurisdiction's justice bureau."""
    return Unit.objects.get(jurisdiction_id=jurisdiction_id, kind=UnitKind.BUREAU, valid_to=None)


def add_unit(
    *,
    jurisdiction_id: int,
    code: str,
    name: str,
    kind: UnitKind,
    at: datetime,
    valid_from: date,
    short_name: str = "",
    parent: Unit | None = None,
    recorded_by: int | None = None,
) -> Unit:
    """Add a unit and rebuild the audiences below it. Refuses a second bureau or a code already taken."""
    units = Unit.objects.filter(jurisdiction_id=jurisdiction_id)
    if units.filter(code=code).exists():
        raise Refused(Fault(f"单位代码“{code}”已被使用，请换一个代码", "code"))
    if kind == UnitKind.BUREAU and units.filter(kind=kind, valid_to=None).exists():
        raise Refused(Fault("本辖区已有一个司法局；机构调整请登记“机构沿革”", "kind"))
    unit = Unit.objects.create(
        id=next_id(),
        jurisdiction_id=jurisdiction_id,
        code=code,
        name=name,
        short_name=short_name or name[:20],
        sort_key=pinyin_key(name),
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        recorded_at=at,
        recorded_by=recorded_by,
    )
    rebuild(jurisdiction_id)
    unit.refresh_from_db(fields=["audience"])
    return unit


def change_unit(unit: Unit, *, name: str, short_name: str) -> Unit:
    """Give a unit other names from now on; records show the present ones. Raises :class:`Refused`."""
    faults = []
    if not name.strip() or len(name) > 80:
        faults.append(Fault("请填写名称，最多80个字", "name"))
    if len(short_name) > 20:
        faults.append(Fault("简称最多20个字", "short_name"))
    if faults:
        raise Refused.of(faults)
    unit.name, unit.short_name = name.strip(), short_name.strip() or name.strip()[:20]
    unit.sort_key = pinyin_key(unit.name)
    unit.version += 1
    unit.save(update_fields=["name", "short_name", "sort_key", "version"])
    return unit


def close_unit(unit: Unit, *, on: date, successor: Unit | None = None, basis: str = "") -> Unit:
    """End a unit with the day ``on``; what it did is done by ``successor``, if one is named. Its records stay its own."""
    if unit.kind == UnitKind.BUREAU:
        raise Refused(Fault("司法局不能撤销；名称变化请修改名称", "valid_to"))
    if unit.valid_to is not None:
        raise Refused(Fault(f"该单位已于{unit.valid_to.isoformat()}撤销", "valid_to"))
    if on < unit.valid_from:
        raise Refused(Fault("撤销日期不能早于设立日期", "valid_to"))
    if Unit.objects.filter(parent=unit, valid_to=None).exists():
        raise Refused(Fault("该单位之下还有单位，请先撤销或调整它们", "valid_to"))
    unit.valid_to = on
    unit.version += 1
    unit.save(update_fields=["valid_to", "version"])
    if successor is not None:
        Succession.objects.create(
            jurisdiction_id=unit.jurisdiction_id,
            predecessor=unit,
            successor=successor,
            on=on,
            basis=basis.strip()[:200],
        )
    return unit


def rebuild(jurisdiction_id: int) -> None:
    """Recompute every unit's audience; writes only those that changed."""
    units: Mapping[int, Unit] = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=jurisdiction_id)}
    bureaus = [unit.id for unit in units.values() if unit.kind == UnitKind.BUREAU and unit.valid_to is None]
    changed = []
    for unit in units.values():
        chain: list[int] = []
        here: Unit | None = unit
        while here is not None:
            if here.id in chain:
                raise Refused(Fault(f"单位“{here.name}”的上级关系成环，请检查上级单位", "parent"))
            chain.append(here.id)
            here = units.get(here.parent_id) if here.parent_id else None
        audience = sorted({*chain, *bureaus})
        if audience != unit.audience:
            unit.audience = audience
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["audience"])
