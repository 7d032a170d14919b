"""Notes the audit holds, for tests to read."""

from __future__ import annotations

from typing import Any

from fazhi.kernel.ground.audit.models import Entry, Operation, Payload


def notes(act: str) -> list[tuple[Entry, dict[str, Any]]]:
    """These notes written in acts whose name ends so, oldest first, each with its facts; needs the jurisdiction."""
    found = Entry.objects.filter(op=Operation.NOTED, act__endswith=act).order_by("id")
    return [(entry, Payload.objects.get(pk=entry.pk).image) for entry in found]
