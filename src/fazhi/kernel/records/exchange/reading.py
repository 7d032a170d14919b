"""Reading a row of a spreadsheet into the facts of a record, with everything that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.procedure import Facts
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.exchange.heads import Heading
from fazhi.kernel.records.exchange.parting import parties_of
from fazhi.kernel.records.exchange.references import References
from fazhi.kernel.records.exchange.sheets import Row
from fazhi.kernel.records.exchange.targets import ID, Target
from fazhi.kernel.records.exchange.written import FORMULA
from fazhi.kernel.records.register import Column, Kind, Register, read
from fazhi.kernel.records.register.written import folded, narrowed

# What people put into a cell to say that nothing belongs there.
_STROKES = {"/", "\\", "-", "--", "—", "——", "－", "*"}
_NOTHING = _STROKES | {"无", "暂无", "空", "n/a", "na", "null"}
_NUMERIC = (Kind.DATE, Kind.INSTANT, Kind.MONEY, Kind.NUMBER)
_LISTED = (Kind.CHOICE, Kind.STATE, Kind.UNIT, Kind.ACCOUNT, Kind.RECORD)
# An exported text that a spreadsheet program would have taken for a formula carries a quote before it.
_QUOTED = re.compile(rf"^'(?=[{re.escape(FORMULA)}])")
_BARE_NUMBER = re.compile(r"^-?[\d,]+(?:\.\d+)?$")
_ID = re.compile(r"^(\d+)-(\d+)$")


@dataclass(frozen=True, slots=True)
class RowFault:
    """This fault in a file: row as the spreadsheet numbers it, heading of the column, what stands there, and why not.

    ``place`` is the column from the left, from 0; None where the sheet has no such column.
    """

    row: int
    column: str
    value: str
    reason: str
    field: str = ""
    place: int | None = None


@dataclass(slots=True)
class Line:
    """This row as read: facts, unit and handler of a record to be, or the record it comes from; and what is wrong.

    ``unread`` are the fields whose cell could not be read: what follows from their absence is no fault of the row.
    ``cells`` are the cells by target, prepared for reading; ``raw``, of exported rows only, as they stand in the file.
    """

    number: int
    facts: Facts = field(default_factory=lambda: Facts({}))
    unit: Unit | None = None
    handler_id: int | None = None
    day: date | None = None
    faults: list[RowFault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    record_id: int | None = None
    version: int | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    heading: str
    target: Target
    times: int = 1


class Reader:
    """Reads rows of one sheet under a mapping (place of a column → key of a target)."""

    def __init__(
        self,
        register: type[Register],
        targets: Mapping[str, Target],
        headings: Iterable[Heading],
        mapping: Mapping[int, str],
        references: References,
        *,
        history: bool,
        unit: Unit | None,
        seats: Sequence[int],
        days: int = 0,
    ) -> None:
        self.register, self.references, self.unit, self.days = register, references, unit, days
        self.history = history or register.finished
        self._seats = seats
        self._places = [
            _Place(heading.place, heading.shown, targets[key], _times(heading, targets[key]))
            for heading in headings
            if (key := mapping.get(heading.place, "")) in targets
        ]
        self._by_field = {each.target.key: each for each in self._places}
        self._labels = {key: target.label for key, target in targets.items()}
        self._stamps = _stamps(register)
        record = register.record()
        self._day = "opened_on" if issubclass(record, Case) else register.order()

    def mapped(self, key: str) -> bool:
        """Whether the sheet has a column for this target."""
        return key in self._by_field

    def heading(self, key: str) -> str:
        """The heading of the column mapped to a target."""
        return self._by_field[key].heading

    def shown(self, line: Line, key: str) -> str:
        """What stands in a row for a target, as it may be shown: secrets with their middle hidden."""
        return cell_shown(line.cells.get(key), self._by_field[key].target)

    def fault(self, line: Line, fault: Fault) -> RowFault:
        """This fault of a record, placed in the sheet."""
        place = self._by_field.get(fault.field)
        if place is None and fault.field.startswith("party."):
            place = self._by_field.get(f"{fault.field.rpartition('.')[0]}.name") or self._by_field.get(
                f"{fault.field}.name"
            )
        if place is None:
            return RowFault(line.number, self._labels.get(fault.field, ""), "", fault.reason, fault.field)
        value = self.shown(line, place.target.key)
        return RowFault(line.number, place.heading, value, fault.reason, place.target.key, place.at)

    def read(self, row: Row) -> Line:
        """This row as the facts of a record."""
        line = Line(row.number, cells=self._cells(row))
        if ID in line.cells and self._of_record(line):
            line.raw = {place.target.key: row.cells[place.at] for place in self._places if place.at < len(row.cells)}
            return line
        values: dict[str, Any] = dict(self.register.preset)
        parts: dict[str, dict[str, Any]] = {}
        unsure: list[tuple[Column, Any]] = []
        for place in self._places:
            raw = line.cells.get(place.target.key)
            if raw is None or place.target.shown or place.target.key == ID:
                continue
            if place.target.role:
                parts.setdefault(place.target.role, {})[place.target.part] = raw
            elif place.target.column is not None:
                self._value(line, place.target.column, raw, values, unsure)
        self._settle(line, values, unsure)
        parties, faults = parties_of(parts)
        for fault in faults:
            self._refuse(line, fault)
        line.facts = Facts(values, parties)
        return line

    # -- cells ---------------------------------------------------------------------------------------------------------

    def _cells(self, row: Row) -> dict[str, Any]:
        cells = {}
        width = len(row.cells)
        for place in self._places:
            if place.at >= width or (place.target.numeric and place.at in row.filled):
                continue
            value = row.cells[place.at]
            if value is not None:
                value = prepared(value, place.target, times=place.times, days=self.days)
            if value is not None:
                cells[place.target.key] = value
        return cells

    def _value(
        self, line: Line, column: Column, raw: Any, values: dict[str, Any], unsure: list[tuple[Column, Any]]
    ) -> None:
        value, fault = read(column, raw, self.references.lookups)
        if fault is None:
            if value not in (None, ""):
                values[column.name] = value
        elif (
            column.kind is Kind.RECORD
            and self.references.narrowed(column, raw, {}, None) is None
            and _several(self.references, column, raw)
        ):
            unsure.append((column, raw))
        else:
            self._refuse(line, fault)

    def _refuse(self, line: Line, fault: Fault) -> None:
        line.faults.append(self.fault(line, fault))
        line.unread.add(fault.field)

    def _of_record(self, line: Line) -> bool:
        match = _ID.match(str(line.cells[ID]))
        if match is None:
            self._refuse(line, Fault("系统编号应为导出时的原样，例如1234-1；新登记的行请留空", ID))
            return False
        line.record_id, line.version = int(match[1]), int(match[2])
        return True

    # -- what follows from several cells -------------------------------------------------------------------------------

    def _settle(self, line: Line, values: dict[str, Any], unsure: list[tuple[Column, Any]]) -> None:
        line.handler_id = values.pop("handler", None)
        unit_id = values.pop("unit", None)
        line.day = values.get(self._day) or self._earliest(values)
        if self._day not in values and line.day is not None and self._day == "opened_on":
            values["opened_on"] = line.day
        known = {f"{name}_id": value for name, value in values.items() if isinstance(value, int)}
        if unit_id is not None:
            known["unit_id"] = unit_id
        for column, raw in unsure:
            found = self.references.narrowed(column, raw, known, line.day)
            if found is not None:
                values[column.name] = known[f"{column.name}_id"] = found
            elif any(self.mapped(name.removesuffix("_id")) for name in self._told_by(column) if name not in known):
                # What would tell them apart has a column of its own, and is at fault there.
                line.unread.add(column.name)
            else:
                target: Any = column.target
                label = str(target._meta.verbose_name)
                self._refuse(line, Fault(f"有几个同名的{label}“{raw}”，请在表中写明其所属单位或组织", column.name))
        line.unit = self.references.units.get(unit_id) if unit_id is not None else self._home(values)

    def _told_by(self, column: Column) -> set[str]:
        target: Any = column.target
        traits = next(iter(self.references.traits.get(target, {}).values()), {})
        return {name for name in traits if name.endswith("_id") and name != "unit_id"}

    def _earliest(self, values: Mapping[str, Any]) -> date | None:
        """The first day the row speaks of, where it has no day of registration."""
        days = [value for name in self._stamps if isinstance(value := values.get(name), date)]
        return min(days, default=None) if self.history else None

    def _home(self, values: Mapping[str, Any]) -> Unit | None:
        if self.unit is not None:
            return self.unit
        for place in self._places:
            column = place.target.column
            if column is not None and column.kind is Kind.RECORD and isinstance(values.get(column.name), int):
                home = self.references.home(column, values[column.name])
                if home is not None and home.id in self._seats:
                    return home
        return self.references.units[self._seats[0]] if self._seats else None


def _several(references: References, column: Column, raw: Any) -> bool:
    target: Any = column.target
    return len(references.lookups.records.get(target, {}).get(folded(str(raw)), [])) > 1


def _stamps(register: type[Register]) -> tuple[str, ...]:
    keeping = register.keeping
    if not issubclass(keeping, Workflow):
        return ()
    return tuple(dict.fromkeys(act.stamps for act in keeping.acts.values() if act.stamps))


def _times(heading: Heading, target: Target) -> int:
    """What an amount is to be multiplied with, as its heading says: 万元."""
    if target.column is None or target.column.kind is not Kind.MONEY:
        return 1
    text = narrowed(heading.shown)
    return 10_000 if "万元" in text else 100_000_000 if "亿元" in text else 1


def prepared(value: Any, target: Target, *, times: int = 1, days: int = 0) -> Any:
    """This cell as it is read for a target; None where a sign says that there is nothing."""
    if isinstance(value, str):
        value = _QUOTED.sub("", value)
    kind = target.column.kind if target.column is not None else Kind.TEXT
    if kind in _NUMERIC:
        if isinstance(value, str) and narrowed(value).casefold() in _NOTHING:
            return None
        return _scaled(value, times) if kind is Kind.MONEY else _moved(value, days) if kind is Kind.DATE else value
    if target.part == "identity" and isinstance(value, int):
        return value
    text = _as_text(value)
    nothing = _NOTHING if kind in _LISTED or kind is Kind.SECRET or target.part else _STROKES
    return None if folded(text) in nothing and not _is_choice(target.column, text) else text


def _is_choice(column: Column | None, text: str) -> bool:
    return column is not None and any(text in (key, label) for key, label in column.choices)


def _scaled(value: Any, times: int) -> Any:
    if times == 1 or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if _BARE_NUMBER.match(narrowed(value)) is None:
            return value
        value = Decimal(narrowed(value).replace(",", ""))
    return Decimal(str(value)) * times if isinstance(value, int | float | Decimal) else value


def _moved(value: Any, days: int) -> Any:
    """This serial date counted from the usual epoch."""
    return value + days if days and isinstance(value, int | float) and 0 < value < 80_000 else value


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if (value.hour or value.minute) else value.date().isoformat()
    return str(value)


def cell_shown(value: Any, target: Target) -> str:
    """What stood in the cell, as a list of faults may show it: secrets with their middle hidden."""
    text = _as_text(value) if value is not None else ""
    if target.part in ("identity", "phone", "address") or (target.column and target.column.kind is Kind.SECRET):
        return f"{text[:3]}…{text[-2:]}" if len(text) > 7 else "＊" * len(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def chunks(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """These rows by lists of at most ``size``."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
