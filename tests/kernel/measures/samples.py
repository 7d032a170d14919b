"""Mediation cases counted by hand: two streets, two years, and one of each thing that must not count."""

from __future__ import annotations

from datetime import date
from typing import Any

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.figures import Scope
from fazhi.lines.mediation.models import Mediation, Mediator, Organisation
from tests.world import AT, World

PARTIES = (PartyFacts("applicant", "甲某"), PartyFacts("respondent", "乙某"))


def measures_of(record: type[Record]) -> list[Measure]:
    """The declared measures counted from one kind of record."""
    return [each for each in MEASURES.values() if getattr(each, "record", None) is record]


def everything(world: World) -> Scope:
    """The whole district."""
    return Scope(world.jurisdiction.id)


def committee(world: World, street: str) -> Organisation:
    """The mediation committee of a street."""
    return procedure.open(
        Organisation,
        {"name": f"{street}调委会", "kind": "street", "valid_from": date(2015, 1, 1)},
        actor=world.actor(street),
        at=AT,
        unit=world.units[street],
    )


def case(
    world: World,
    organisation: Organisation,
    street: str,
    accepted: date | None,
    concluded: date | None = None,
    outcome: str = "succeeded",
    yuan: int | None = None,
) -> Mediation:
    """A case from a finished ledger; without a day of conclusion it is still open."""
    facts: dict[str, Any] = {"organisation": organisation, "kind": "neighbour", "summary": "楼道堆物"}
    if accepted is not None:
        facts["accepted_on"] = accepted
    if concluded is not None:
        facts |= {"concluded_on": concluded, "outcome": outcome}
        facts |= {"agreement_form": "written"} if outcome == "succeeded" else {"ended_for": "分歧过大"}
        if yuan is not None:
            facts["amount"] = yuan * 100
        if outcome == "succeeded":
            facts["mediator"] = _mediator(world, organisation, street)
    return procedure.open(
        Mediation,
        facts,
        actor=world.actor(street),
        at=AT,
        unit=world.units[street],
        on=accepted or date(2022, 3, 1),
        parties=PARTIES,
        history=True,
    )


def _mediator(world: World, organisation: Organisation, street: str) -> Any:
    found = Mediator.objects.filter(organisation=organisation).first()
    return found or procedure.open(
        Mediator,
        {"name": "丁一", "organisation": organisation, "full_time": True, "valid_from": date(2016, 1, 1)},
        actor=world.actor(street),
        at=AT,
        unit=world.units[street],
    )


def ledger(world: World) -> dict[str, Mediation]:
    """The ledger the tests count by hand.

    =====  ======  ==========  ==========  =========  ======
    name   street  accepted    concluded   outcome    元
    =====  ======  ==========  ==========  =========  ======
    old    east    2021-12-20  2022-01-10  succeeded  1,000
    jan    east    2022-01-05  2022-01-20  succeeded  2,500
    lost   east    2022-01-06  2022-02-01  failed
    feb    west    2022-02-10  2022-02-28  succeeded
    run    west    2022-12-01  (open)
    back   west    2022-05-05  2022-05-06  withdrawn
    void   east    2022-06-01  2022-06-02  succeeded  9,999   made void
    last   west    2021-03-01  2021-03-31  succeeded  700
    new    east    (not accepted yet)
    =====  ======  ==========  ==========  =========  ======
    """
    east, west = committee(world, "east"), committee(world, "west")
    cases = {
        "old": case(world, east, "east", date(2021, 12, 20), date(2022, 1, 10), yuan=1000),
        "jan": case(world, east, "east", date(2022, 1, 5), date(2022, 1, 20), yuan=2500),
        "lost": case(world, east, "east", date(2022, 1, 6), date(2022, 2, 1), "failed"),
        "feb": case(world, west, "west", date(2022, 2, 10), date(2022, 2, 28)),
        "run": case(world, west, "west", date(2022, 12, 1)),
        "back": case(world, west, "west", date(2022, 5, 5), date(2022, 5, 6), "withdrawn"),
        "void": case(world, east, "east", date(2022, 6, 1), date(2022, 6, 2), yuan=9999),
        "last": case(world, west, "west", date(2021, 3, 1), date(2021, 3, 31), yuan=700),
        "new": case(world, east, "east", None),
    }
    procedure.void(Mediation, cases["void"].id, reason="重复登记", actor=world.actor("east"), at=AT)
    world.enter()
    return cases
