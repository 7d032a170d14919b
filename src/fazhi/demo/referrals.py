"""Disputes sent to the district's organisations by courts, police and others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fazhi.demo.chance import Chance
from fazhi.demo.courses import days_of
from fazhi.demo.district import District, at
from fazhi.demo.ledgers import handed_in
from fazhi.demo.organisations import Organised
from fazhi.demo.quotas import Quotas
from fazhi.demo.scenery import stories, streets, told
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.procedure import Facts
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.lines.mediation.models import Referral


def refer(district: District, organised: Organised, quotas: Quotas) -> int:
    """Write the finished referrals of all years; gives how many."""
    chance = Chance("referrals")
    said = quotas.referrals
    batches: dict[tuple[int, str], list[tuple[Facts, Unit, int | None]]] = {}
    for year, total in said["sent"].items():
        days = days_of(year, total, chance)
        senders = chance.dealt(total, said["sender"])
        returned = said["returned"][year]
        fates = chance.dealt(total, {"returned": returned, "handled": total - returned})
        for day, sender, fate in zip(days, senders, fates, strict=True):
            unit = chance.one(streets())
            committee = organised.of(unit, chance)
            facts = _facts(day, sender, fate, committee.place, chance)
            facts["organisation"] = committee.organisation
            batches.setdefault((facts["concluded_on"].year, unit), []).append(
                (Facts(facts), district.units[unit], None)
            )
    for (year, unit), rows in sorted(batches.items(), key=lambda item: item[0]):
        procedure.bulk(
            Referral, rows, actor=district.reporter(unit), at=at(handed_in(year)), history=True,
            note=f"{year}年度台账补录",
        )  # fmt: skip
    return sum(map(len, batches.values()))


def referred(sender: str, place: str, chance: Chance) -> dict[str, Any]:
    """These facts of a dispute as its sender describes it."""
    story = stories()["people"][chance.one(["neighbour", "family", "contract", "damages", "traffic", "migrant_wages"])]
    return {
        "sent_by": sender,
        "sender": stories()["senders"][sender],
        "summary": told(chance.one(story["summaries"]), chance, place),
    }


def _facts(day: date, sender: str, fate: str, place: str, chance: Chance) -> dict[str, Any]:
    received = day + timedelta(chance.number(0, 4))
    ended = received + timedelta(chance.number(2, 26))
    found: Mapping[str, Any] = {"opened_on": day, "received_on": received, "concluded_on": ended}
    if fate == "returned":
        return {**referred(sender, place, chance), **found, "returned_for": chance.one(stories()["returned_for"])}
    return {
        **referred(sender, place, chance),
        **found,
        "result": chance.one(stories()["results"]),
        "answered_on": ended,
    }
