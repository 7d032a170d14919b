"""The screens of reconsideration: every list, record, tab and act form opens; an application goes in and is approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.line import LINES
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.workflow import Reconsidering as W
from tests.lines.reconsideration.factories import AT, accepted, decided, done, letter, opened, review
from tests.web.conftest import enters, nothing_kept, now
from tests.world import World, world

__all__ = ["enters", "nothing_kept", "now", "world"]

Enters = Callable[[str], Client]
HOME = "/reconsideration/applications/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.content.decode()[:400])
    return answer.content.decode()


def test_every_list_and_form_opens(world: World, enters: Enters, now: Callable[[Any], None]) -> None:
    now(AT)
    case = decided(world)
    letter(world, case)
    review(world, case)
    world.enter()
    client = enters("handler")
    assert "行政复议" in shown(client, "/reconsideration/")
    for register in LINES["reconsideration"].registers:
        address = f"/reconsideration/{register.slug()}/"
        assert register.label in shown(client, address)
        shown(client, f"{address}new/")
        shown(client, f"{address}new/?mode=history")


def test_every_act_that_can_be_done_has_its_form(world: World, enters: Enters, now: Callable[[Any], None]) -> None:
    now(AT)
    cases = [opened(world), accepted(world), done(world, accepted(world), W.suspend, date(2026, 3, 20)), decided(world)]
    world.enter()
    client = enters("handler")
    for case in cases:
        shown(client, f"{HOME}{case.id}/")
        for act in W.acts.values():
            if W.states[case.state] in act.sources and act not in (W.deem, W.prolong_supplement):
                form = shown(client, f"{HOME}{case.id}/act/{act.key}/")
                assert act.label in form
        for run in Run.objects.filter(matter_id=case.id):
            page = shown(client, f"{HOME}{case.id}/clocks/{run.id}/")
            assert "行政复议法" in page
            world.enter()


def test_an_application_is_entered_and_its_acceptance_asked_for(
    world: World, enters: Enters, now: Callable[[Any], None]
) -> None:
    now(AT)
    client = enters("handler")
    typed = {
        "on": "2026-11-18", "channel": "in_person", "applicants": "1", "contested": "青财罚〔2026〕9号", "matter": "penalty",
        "field": "finance", "respondent_level": "county_dept", "informed_of_rights": "on", "known_on": "2026-11-02",
        "request": "撤销", "grounds": "处罚过重", "once": "t1",
        "party-applicant-count": "1", "party-applicant-0-name": "甲某", "party-applicant-0-kind": "person",
        "party-respondent-count": "1", "party-respondent-0-name": "区财政局", "party-respondent-0-kind": "organisation",
        "party-representative-count": "0", "party-agent-count": "0", "party-third_party-count": "0",
    }  # fmt: skip
    answer = client.post(f"{HOME}new/", typed)
    assert answer.status_code == 302, answer.content.decode()
    world.enter()
    case = Application.objects.get()
    assert (case.opened_on, case.law, case.due_on) == (date(2026, 11, 18), "2023", date(2026, 11, 25))
    asked = client.post(
        f"{HOME}{case.id}/act/accept/", {"on": "2026-11-19", "track": "ordinary", "version": "1", "once": "t2"}
    )
    assert asked.status_code == 302, asked.content.decode()
    world.enter()
    case.refresh_from_db()
    assert (case.state, case.pending) == ("received", "accept")
    assert "受理" in shown(enters("head"), "/inbox/")
