"""Every address for a stranger, for the right role in the wrong unit, and for the right person; refusals change nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fazhi.api.models import Token
from fazhi.lines.mediation.models import Mediation
from tests.api.conftest import Api, Scene, content, faults
from tests.kernel.exchange.steps import hashes

READS = ("registers", "figures", "openapi.json", "mediation/cases", "mediation/cases/{open}", "mediation/organisations")
WRITES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("mediation/cases", {"values": {"organisation": "{organisation}", "kind": "other", "summary": "x"}}),
    ("mediation/cases/{open}/accept", {"on": "2022-03-02"}),
    ("mediation/cases/{open}/correct", {"values": {"persons": 3}, "reason": "漏填"}),
    ("mediation/cases/{open}/assign", {"handler": "east", "reason": "分派"}),
    ("mediation/cases/{open}/void", {"reason": "错登"}),
)
# A note on when a token was last used is no change.
ASIDE = {"audit_entry", "audit_payload", "api_token"}


def at(scene: Scene, path: str) -> str:
    return path.format(**{name: scene.id(name) for name in scene.records})


@pytest.mark.parametrize("path", [*READS, "tokens"])
def test_a_stranger_reads_nothing(scene: Scene, stranger: Api, path: str) -> None:
    response = stranger.get(at(scene, path))
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert set(content(response)) == {"faults"}


@pytest.mark.parametrize(("path", "body"), [*WRITES, ("tokens", {"name": "x"}), ("tokens/1/revoke", {})])
def test_a_stranger_writes_nothing(scene: Scene, stranger: Api, path: str, body: dict[str, Any]) -> None:
    before = hashes(without=set())
    assert stranger.post(at(scene, path), body).status_code == 401
    scene.world.enter()
    assert hashes(without=set()) == before


@pytest.mark.parametrize("who", ["west", "finance", "auditor", "security", "system"])
@pytest.mark.parametrize(("path", "body"), WRITES[1:])
def test_what_one_may_not_see_does_not_exist(
    scene: Scene, by_token: Callable[..., Api], who: str, path: str, body: dict[str, Any]
) -> None:
    api = by_token(who)
    before = hashes(without=ASIDE)
    assert api.get(at(scene, "mediation/cases/{open}")).status_code == 404
    response = api.post(at(scene, path), body)
    assert (response.status_code, faults(response)) == (404, [("", "没有这个地址，或者没有这条记录")])
    scene.world.enter()
    assert hashes(without=ASIDE) == before


@pytest.mark.parametrize(("path", "body"), WRITES[1:])
def test_who_sees_but_may_not(scene: Scene, by_token: Callable[..., Api], path: str, body: dict[str, Any]) -> None:
    api = by_token("leader")
    before = hashes(without=ASIDE)
    assert api.get(at(scene, "mediation/cases/{open}")).status_code == 200
    assert api.post(at(scene, path), body).status_code == 403
    scene.world.enter()
    assert hashes(without=ASIDE) == before


@pytest.mark.parametrize("way", ["by_token", "by_session"])
@pytest.mark.parametrize(("path", "body"), WRITES)
def test_the_right_person_by_token_and_by_session(
    scene: Scene, request: pytest.FixtureRequest, way: str, path: str, body: dict[str, Any]
) -> None:
    api: Api = request.getfixturevalue(way)("east")
    told = dict(body)
    if path == "mediation/cases":
        told["values"] = {**body["values"], "organisation": scene.id("organisation")}
        told["parties"] = [{"role": "applicant", "name": "甲"}, {"role": "respondent", "name": "乙"}]
    response = api.post(at(scene, path), told)
    assert response.status_code == (201 if path == "mediation/cases" else 200), response.content.decode()


@pytest.mark.parametrize("path", READS)
def test_the_right_person_reads(scene: Scene, by_session: Callable[[str], Api], path: str) -> None:
    assert by_session("east").get(at(scene, path)).status_code == 200


@pytest.mark.parametrize("path", READS)
def test_administrators_reach_no_business(scene: Scene, by_token: Callable[..., Api], path: str) -> None:
    response = by_token("auditor").get(at(scene, path))
    if path in ("registers", "openapi.json"):
        assert content(response).get("registers", []) == []
    else:
        assert response.status_code in (403, 404)


def test_a_record_stands_in_its_register_only(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("east")
    assert api.get(f"mediation/commercial/{scene.id('open')}").status_code == 404
    assert api.get(f"mediation/oral/{scene.id('open')}").status_code == 404, "not an oral agreement"
    assert api.get(f"nowhere/cases/{scene.id('open')}").status_code == 404
    assert api.post(f"mediation/cases/{scene.id('open')}/dance", {}).status_code == 404


def test_a_browser_without_the_csrf_token_writes_nothing(scene: Scene, by_session: Callable[[str], Api]) -> None:
    api = by_session("east")
    api.csrf = ""
    before = hashes(without=set())
    response = api.post(at(scene, "mediation/cases/{open}/void"), {"reason": "错登"})
    assert response.status_code == 403
    assert "CSRF" in faults(response)[0][1]
    scene.world.enter()
    assert hashes(without=set()) == before


def test_a_token_that_reads_does_not_write(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("east", writes=False)
    assert api.get(at(scene, "mediation/cases/{open}")).status_code == 200
    before = hashes(without=ASIDE)
    response = api.post(at(scene, "mediation/cases/{open}/void"), {"reason": "错登"})
    assert (response.status_code, faults(response)) == (403, [("", "这个令牌只能读取，不能写入")])
    scene.world.enter()
    assert hashes(without=ASIDE) == before


@pytest.mark.parametrize("text", ["", "x", "fz", "fz_", "fzzz_x", "fz-1_x", "fz1_x", "fz" + "f" * 40 + "_x", "fz0_x"])
def test_what_is_no_token(scene: Scene, text: str) -> None:
    client = Client()
    assert client.get("/api/registers", headers={"Authorization": f"Bearer {text}"}).status_code == 401


@pytest.mark.parametrize(
    "change",
    [{"revoked_at": "2022-01-01T00:00+08:00"}, {"expires_at": "2022-12-20T10:00+08:00"}],
)
def test_a_token_that_has_ended(scene: Scene, by_token: Callable[..., Api], change: dict[str, Any]) -> None:
    api = by_token("east")
    assert api.get("registers").status_code == 200
    scene.world.enter()
    Token.objects.update(**change)
    assert api.get("registers").status_code == 401


def test_an_account_not_in_use_has_no_tokens(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("east")
    account = scene.world.accounts["east"]
    account.is_active = False
    account.save()
    assert api.get("registers").status_code == 401


def test_only_a_hash_of_a_token_is_kept(scene: Scene, by_session: Callable[[str], Api]) -> None:
    api = by_session("east")
    response = api.post("tokens", {"name": "统计程序", "days": 10})
    made = content(response)
    assert response.status_code == 201
    scene.world.enter()
    token = Token.objects.get(pk=made["id"])
    assert made["token"].encode() not in bytes(token.digest)
    assert len(bytes(token.digest)) == 32
    assert (token.writes, token.name) == (False, "统计程序")
    told = content(api.get("tokens"))["tokens"]
    assert [(each["id"], "token" in each) for each in told] == [(made["id"], False)]
    program = Api(Client(), {"Authorization": f"Bearer {made['token']}"})
    assert program.get("mediation/cases").status_code == 200
    assert program.get("tokens").status_code == 403, "a token manages no tokens"
    assert program.post("tokens", {"name": "x"}).status_code == 403
    assert api.post(f"tokens/{made['id']}/revoke").status_code == 200
    assert program.get("mediation/cases").status_code == 401


def test_nobody_revokes_anothers_token(
    scene: Scene, by_token: Callable[..., Api], by_session: Callable[[str], Api]
) -> None:
    by_token("west")
    scene.world.enter()
    token = Token.objects.get()
    assert by_session("east").post(f"tokens/{token.pk}/revoke").status_code == 404
    scene.world.enter()
    assert Token.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("method", "path"), [("put", "registers"), ("post", "registers"), ("delete", "mediation/cases")]
)
def test_methods_there_are_not(scene: Scene, by_token: Callable[..., Api], method: str, path: str) -> None:
    api = by_token("east")
    response = getattr(api.client, method)(f"/api/{path}", headers=api.headers)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


def test_bodies_that_are_none(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("east")
    for body, status in (("{", 400), ("[]", 400), ('"x"', 400)):
        response = api.client.post("/api/mediation/cases", body, content_type="application/json", headers=api.headers)
        assert response.status_code == status
    assert api.post(at(scene, "mediation/cases/{open}/void"), {"reasn": "错登"}).status_code == 422
    scene.world.enter()
    assert Mediation.objects.get(pk=scene.id("open")).void_reason == ""
