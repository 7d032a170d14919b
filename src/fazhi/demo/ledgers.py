"""The finished ledgers of people's and commercial mediation, as each unit hands them in once a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fazhi.demo import people
from fazhi.demo.chance import Chance
from fazhi.demo.courses import Course, courses
from fazhi.demo.district import District, at
from fazhi.demo.organisations import Committee, Organised
from fazhi.demo.quotas import Mediating, Quotas
from fazhi.demo.scenery import area, stories, told
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts, PartyKind
from fazhi.kernel.casework.procedure import Facts
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.lines.mediation.models import CommercialMediation, Mediation

Row = tuple[Facts, Unit, int | None]
Progress = Callable[[str], None]

# The longest a court's commission leaves (最高人民法院关于人民法院特邀调解的规定): most mediators stay below it. The clocks
# themselves come from the rules; this only shapes what is drawn.
_COMMISSIONED = {"pre_docket": 24, "ordinary": 13, "simple": 6}
# Ledgers of a year are handed in soon after its end, with what is known by then of how agreements were kept.
_HANDED_IN = (1, 18)
# Agreements of commercial mediation are confirmed under 民事诉讼法 in its text of 2022 (mediation.confirm.apply.procedure_law).
_COMMERCIAL_CONFIRMED_FROM = date(2022, 1, 1)


@dataclass(slots=True)
class Ledger:
    """What turns courses into rows of one kind of mediation."""

    mediating: Mediating
    organised: Organised
    district: District
    chance: Chance

    def committee(self, course: Course) -> Committee:
        """The organisation that has the dispute."""
        unit = self.organised.taker(course.traits["kind"], course.traits["place"], self.chance)
        return self.organised.of(unit, self.chance)

    def row(self, course: Course, values: Mapping[str, Any], parties: Sequence[PartyFacts], at_: Committee) -> Row:
        """One row: what both kinds have in common, and ``values``."""
        chance, share = self.chance, self.mediating.shares
        mediator = chance.weighed(at_.mediators, [3 if each.full_time else 1 for each in at_.mediators])
        facts: dict[str, Any] = {
            "organisation": at_.organisation,
            "mediator": mediator if course.accepted else None,
            "opened_on": course.opened,
            "accepted_on": course.accepted,
            "outcome": course.outcome,
            "concluded_on": course.concluded,
            **values,
        }
        if course.outcome == "succeeded":
            facts |= _followed(course, share, chance)
        else:
            facts["ended_for"] = chance.one(stories()[f"{course.outcome}_for"])
        return Facts(facts, parties), self.district.units[at_.unit], mediator.account_id


def hand_in(district: District, organised: Organised, quotas: Quotas, say: Progress) -> None:
    """Write the ledgers of all years, each unit's by its own liaison."""
    chance = Chance("people")
    ledger = Ledger(quotas.people, organised, district, chance)
    sizes = {kind: said["amount"] for kind, said in stories()["people"].items()}
    drawn = courses(quotas.people, _people_traits(quotas.people, chance), sizes, chance)
    _write(Mediation, [(each.concluded.year, _people_row(ledger, each)) for each in drawn], district, say)

    chance = Chance("commercial")
    ledger = Ledger(quotas.commercial, organised, district, chance)
    sizes = {kind: said["amount"] for kind, said in stories()["commercial"].items() if isinstance(said, dict)}
    drawn = courses(quotas.commercial, lambda _weight, _chance: {}, sizes, chance)
    _write(CommercialMediation, [(each.concluded.year, _commercial_row(ledger, each)) for each in drawn], district, say)


def handed_in(year: int) -> date:
    """The day on which the ledgers of a year are handed in."""
    return date(year + 1, *_HANDED_IN)


def _write(record: type[Record], rows: Sequence[tuple[int, Row]], district: District, say: Progress) -> None:
    # Numbers run by unit and year, so a year is handed in as a whole, in the order of its days.
    codes = {unit.id: code for code, unit in district.units.items()}
    batches: dict[tuple[int, str], list[Row]] = {}
    for year, row in rows:
        batches.setdefault((year, codes[row[1].id]), []).append(row)
    for (year, unit), batch in sorted(batches.items()):
        procedure.bulk(
            record, batch, actor=district.reporter(unit), at=at(handed_in(year)), history=True,
            note=f"{year}年度台账补录",
        )  # fmt: skip
    say(f"{record._meta.verbose_name} {len(rows)}")


def _people_traits(mediating: Mediating, chance: Chance) -> Callable[[str, Chance], Mapping[str, Any]]:
    source, sender, stage = (mediating.share(name) for name in ("source", "sender", "stage"))

    def traits(weight: str, chance: Chance) -> Mapping[str, Any]:
        found: dict[str, Any] = {"source": _drawn(source, chance), "sent_by": "", "court_stage": ""}
        if found["source"] == "entrusted":
            found["sent_by"] = _drawn(sender, chance)
        if found["sent_by"] == "court":
            found["court_stage"] = _drawn(stage, chance)
            found["limit"] = _COMMISSIONED[found["court_stage"]]
        return found

    return traits


