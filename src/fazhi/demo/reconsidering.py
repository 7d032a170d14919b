"""The finished ledger of administrative reconsideration, as the reconsideration section hands it in once a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fazhi.demo import people
from fazhi.demo.chance import Chance
from fazhi.demo.courses import days_of, ends
from fazhi.demo.district import District, at
from fazhi.demo.ledgers import enterprise, handed_in, person
from fazhi.demo.quotas import Heard, Reconsidered
from fazhi.demo.scenery import area, stories, told
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind
from fazhi.kernel.casework.procedure import Facts
from fazhi.lines.reconsideration.models import Application

SECTION = "reconsideration"
_SHORTEST, _LONGEST = 24, 58
# A case that takes longer has been extended once, by what the Law allows at most.
_PERIOD, _EXTENSION = 60, 30
_WITH_DUTY = ("annulled_redo", "performance_ordered", "mediated")


def reconsider(district: District, reconsidered: Reconsidered) -> int:
    """Write the ledgers of all years; gives how many applications."""
    chance = Chance("reconsideration")
    drawn: list[dict[str, Any]] = []
    for year, heard in reconsidered.years.items():
        drawn += _accepted(reconsidered, year, heard, chance) + _unaccepted(reconsidered, year, heard, chance)
    for year, heard in reconsidered.years.items():
        mine = [each for each in drawn if each["accepted_on"] and each["concluded_on"].year == year]
        for each, outcome in zip(mine, _outcomes(reconsidered, heard, chance), strict=True):
            each.update(_ended(outcome, each["concluded_on"], chance))
    actor, place = district.actors["fuyi"], district.units[SECTION]
    for year in sorted({each["concluded_on"].year for each in drawn}):
        batch = sorted(
            (each for each in drawn if each["concluded_on"].year == year), key=lambda each: each["opened_on"]
        )
        rows = [(Facts(*_told(each, district, reconsidered, chance)), place, actor.account_id) for each in batch]
        procedure.bulk(
            Application, rows, actor=actor, at=at(handed_in(year)), history=True, note=f"{year}年度台账补录"
        )  # fmt: skip
    return len(drawn)


def lodged(respondent: str, matter: str, opened: date, district: District, chance: Chance) -> dict[str, Any]:
    """These facts of an application as it is received on a day."""
    said = stories()["reconsideration"]
    known = opened - timedelta(chance.number(6, 48))
    return {
        "field": said["fields"][respondent],
        "matter": matter,
        "respondent_level": "county_dept" if respondent not in area()["communities"] else "township",
        "respondent_unit": district.units[respondent],
        "contested": told(chance.one(said["contested"][matter]), chance),
        "request": chance.one(said["requests"]),
        "grounds": chance.one(said["grounds"]),
        "act_on": None if matter == "inaction" else known - timedelta(chance.number(0, 6)),
        "known_on": known,
    }


def parties_of(respondent: str, district: District, chance: Chance) -> list[PartyFacts]:
    """The applicant, a person or an enterprise, and the respondent, a unit of the district."""
    applicant = (
        enterprise("applicant", "", chance)
        if chance.happens(38)
        else person("applicant", area()["area"]["short_name"], chance)
    )
    parties = [applicant, PartyFacts("respondent", district.units[respondent].name, PartyKind.ORGANISATION)]
    if chance.happens(27):
        parties.append(PartyFacts("agent", people.name_of(chance), phone=people.phone(chance)))
    return parties


def _accepted(reconsidered: Reconsidered, year: int, heard: Heard, chance: Chance) -> list[dict[str, Any]]:
    carried = reconsidered.carried_out(year)
    days = days_of(year, heard.accepted, chance, reconsidered.shares["month"])
    if carried == heard.accepted:
        # Of the year before the first only what was carried over is told: it came in its last weeks.
        days = sorted(date(year, 12, 31) - timedelta(chance.number(1, 34)) for _ in days)
    lengths = [chance.number(_SHORTEST, _LONGEST) for _ in days]
    return [
        {"opened_on": day, "accepted_on": day, "concluded_on": end}
        for day, end in zip(days, ends(days, lengths, year, carried, chance), strict=True)
    ]


def _unaccepted(reconsidered: Reconsidered, year: int, heard: Heard, chance: Chance) -> list[dict[str, Any]]:
    total = heard.received - heard.accepted
    found = []
    days = days_of(year, total, chance, reconsidered.shares["month"])
    said = stories()["reconsideration"]
    for day, outcome in zip(days, chance.dealt(total, reconsidered.shares["unaccepted"]), strict=True):
        facts: dict[str, Any] = {"opened_on": day, "accepted_on": None, "outcome": outcome}
        facts["concluded_on"] = min(day + timedelta(chance.number(1, 5)), date(year, 12, 31))
        if outcome == "refused":
            facts |= {"refusal_ground": chance.one(["no_interest", "late", "not_in_scope"])}
            facts |= {"ended_for": chance.one(said["refused"])}
        elif outcome == "informed":
            facts |= {"competent": "上一级主管部门", "ended_for": chance.one(said["informed"])}
        elif outcome == "abandoned":
            facts |= {"supplement_items": "请求和理由不明确，请补正", "supplement_asked_on": day}
            facts |= {"supplement_served_on": day, "supplement_by": facts["concluded_on"]}
        found.append(facts)
    return found


def _outcomes(reconsidered: Reconsidered, heard: Heard, chance: Chance) -> list[tuple[str, bool]]:
    """How the cases concluded in a year ended, each with whether it was settled."""
    settled = chance.dealt(heard.settled, reconsidered.shares["settled"])
    others = chance.dealt(heard.concluded - heard.settled, reconsidered.shares["outcome"])
    return chance.mixed([*((each, True) for each in settled), *((each, False) for each in others)])


def _ended(outcome: tuple[str, bool], on: date, chance: Chance) -> Mapping[str, Any]:
    """The outcome, and what followed as far as it is known when the ledger is handed in."""
    kind, settled = outcome
    facts: dict[str, Any] = {"outcome": kind}
    known, served = handed_in(on.year), on + timedelta(chance.number(1, 6))
    if kind == "terminated":
        facts["terminated_for"] = "settled" if settled else "withdrawn"
    if settled:
        facts["agreement"] = chance.one(stories()["reconsideration"]["agreements"])
    if served <= known:
        facts["served_on"] = served
    performed = served + timedelta(chance.number(5, 40) if kind in _WITH_DUTY else 0)
    if kind not in ("terminated", "dismissed") and performed <= known:
        facts |= {"performance": "performed" if kind in _WITH_DUTY else "nothing_due", "performed_on": performed}
    if kind in ("upheld", "dismissed") and chance.happens(22) and served + timedelta(14) <= known:
        facts |= {"sued_on": served + timedelta(chance.number(4, 14)), "court": area()["court"]}
    return facts


def _told(
    course: Mapping[str, Any], district: District, reconsidered: Reconsidered, chance: Chance
) -> tuple[Mapping[str, Any], list[PartyFacts]]:
    """The whole row and its parties."""
    shares = reconsidered.shares
    respondent, matter, channel = (
        chance.weighed(list(shares[name]), list(shares[name].values())) for name in ("respondent", "matter", "channel")
    )
    opened: date = course["opened_on"]
    filed = opened - timedelta(chance.number(1, 4)) if channel == "post" else opened
    facts = {**lodged(respondent, matter, filed, district, chance), **course, "filed_on": filed, "channel": channel}
    if course["accepted_on"]:
        sent = opened + timedelta(chance.number(1, 5))
        received = sent + timedelta(chance.number(1, 3))
        replied = received + timedelta(chance.number(4, 9))
        if replied <= course["concluded_on"]:
            facts |= {"copy_sent_on": sent, "copy_received_on": received, "replied_on": replied}
        if (course["concluded_on"] - opened).days > _PERIOD:
            facts |= {"extended_on": opened + timedelta(_PERIOD - 5), "extended_days": _EXTENSION}
            facts |= {"extension_reason": "案情复杂，需要进一步调查取证"}
    return facts, parties_of(respondent, district, chance)
