"""Approvals on the screens: asked for with the act's own form, decided in one line each, seen by everybody concerned."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fazhi.kernel.casework.approvals.models import Opinion, Request
from fazhi.kernel.ground.access.roles import LEADER, SECTION_HEAD
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.workflow import Mediating
from fazhi.web import seats
from tests.web import scene
from tests.world import World

Enters = Callable[[str], Client]


@pytest.fixture
def case(world: World, monkeypatch: pytest.MonkeyPatch) -> Mediation:
    monkeypatch.setattr(Mediating.fail, "approved", ((SECTION_HEAD,), (LEADER,)))
    made = scene.accepted(world, scene.case(world, scene.committee(world)))
    world.enter()
    return made


def ask(client: Client, case: Mediation) -> None:
    answer = client.post(
        f"/mediation/cases/{case.id}/act/fail/",
        {"on": "2022-12-15", "version": str(case.version), "ended_for": "分歧较大", "note": "建议终止"},
    )
    assert answer.status_code == 302, answer.content.decode()


def test_a_request_goes_through_its_posts(world: World, case: Mediation, enters: Enters) -> None:
    east, base = enters("east"), f"/mediation/cases/{case.id}/"
    form = east.get(f"{base}act/fail/").content.decode()
    assert "先由科室负责人 → 局领导审批" in form
    assert "提交审批</button>" in form
    ask(east, case)
    world.enter()
    request = Request.objects.get()
    page = east.get(base).content.decode()
    assert "正在审批：调解不成" in page
    assert "撤回审批" in page
    assert "“调解不成”正在审批" in page, "why nothing else can be done"
    assert "调解不成" in east.get("/inbox/?tab=sent").content.decode()
    head = enters("head")
    seats.forget()
    assert "请审批" in head.get("/inbox/").content.decode()
    assert "请审批" in head.get("/").content.decode()
    page = head.get(base).content.decode()
    assert "建议终止" in page
    assert "分歧较大" in page
    agree = f"{base}approval/{request.id}/agree/"
    assert enters("leader").post(agree, {"opinion": "同意"}).status_code == 422, "not the leader's turn"
    assert head.post(agree, {"opinion": "拟同意"}).status_code == 302
    world.enter()
    assert Mediation.objects.get().state == "mediating"
    leader = enters("leader")
    assert leader.post(agree, {"opinion": "同意"}, headers={"HX-Request": "true"})["HX-Redirect"] == base
    world.enter()
    assert (Mediation.objects.get().state, Mediation.objects.get().pending) == ("failed", "")
    timeline = east.get(f"{base}timeline/").content.decode()
    for said in ("提交审批", "审批同意", "拟同意", "调解不成"):
        assert said in timeline
    assert re.search(r"调解不成.*已批准", east.get("/inbox/?tab=sent").content.decode(), re.DOTALL)


def test_a_request_is_returned_with_its_reason(world: World, case: Mediation, enters: Enters) -> None:
    ask(enters("east"), case)
    world.enter()
    address = f"/mediation/cases/{case.id}/approval/{Request.objects.get().id}/return/"
    head = enters("head")
    refused = head.post(address, {"opinion": ""})
    assert refused.status_code == 422
    assert "请写明退回原因" in refused.content.decode()
    assert head.post(address, {"opinion": "请补充调解笔录"}).status_code == 302
    world.enter()
    assert Mediation.objects.get().pending == ""
    assert "请补充调解笔录" in enters("east").get(f"/mediation/cases/{case.id}/timeline/").content.decode()


def test_a_request_is_taken_back_until_it_has_been_read(world: World, case: Mediation, enters: Enters) -> None:
    east = enters("east")
    ask(east, case)
    world.enter()
    address = f"/mediation/cases/{case.id}/approval/{Request.objects.get().id}/withdraw/"
    enters("head").get(f"/mediation/cases/{case.id}/")
    world.enter()
    assert Opinion.objects.exclude(read_at=None).count() == 1, "opening the case counts as reading the request"
    assert east.post(address).status_code == 422
    assert "撤回审批" not in east.get(f"/mediation/cases/{case.id}/").content.decode()
    assert enters("west").post(address).status_code == 404
