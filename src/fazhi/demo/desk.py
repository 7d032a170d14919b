"""What lies on the desks today: open cases in every state, referrals that wait, figures to be accepted.

Everything is dated back from the day of loading, so that clocks run, some nearly out and one overdue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fazhi.demo.chance import Chance
from fazhi.demo.district import District, at
from fazhi.demo.ledgers import enterprise, people_parties
from fazhi.demo.organisations import Committee, Organised
from fazhi.demo.quotas import Quotas
from fazhi.demo.referrals import referred
from fazhi.demo.scenery import area, stories, streets, told
from fazhi.demo.telling import Telling, accept, report, tellings
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import workflow_of
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.calendar import standard
from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.measures.reporting import Reporting
from fazhi.lines.mediation.models import CommercialMediation, Mediation, Referral

Story = tuple[tuple[str, int], ...]
"""The acts of a case, each with how many days ago it was done; the first opens it."""

PEOPLE: Sequence[Story] = (
    *((("open", days),) for days in (1, 1, 2, 3, 5)),
    # The period of a month is over for the first, and runs out within days for the next.
    (("open", 44), ("accept", 43)),
    *(
        (("open", days + 1), ("accept", days))
        for days in (29, 28, 27, 25, 23, 21, 19, 17, 15, 13, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2)
    ),
    *((("open", days + 9), ("accept", days + 8), ("succeed", days)) for days in (1, 2, 4, 6, 11, 20)),
    # Judicial confirmation is wanted: for the first three days are left, for the second two weeks.
    (("open", 36), ("accept", 35), ("succeed_for_confirmation", 27)),
    (("open", 26), ("accept", 25), ("succeed_for_confirmation", 16)),
    (("open", 40), ("accept", 39), ("succeed_for_confirmation", 30), ("apply_confirmation", 18)),
    (("open", 58), ("accept", 57), ("succeed_for_confirmation", 50), ("apply_confirmation", 41), ("confirm", 24)),
    (("open", 50), ("accept", 49), ("succeed", 40), ("perform", 25)),
    (("open", 47), ("accept", 47), ("succeed_orally", 46), ("visit", 20), ("perform", 15)),
    (("open", 33), ("accept", 32), ("fail", 12)),
    (("open", 21), ("accept", 20), ("fail", 3)),
    (("open", 18), ("withdraw", 14)),
    (("open", 16), ("accept", 15), ("withdraw", 6)),
    (("open", 12), ("decline", 11)),
    (("open", 70), ("accept", 69), ("succeed_orally", 66), ("perform", 60), ("archive", 38)),
    (("open", 82), ("accept", 81), ("succeed", 63), ("perform", 49), ("archive", 31)),
    (("open", 75), ("accept", 74), ("fail", 52), ("archive", 30)),
)
COMMERCIAL: Sequence[Story] = (
    (("open", 2),),
    *((("open", days + 2), ("accept", days)) for days in (4, 17, 33)),
    (("open", 40), ("accept", 38), ("succeed_for_confirmation", 22)),
    (("open", 52), ("accept", 50), ("succeed", 29), ("perform", 8)),
    (("open", 61), ("accept", 59), ("fail", 20)),
)
REFERRALS: Sequence[Story] = (
    *((("open", days),) for days in (1, 2, 2, 4)),
    *((("open", days + 2), ("receive", days)) for days in (3, 7, 13)),
    (("open", 11), ("give_back", 9)),
    (("open", 34), ("receive", 33), ("answer", 15)),
    (("open", 66), ("receive", 64), ("answer", 45), ("archive", 40)),
)
# Told of last month and not accepted yet: how many wait, and how many were sent back.
_WAITING, _RETURNED = 9, 1


@dataclass(slots=True)
class Desk:
    """The day on which everything is dated back from, and the district it lies in."""

    district: District
    organised: Organised
    today: date
    chance: Chance

    def day(self, ago: int) -> date:
        """The day so many days ago or the next working day after it; the last one before it when there is none yet."""
        calendar, day, yesterday = standard(), self.today - timedelta(ago), self.today - timedelta(1)
        step = timedelta(1 if calendar.count_working(day.toordinal(), yesterday.toordinal()) else -1)
        while not calendar.works(day.toordinal()):
            day += step
        return day

    def play(self, record: type[Case], story: Story, facts: Mapping[str, Any], cast: Cast) -> None:
        """Open a case and do its acts, each on its day."""
        workflow = workflow_of(record)
        opened = self.day(story[0][1])
        case = procedure.open(
            record, facts, actor=cast.actor, at=at(opened, 9), unit=self.district.units[cast.committee.unit],
            parties=cast.parties, handler_id=cast.handler,
        )  # fmt: skip
        for hour, (name, ago) in enumerate(story[1:], 10):
            act = workflow.acts[name.partition("_orally")[0].partition("_for_")[0]]
            values = self._answers(name, case, cast)
            procedure.act(record, case.id, act, values, actor=cast.worker, at=at(self.day(ago), hour, 20))

    def _answers(self, name: str, case: Case, cast: Cast) -> Mapping[str, Any]:
        chance, committee = self.chance, cast.committee
        if name.startswith("succeed"):
            agreed = {
                "mediator": committee.mediators[0],
                "amount": chance.number(4, 300) * 10_000,
                "agreement": told(cast.agreement, chance, committee.place),
                "confirmation_wanted": name == "succeed_for_confirmation",
            }
            written = {"agreement_form": "oral" if name == "succeed_orally" else "written", "persons": 2}
            return {**agreed, **written} if isinstance(case, Mediation) else agreed
        answers: Mapping[str, Mapping[str, Any]] = {
            "accept": {} if isinstance(case, Referral) else {"mediator": committee.mediators[0]},
            "fail": {"ended_for": chance.one(stories()["failed_for"])},
            "decline": {"ended_for": chance.one(stories()["declined_for"])},
            "withdraw": {"ended_for": chance.one(stories()["withdrawn_for"])},
            "perform": {"performance": "performed"},
            "apply_confirmation": {"court": area()["court"]},
            "confirm": {"court": area()["court"]},
            "receive": {"organisation": committee.organisation},
            "give_back": {"returned_for": chance.one(stories()["returned_for"])},
            "answer": {"result": chance.one(stories()["results"])},
        }
        return answers.get(name, {})


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in a case: who opens it and who works on it, where, and its parties."""

    actor: Actor
    worker: Actor
    committee: Committee
    handler: int | None = None
    parties: Sequence[PartyFacts] = ()
    agreement: str = ""