def _drawn(weights: Mapping[Any, float], chance: Chance) -> Any:
    return chance.weighed(list(weights), list(weights.values()))


def _people_row(ledger: Ledger, course: Course) -> Row:
    chance, share, traits = ledger.chance, ledger.mediating.shares, course.traits
    said = stories()["people"][traits["kind"]]
    committee = ledger.committee(course)
    values: dict[str, Any] = {
        "kind": traits["kind"],
        "source": traits["source"],
        "sent_by": traits["sent_by"],
        "court_stage": traits["court_stage"],
        "weight": traits["weight"],
        "summary": told(chance.one(said["summaries"]), chance, committee.place),
        "persons": chance.weighed((2, 3, 4, 5, 7, 12, 26), (55, 17, 12, 7, 5, 3, 1)),
    }
    if course.outcome == "succeeded":
        oral = chance.happens(share["oral"] * (1.6 if traits["weight"] == "simple" else 0.5))
        values |= {
            "agreement_form": "oral" if oral else "written",
            "agreement": told(chance.one(said["agreements"]), chance, committee.place),
            "crime_prevented": chance.happens(share["crime_prevented"]),
            "petition_prevented": chance.happens(share["petition_prevented"]),
        }
        visited = course.concluded + timedelta(chance.number(7, 40))
        if chance.happens(share["visited"]) and visited <= handed_in(course.concluded.year):
            values["visited_on"] = visited
    return ledger.row(course, values, people_parties(said["against"], committee.place, chance), committee)


def _commercial_row(ledger: Ledger, course: Course) -> Row:
    chance, kind = ledger.chance, course.traits["kind"]
    said = stories()["commercial"]
    committee = ledger.committee(course)
    amount = course.amount or round(said[kind]["amount"] * chance.skewed(0.6) / 1000) * 1000
    values = {
        "area": kind,
        "summary": told(chance.one(said[kind]["summaries"]), chance),
        "claim": round(amount * (1 + chance.number(2, 60) / 100)) * 100,
        "fee": max(50_000, amount * 100 // 125) if course.accepted else None,
    }
    if course.outcome == "succeeded":
        values["agreement"] = told(chance.one(said["agreements"]), chance)
    parties = [enterprise("applicant", "", chance), enterprise("respondent", "", chance)]
    return ledger.row(course, values, parties, committee)


def _followed(course: Course, share: Mapping[str, Any], chance: Chance) -> Mapping[str, Any]:
    """What came after an agreement, as far as it is known when the ledger is handed in."""
    facts: dict[str, Any] = {"amount": None if course.amount is None else course.amount * 100}
    known = handed_in(course.concluded.year)
    performance = _drawn(share["performance"], chance)
    performed = course.concluded + timedelta(chance.weighed((0, 7, 15, 30, 60), (34, 20, 18, 18, 10)))
    if performance != "unknown" and performed <= known:
        facts |= {"performance": performance, "performed_on": performed}
    confirmable = "source" in course.traits or course.concluded >= _COMMERCIAL_CONFIRMED_FROM
    if confirmable and chance.happens(share["confirmation"]):
        applied = course.concluded + timedelta(chance.number(1, 24))
        confirmed = applied + timedelta(chance.number(3, 18))
        if applied <= known:
            facts |= {"confirmation_wanted": True, "confirmation_applied_on": applied, "court": area()["court"]}
            facts["confirmed_on"] = confirmed if confirmed <= known else None
    return facts


def people_parties(against: str, place: str, chance: Chance) -> list[PartyFacts]:
    """The parties of a dispute of people's mediation; ``against``: a person, or what trade the enterprise is in."""
    parties = [person("applicant", place, chance)]
    if chance.happens(6):
        parties.append(person("applicant", place, chance))
    if against == "person":
        parties.append(person("respondent", place, chance))
    else:
        parties.append(enterprise("respondent", against, chance))
    if chance.happens(3):
        parties.append(PartyFacts("agent", people.name_of(chance), phone=people.phone(chance)))
    return parties


def person(role: str, place: str, chance: Chance) -> PartyFacts:
    """A person as a party, who lives at ``place``."""
    return PartyFacts(
        role,
        people.name_of(chance),
        identity=people.identity(chance) if chance.happens(72) else "",
        phone=people.phone(chance) if chance.happens(85) else "",
        address=f"{place}{chance.number(1, 30)}栋{chance.number(1, 4)}单元（演示地址）" if chance.happens(45) else "",
    )


def enterprise(role: str, trade: str, chance: Chance) -> PartyFacts:
    """An enterprise as a party; an empty ``trade``: any."""
    return PartyFacts(
        role,
        people.enterprise(chance, trade),
        kind=PartyKind.ORGANISATION,
        identity=people.credit_code(chance) if chance.happens(70) else "",
        phone=people.phone(chance),
    )
