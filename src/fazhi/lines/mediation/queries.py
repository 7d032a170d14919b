"""What checks need to know of organisations and mediators, fetched for a batch at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fazhi.lines.mediation.models import Mediator, Organisation


@dataclass(frozen=True, slots=True)
class Tenure:
    """Where somebody or something belongs (organisation, or unit), between which days, and whether it is commercial."""

    home: int
    since: date
    until: date | None
    commercial: bool = False

    def holds(self, on: date) -> bool:
        """Whether it held on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


def looked_up(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The organisations (by unit) and mediators (by organisation) that the rows name, by id."""
    organisations = Organisation.objects.filter(pk__in=_ids(rows, "organisation"), void_reason="")
    mediators = Mediator.objects.filter(pk__in=_ids(rows, "mediator"), void_reason="")
    return {
        "organisations": {
            key: Tenure(unit, since, until, kind == "commercial")
            for key, unit, since, until, kind in organisations.values_list(
                "id", "unit_id", "valid_from", "valid_to", "kind"
            )
        },
        "mediators": {
            key: Tenure(organisation, since, until)
            for key, organisation, since, until in mediators.values_list(
                "id", "organisation_id", "valid_from", "valid_to"
            )
        },
    }


def _ids(rows: Sequence[Mapping[str, Any]], name: str) -> Iterable[int]:
    return {getattr(value, "pk", value) for row in rows if (value := row.get(name)) is not None}