def lay_out(desk: Desk, quotas: Quotas) -> int:
    """Put today's work of mediation and of reporting on the desks; gives how many cases."""
    for turn, story in enumerate(PEOPLE):
        _dispute(desk, story, streets()[turn % len(streets())], by_mediator=turn % 3 == 0)
    for turn, story in enumerate(COMMERCIAL):
        _commercial(desk, story, area()["commercial"][turn % 3]["unit"])
    for turn, story in enumerate(REFERRALS):
        _referral(desk, story, streets()[turn % len(streets())])
    _figures(desk, quotas)
    return len(PEOPLE) + len(COMMERCIAL) + len(REFERRALS)


def _dispute(desk: Desk, story: Story, street: str, *, by_mediator: bool) -> None:
    chance = desk.chance
    committee = desk.organised.by_unit[street][0]
    kind = chance.one(list(stories()["people"]))
    said = stories()["people"][kind]
    liaison, mediator = desk.district.reporter(street), desk.district.mediator_of(street)
    assert mediator is not None
    worker = mediator if by_mediator else liaison
    facts = {
        "organisation": committee.organisation,
        "kind": kind,
        "source": "applied",
        "weight": "general",
        "summary": told(chance.one(said["summaries"]), chance, committee.place),
    }
    parties = people_parties(said["against"], committee.place, chance)
    handler = mediator.account_id if by_mediator or chance.happens(60) else None
    desk.play(
        Mediation, story, facts, Cast(worker, worker, committee, handler, parties, chance.one(said["agreements"]))
    )


def _commercial(desk: Desk, story: Story, unit: str) -> None:
    chance, said = desk.chance, stories()["commercial"]
    committee = desk.organised.by_unit[unit][0]
    field = chance.one([kind for kind, each in said.items() if isinstance(each, dict)])
    claim = round(said[field]["amount"] * chance.skewed(0.5) / 1000) * 1000
    facts = {
        "organisation": committee.organisation,
        "area": field,
        "summary": told(chance.one(said[field]["summaries"]), chance),
        "claim": claim * 100,
        "fee": max(50_000, claim * 100 // 125),
    }
    parties = [enterprise("applicant", "", chance), enterprise("respondent", "", chance)]
    actor = desk.district.reporter(unit)
    desk.play(
        CommercialMediation, story, facts, Cast(actor, actor, committee, None, parties, chance.one(said["agreements"]))
    )


def _referral(desk: Desk, story: Story, street: str) -> None:
    chance = desk.chance
    committee = desk.organised.by_unit[street][0]
    sender = chance.weighed(("court", "police", "petition"), (5, 3, 2))
    sent_by, received_by = desk.district.actors["jiceng"], desk.district.reporter(street)
    desk.play(Referral, story, referred(sender, committee.place, chance), Cast(sent_by, received_by, committee))


def _figures(desk: Desk, quotas: Quotas) -> None:
    """This year's monthly figures: accepted up to the month before last, of last month some waiting."""
    last = Period.month(*_month_before(desk.today))
    year = max(quotas.people.flow.years) - 1
    batches: dict[tuple[date, str], list[Telling]] = {}
    for telling in tellings(quotas, (year,)):
        if (
            telling.period.is_year
            or quotas.told[telling.key].pace != "months"
            or telling.unit not in desk.district.heads
        ):
            continue
        period = Period.month(last.first.year, telling.period.first.month)
        if period.last <= last.last:
            batches.setdefault((period.last, telling.unit), []).append(
                Telling(telling.key, telling.unit, period, telling.value)
            )
    waiting: list[tuple[str, ReportedFigure]] = []
    for (day, unit), batch in sorted(batches.items()):
        reported = report(desk.district, unit, batch, min(day + timedelta(4), desk.today - timedelta(1)))
        if day < last.last:
            accept(desk.district, unit, reported, min(day + timedelta(8), desk.today - timedelta(1)))
        else:
            waiting += [(unit, figure) for figure in reported]
    _leave(desk, waiting)


def _leave(desk: Desk, waiting: list[tuple[str, ReportedFigure]]) -> None:
    """Of last month's figures leave some waiting, send some back, and accept the others."""
    mixed = desk.chance.mixed(waiting)
    for unit, figure in mixed[_WAITING : _WAITING + _RETURNED]:
        procedure.act(
            ReportedFigure, figure.id, Reporting.give_back, {"returned_for": "与登记簿合计不一致，请核对后重新填报"},
            actor=desk.district.acceptor(unit), at=at(desk.today - timedelta(1), 16),
        )  # fmt: skip
    for unit, figure in mixed[_WAITING + _RETURNED :]:
        accept(desk.district, unit, [figure], desk.today - timedelta(1))


def _month_before(day: date) -> tuple[int, int]:
    before = day.replace(day=1) - timedelta(1)
    return before.year, before.month
