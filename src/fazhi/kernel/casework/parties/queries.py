"""Parties as papers and titles name them."""

from __future__ import annotations

from fazhi.kernel.casework.parties.models import Party


def names(matter_id: int, *roles: str) -> list[str]:
    """These names of a matter's parties in the order they were entered, of ``roles`` only if any are given."""
    rows = Party.objects.filter(matter_id=matter_id)
    if roles:
        rows = rows.filter(role__in=roles)
    return list(rows.order_by("id").values_list("name", flat=True))


def described(matter_id: int, role: str) -> list[str]:
    """These parties of a role as the head of a paper describes them: name, and address where it is known."""
    return [
        f"{party.name}，住{party.address.reveal()}" if party.address is not None else party.name
        for party in Party.objects.filter(matter_id=matter_id, role=role).order_by("id")
    ]
