"""Names in a spreadsheet that stand for records: units, people, organisations.

One of several of the same name is told apart by what else the row says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.register import Column, Kind, Lookups
from fazhi.kernel.records.register.written import folded

Traits = Mapping[str, Any]


@dataclass(slots=True)
class References:
    """These names of a jurisdiction, fetched once for a file."""

    lookups: Lookups
    units: dict[int, Unit]
    traits: dict[type[models.Model], dict[int, Traits]] = field(default_factory=dict)

    @classmethod
    def gathered(cls, jurisdiction_id: int, record: type[Record], columns: Iterable[Column]) -> References:
        """What ``columns`` of ``record`` may refer to; needs the jurisdiction in session."""
        wanted = list(columns)
        units = {unit.id: unit for unit in Unit.objects.filter(jurisdiction_id=jurisdiction_id)}
        made = cls(Lookups.gathered(jurisdiction_id, wanted), units)
        mine = _references(record)
        for column in wanted:
            target = column.target
            if column.kind is not Kind.RECORD or target is None or target in made.traits:
                continue
            names = {field.name for field in target._meta.concrete_fields}
            told_by = sorted(
                {each for each in _references(target) if each in mine} | ({"unit_id", "valid_from", "valid_to"} & names)
                | ({"unit_id"} if "unit" in names else set())
            )  # fmt: skip
            rows = target._default_manager.filter(jurisdiction_id=jurisdiction_id).values("pk", *told_by)
            made.traits[target] = {row["pk"]: row for row in rows}
        return made

    def narrowed(self, column: Column, raw: Any, known: Traits, on: date | None) -> int | None:
        """The one record of several of this name that agrees with what the row says besides, if it is one."""
        target: Any = column.target
        traits = self.traits.get(target, {})
        ids = [
            each
            for each in self.lookups.records.get(target, {}).get(folded(str(raw)), [])
            if _agrees(traits.get(each, {}), known, on)
        ]
        return ids[0] if len(ids) == 1 else None

    def home(self, column: Column, record_id: int) -> Unit | None:
        """The unit to which a record belongs that a row refers to."""
        target: Any = column.target
        unit_id = self.traits.get(target, {}).get(record_id, {}).get("unit_id")
        return self.units.get(unit_id) if unit_id is not None else None


def _references(record: type[models.Model]) -> set[str]:
    return {
        field.attname for field in record._meta.concrete_fields if field.is_relation and field.name != "jurisdiction"
    }


def _agrees(traits: Traits, known: Traits, on: date | None) -> bool:
    if any(known.get(name) not in (None, value) for name, value in traits.items() if name in known):
        return False
    since, until = traits.get("valid_from"), traits.get("valid_to")
    return on is None or not ((since is not None and on < since) or (until is not None and on > until))
