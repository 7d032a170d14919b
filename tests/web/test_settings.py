"""Settings: what each administrator keeps, with its effect on the business."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.ground.access.models import Account, Grant
from fazhi.kernel.ground.orgs.models import Succession, Unit
from fazhi.kernel.line import LINES
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from fazhi.web import homes, seats
from tests.web import scene
from tests.world import AT, World

Enters = Callable[[str], Client]


def test_a_unit_is_added_renamed_and_closed(world: World, enters: Enters) -> None:
    client = enters("system")
    values = {
        "code": "north",
        "name": "北湾街道",
        "kind": "street",
        "parent": str(world.units["area"].id),
        "valid_from": "2022-01-01",
    }
    assert client.post("/settings/units/new/", {**values, "code": "east"}).status_code == 422
    assert client.post("/settings/units/new/", {**values, "kind": "planet"}).status_code == 422
    assert client.post("/settings/units/new/", values).status_code == 302
    world.enter()
    unit = Unit.objects.get(code="north")
    assert world.units["area"].id in unit.audience
    address = f"/settings/units/{unit.id}/"
    assert client.post(address, {"name": "北湾镇", "short_name": "北湾"}).status_code == 302
    closing = {
        "name": "",
        "short_name": "",
        "valid_to": "2022-11-30",
        "successor": str(world.units["east"].id),
        "basis": "合并",
    }
    assert client.post(address, closing).status_code == 302
    world.enter()
    unit.refresh_from_db()
    assert (unit.name, unit.valid_to) == ("北湾镇", date(2022, 11, 30))
    assert Succession.objects.get().successor_id == world.units["east"].id
    assert client.post(address, closing).status_code == 422
    assert "北湾镇" in client.get("/settings/units/?q=北湾").content.decode()


def test_a_loaded_year_moves_open_deadlines(world: World, enters: Enters) -> None:
    case = scene.accepted(world, scene.case(world, scene.committee(world)), on=date(2022, 12, 1))
    helper = scene.mediator(world, case.organisation)
    procedure.act(
        Mediation, case.id, Mediating.succeed, {"mediator": helper, "agreement_form": "written", "confirmation_wanted": True},
        actor=world.actor("east"), at=AT, on=date(2022, 12, 5),
    )  # fmt: skip
    world.enter()
    before = Run.objects.get(matter_id=case.id, clock="apply_confirmation").due_on
    assert before == date(2023, 1, 4)
    client = enters("system")
    address = "/settings/years/2023/"
    for days, source in (
        ("春节 2023", "国办发明电"),
        ("春节：2023-01-04", ""),
        ("春节：2022-06-01", "国办发明电"),
        ("", "国办发明电"),
    ):
        answer = client.post(address, {"days": days, "source": source})
        assert answer.status_code == 422, days
    world.enter()
    assert Run.objects.get(matter_id=case.id, clock="apply_confirmation").due_on == before
    days = "元旦：2022-12-31..2023-01-02\n试验假：2023-01-04、2023-01-05；上班：2023-01-07"
    assert client.post(address, {"days": days, "source": "国办发明电〔2022〕1号"}).status_code == 302
    world.enter()
    assert Run.objects.get(matter_id=case.id, clock="apply_confirmation").due_on == date(2023, 1, 6)
    page = client.get(address).content.decode()
    assert "本机关录入：国办发明电〔2022〕1号" in page
    assert 'title="试验假"' in page


def test_a_decision_about_a_rule_makes_it_count(world: World, enters: Enters) -> None:
    case = scene.accepted(world, scene.case(world, scene.committee(world)), on=date(2022, 12, 1))
    world.enter()
    run = Run.objects.get(matter_id=case.id)
    assert (run.certain, Mediation.objects.get().due_on) == (False, None)
    client = enters("system")
    address = "/settings/rules/mediation.people.conclude/"
    for wrong in (
        {"enabled": "on", "source": ""},
        {"enabled": "on", "source": "局发〔2022〕1号", "value": "20"},
        {"enabled": ""},
    ):
        assert client.post(address, wrong).status_code == 422, wrong
    decided = {"enabled": "on", "value": "10", "unit": "working_day", "source": "局发〔2022〕1号"}
    assert client.post(address, decided).status_code == 302
    world.enter()
    run = Run.objects.get(matter_id=case.id)
    assert (run.certain, run.due_on, Mediation.objects.get().due_on) == (True, date(2022, 12, 15), date(2022, 12, 15))
    page = enters("east").get(f"/mediation/cases/{case.id}/").content.decode()
    assert "逾期 3 个工作日" in page
    assert client.post(address, {"enabled": "keep"}).status_code == 302
    world.enter()
    assert (Run.objects.get(matter_id=case.id).certain, Mediation.objects.get().due_on) == (False, None)


def test_an_account_is_made_given_a_role_and_stopped(world: World, enters: Enters, client: Client) -> None:
    security = enters("security")
    for wrong in (
        {"login": "张三", "name": "张三"},
        {"login": "clerk", "name": "张三"},
        {"login": "zhangsan", "name": " "},
    ):
        assert security.post("/settings/accounts/new/", wrong).status_code == 422, wrong
    page = security.post("/settings/accounts/new/", {"login": "zhangsan", "name": "张三"}).content.decode()
    password = re.search(r'<p class="fz-secret">([^<]+)</p>', page)
    assert password is not None
    account = Account.objects.get(login="zhangsan")
    assert account.check_password(password[1])
    assert client.post("/enter/", {"login": "zhangsan", "password": password[1]}).status_code == 302
    assert client.get("/")["Location"] == "/account/password/"
    Account.objects.filter(pk=account.pk).update(password_temporary=False)
    seats.forget()
    assert "您还没有角色" in client.get("/").content.decode()
    address = f"/settings/accounts/{account.id}/"
    east = str(world.units["east"].id)
    assert security.post(address, {"role": "king", "unit": east}).status_code == 422
    assert security.post(address, {"role": "liaison", "unit": east}).status_code == 302
    assert security.post(address, {"role": "system_admin", "unit": east}).status_code == 422, "三员不兼任"
    assert "人民调解案件" in client.get("/").content.decode()
    world.enter()
    grant = Grant.objects.get(account=account)
    assert security.post(f"/settings/grants/{grant.id}/withdraw/").status_code == 302
    assert "您还没有角色" in client.get("/").content.decode(), (
        "a role withdrawn counts no longer, even on the day it was given"
    )
    assert security.post(f"{address}disable/").status_code == 302
    assert client.get("/")["Location"] == "/enter/"
    assert security.post(f"{address}disable/").status_code == 422
    assert security.post(f"{address}enable/").status_code == 302
    again = security.post(f"{address}reset/").content.decode()
    assert password[1] not in again
    world.enter()
    account.refresh_from_db()
    assert account.password_temporary


def test_no_administrator_stops_themselves(world: World, enters: Enters) -> None:
    client = enters("security")
    me = world.accounts["security"]
    assert client.post(f"/settings/accounts/{me.id}/disable/").status_code == 422
    world.enter()
    grant = Grant.objects.get(account=me)
    assert client.post(f"/settings/grants/{grant.id}/withdraw/").status_code == 422
    world.enter()
    assert Account.objects.get(pk=me.pk).is_active
    assert Grant.objects.get(account=me).valid_to is None


@pytest.mark.parametrize("who", ["system", "auditor", "leader"])
def test_others_make_no_accounts(world: World, enters: Enters, who: str) -> None:
    assert enters(who).post("/settings/accounts/new/", {"login": "zhangsan", "name": "张三"}).status_code == 404
    assert not Account.objects.filter(login="zhangsan").exists()


def test_the_audit_is_read_in_words(world: World, enters: Enters) -> None:
    case = scene.accepted(world, scene.case(world, scene.committee(world)))
    procedure.correct(Mediation, case.id, {"persons": 5}, reason="核对", actor=world.actor("east"), at=AT)
    client = enters("auditor")
    page = client.get(f"/settings/audit/?row={case.id}").content.decode()
    for told in ("受理", "更正", "东", "状态：待受理 → 调解中", "涉及人数：— → 5", "人民调解案件"):
        assert told in page, told
    assert scene.IDENTITY not in client.get("/settings/audit/?table=parties_party").content.decode()
    assert "没有记录" in client.get("/settings/audit/?who=不存在的人").content.decode()
    assert "没有记录" in client.get("/settings/audit/?until=2000-01-01").content.decode()
    page = client.get("/settings/chain/").content.decode()
    assert "条记录等待封存" in page or "没有等待封存的记录" in page


def test_the_matrix_is_read_off_the_declarations(world: World, enters: Enters) -> None:
    page = enters("security").get("/settings/matrix/?q=人民调解案件").content.decode()
    row = re.search(r"<tr>(?:(?!</tr>).)*<td>受理</td>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    assert row[1].count("可以") == 5
    homes.forget()


def test_a_deputy_acts_while_somebody_is_away(world: World, enters: Enters) -> None:
    scene.case(world, scene.committee(world))
    east, finance = enters("east"), enters("finance")
    assert finance.get("/mediation/cases/").content.decode().count("<tr data-href") == 0
    away = {"deputy": str(world.accounts["finance"].id), "first": "2022-12-19", "last": "2022-12-23", "reason": "培训"}
    for wrong in (
        {**away, "deputy": ""},
        {**away, "last": "2022-12-01"},
        {**away, "first": ""},
        {**away, "reason": " "},
    ):
        assert east.post("/account/absence/", wrong).status_code == 422, wrong
    assert east.post("/account/absence/", away).status_code == 302
    assert "培训" in east.get("/account/absence/").content.decode()
    assert finance.get("/mediation/cases/").content.decode().count("<tr data-href") == 1
    assert enters("system").post("/account/absence/", away).status_code == 422


def test_every_opening_of_a_restricted_record_is_noted(
    world: World, enters: Enters, request: pytest.FixtureRequest
) -> None:
    case = scene.case(world, scene.committee(world))
    client = enters("leader")
    client.get(f"/mediation/cases/{case.id}/")
    # The manifest is frozen and registers itself when made; here it is only told apart for the length of the test.
    line = LINES["mediation"]
    object.__setattr__(line, "restricted", True)
    request.addfinalizer(lambda: object.__setattr__(line, "restricted", False))
    client.get(f"/mediation/cases/{case.id}/")
    page = enters("auditor").get(f"/settings/audit/?row={case.id}").content.decode()
    assert page.count("打开记录") == 1
