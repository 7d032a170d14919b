"""Rows that are there already: by their number, by having been imported before, or by saying the same as a record.

A row without a number is known again by what it says. ``Register.duplicates`` may name the fields that tell records
apart; without, everything the row says counts, with the names of the parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.core.errors import Fault
from fazhi.kernel.ground.secrets import ciphers
from fazhi.kernel.records.exchange.models import Import, ImportState, Origin
from fazhi.kernel.records.exchange.reading import Line
from fazhi.kernel.records.register import REGISTERS, Column, Kind, Register

_LENGTH = 16
_TOLD_BY = (Kind.LONG_TEXT, Kind.TEXT)


class Twins:
    """Looks for rows that are there already; ``of`` is the import the rows belong to, whose own records are none.

    With ``same_allowed`` only a number that is taken is a fault.
    """

    def __init__(self, register: type[Register], of: Import, columns: Iterable[Column], *, same_allowed: bool) -> None:
        self._register, self._of, self._same_allowed = register, of, same_allowed
        self._record = register.record()
        self._day = register.order()
        told_apart = set(register.apart)
        self._columns = [
            column
            for column in columns
            if column.kind is not Kind.SECRET and (not told_apart or column.name in told_apart)
        ]
        self._numbers: dict[str, int] = {}
        self._prints: dict[bytes, int] = {}

    def fingerprint(self, line: Line) -> bytes:
        """This mark by which the row is known again, whoever brings it, however its columns are ordered."""
        told_apart = set(self._register.apart)
        values = {
            name: value
            for name, value in line.facts.values.items()
            if value not in (None, "") and (not told_apart or name in told_apart)
        }
        parties = [] if told_apart else sorted((each.role, each.name, each.identity) for each in line.facts.parties)
        unit = line.unit.id if line.unit is not None else None
        said = repr((self._register.keeping.name(), unit, sorted(values.items(), key=lambda each: each[0]), parties))
        return ciphers.search_hash(said)[:_LENGTH]

    def faults(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Fault]]:
        """These faults of rows that repeat others of the file, or are in the register."""
        numbered = [line for line in lines if line.facts.values.get("number")]
        yield from self._by_number(numbered)
        if self._same_allowed:
            return
        rest = [line for line in lines if not line.facts.values.get("number") and not line.unread]
        yield from self._by_content(rest)

    # -- by number -----------------------------------------------------------------------------------------------------

    def _by_number(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Fault]]:
        if not lines:
            return
        numbers = {line.number: str(line.facts.values["number"]) for line in lines}
        wanted: Mapping[str, Any] = {"number__in": set(numbers.values())}
        rows: Any = self._record._default_manager.filter(**wanted)
        taken: dict[str, tuple[date, str]] = {
            number: (day, void) for number, day, void in rows.values_list("number", "opened_on", "void_reason")
        }
        for line in lines:
            number = numbers[line.number]
            earlier = self._numbers.setdefault(number, line.number)
            if number in taken:
                day, void = taken[number]
                state = "已作废，编号不再使用" if void else "已登记"
                yield line, Fault(f"编号“{number}”{state}（{day.isoformat()}），请核对是否重复", "number")
            elif earlier != line.number:
                yield line, Fault(f"编号“{number}”与第{earlier}行相同，请核对是否重复", "number")

    # -- by content ----------------------------------------------------------------------------------------------------

    def _by_content(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Fault]]:
        prints = {line.number: self.fingerprint(line) for line in lines}
        imported = self._imported(prints.values())
        recorded = self._recorded(lines)
        for line in lines:
            mark = prints[line.number]
            earlier = self._prints.setdefault(mark, line.number)
            if mark in imported:
                yield line, Fault(f"与{imported[mark]}，已经登记；确属另一件的，请在表中写明不同之处", "")
            elif earlier != line.number:
                yield line, Fault(f"与第{earlier}行内容相同，请核对是否重复", "")
            elif line.number in recorded:
                yield line, Fault(f"系统中已有内容相同的记录{recorded[line.number]}，请核对是否重复", "")

    def _imported(self, prints: Iterable[bytes]) -> dict[bytes, str]:
        """These marks that an import still in force has brought, with where they stood."""
        found = (
            Origin.objects.filter(fingerprint__in=list(prints), of__register__in=self._sisters())
            .exclude(of=self._of)
            .exclude(of__state=ImportState.UNDONE)
            .values_list("fingerprint", "record_id", "row", "of__file_name", "of__at")
        )
        known = list(found)
        if not known:
            return {}
        living: Mapping[str, Any] = {"pk__in": [each[1] for each in known], "void_reason": ""}
        alive = set(self._record._default_manager.filter(**living).values_list("pk", flat=True))
        return {
            bytes(mark): f"{at.date().isoformat()}导入的“{name}”第{row}行相同"
            for mark, record_id, row, name, at in known
            if record_id in alive
        }

    def _sisters(self) -> list[str]:
        """These registers of the same record kind."""
        return [key for key, each in REGISTERS.items() if each.record() is self._record]

    def _recorded(self, lines: Sequence[Line]) -> dict[int, str]:
        """These rows that say what a record says, by number, with the record's own number."""
        names = [column.name for column in self._columns]
        days = {day for line in lines if (day := self._day_of(line)) is not None}
        if not names or not days:
            return {}
        wanted: dict[str, Any] = {f"{self._day}__in": days, "void_reason": ""}
        telling = next((each.name for kind in _TOLD_BY for each in self._columns if each.kind is kind), None)
        if telling is not None:
            wanted[f"{telling}__in"] = {line.facts.values.get(telling) or "" for line in lines}
        attributes = [self._record._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]
        case = issubclass(self._record, Case)
        rows = self._record._default_manager.filter(**wanted).values_list(
            "pk", "number" if case else "pk", "unit_id", self._day, *attributes
        )
        present: dict[tuple[Any, ...], list[tuple[int, str]]] = {}
        for pk, number, unit_id, day, *values in rows:
            key = (unit_id, day, *(each or None for each in values))
            present.setdefault(key, []).append((pk, f"（{number}）" if case else ""))
        alike = {line.number: found for line in lines if (found := present.get(self._key(line, names)))}
        return self._of_same_parties(lines, alike) if case else {row: found[0][1] for row, found in alike.items()}

    def _day_of(self, line: Line) -> date | None:
        return line.day or line.facts.values.get(self._day)

    def _key(self, line: Line, names: Sequence[str]) -> tuple[Any, ...]:
        unit_id = line.unit.id if line.unit is not None else None
        return (unit_id, self._day_of(line), *(line.facts.values.get(name) or None for name in names))

    def _of_same_parties(self, lines: Sequence[Line], alike: dict[int, list[tuple[int, str]]]) -> dict[int, str]:
        if not alike or self._register.apart:
            return {row: found[0][1] for row, found in alike.items()}
        ids = [pk for found in alike.values() for pk, _ in found]
        parties: dict[int, set[tuple[str, str]]] = {pk: set() for pk in ids}
        for matter_id, role, name in Party.objects.filter(matter_id__in=ids).values_list("matter_id", "role", "name"):
            parties[matter_id].add((role, name))
        mine = {line.number: {(each.role, each.name) for each in line.facts.parties} for line in lines}
        found = {}
        for row, records in alike.items():
            same = [number for pk, number in records if parties[pk] == mine[row]]
            if same:
                found[row] = same[0]
        return found
