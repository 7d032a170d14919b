"""The door: who comes in, who does not, and what the audit is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from fazhi.kernel.ground.access.models import Account
from fazhi.web import seats
from tests.world import AT, PASSWORD, World

Enters = Callable[[str], Client]


def attempt(client: Client, password: str, login: str = "clerk", **more: str) -> int:
    return client.post("/enter/", {"login": login, "password": password, **more}).status_code


def notes(world: World, name: str) -> list[str]:
    world.enter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.image->>'outcome' FROM audit_entry e JOIN audit_payload p USING (id)"
            " WHERE e.table_name = 'access_account' AND e.row_id = %s AND e.op = 'N' ORDER BY e.id",
            [world.accounts[name].id],
        )
        return [row[0] for row in cursor.fetchall()]


def test_the_right_password_opens_and_is_noted(world: World, client: Client, now: object) -> None:
    answer = client.post("/enter/", {"login": "clerk", "password": PASSWORD, "next": "/inbox/"})
    assert (answer.status_code, answer["Location"]) == (302, "/inbox/")
    assert notes(world, "clerk") == ["登录成功"]
    assert Account.objects.get(login="clerk").last_login == AT
    assert client.get("/account/password/").status_code == 200


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"]
)
def test_the_door_leads_nowhere_else(world: World, client: Client, now: object, address: str) -> None:
    answer = client.post("/enter/", {"login": "clerk", "password": PASSWORD, "next": address})
    assert answer["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": address})["Location"] == "/"


def test_five_wrong_passwords_lock_and_time_unlocks(
    world: World, client: Client, now: Callable[[datetime], None]
) -> None:
    assert [attempt(client, "wrong") for _ in range(5)] == [422] * 5
    answer = client.post("/enter/", {"login": "clerk", "password": PASSWORD})
    assert answer.status_code == 422
    assert "已锁定至10:15" in answer.content.decode()
    assert attempt(client, PASSWORD, login="leader") == 302, "others are not locked"
    now(AT + timedelta(minutes=16))
    assert attempt(client, PASSWORD) == 302
    assert [note[:6] for note in notes(world, "clerk")].count("登录名或口令") == 4


def test_a_stranger_learns_nothing_about_logins(world: World, client: Client, now: object) -> None:
    known = client.post("/enter/", {"login": "clerk", "password": "wrong"}).content.decode()
    unknown = client.post("/enter/", {"login": "nobody", "password": "wrong"}).content.decode()
    told = "登录名或口令不正确，请核对后重新输入"
    assert told in known
    assert told in unknown


def test_a_disabled_account_stays_out_and_is_put_out(world: World, enters: Enters, client: Client) -> None:
    inside = enters("clerk")
    assert inside.get("/account/password/").status_code == 200
    Account.objects.filter(login="clerk").update(is_active=False)
    assert attempt(client, PASSWORD) == 422
    seats.forget()
    assert inside.get("/account/password/")["Location"].startswith("/enter/")


def test_sessions_end_after_twelve_hours(world: World, client: Client, now: Callable[[datetime], None]) -> None:
    attempt(client, PASSWORD)
    now(AT + timedelta(hours=11))
    seats.forget()
    assert client.get("/account/password/").status_code == 200
    now(AT + timedelta(hours=13))
    seats.forget()
    assert client.get("/account/password/").status_code == 302


def test_a_temporary_password_must_be_changed_first(world: World, enters: Enters) -> None:
    Account.objects.filter(login="clerk").update(password_temporary=True)
    client = enters("clerk")
    assert client.get("/search/?q=x")["Location"] == "/account/password/"
    answer = client.post("/account/password/", {"old": PASSWORD, "new": "12345678", "again": "12345678"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "密码" in page
    assert (
        client.post(
            "/account/password/", {"old": "wrong", "new": "春江潮水连海平 77", "again": "春江潮水连海平 77"}
        ).status_code
        == 422
    )
    assert Account.objects.get(login="clerk").check_password(PASSWORD)
    answer = client.post(
        "/account/password/", {"old": PASSWORD, "new": "春江潮水连海平 77", "again": "春江潮水连海平 77"}
    )
    assert answer.status_code == 302
    assert client.get("/account/password/").status_code == 200, "this session goes on"
    assert Account.objects.get(login="clerk").password_temporary is False
    assert notes(world, "clerk") == ["本人修改口令"]


def test_leaving_ends_the_session(world: World, enters: Enters) -> None:
    client = enters("clerk")
    assert client.post("/leave/")["Location"] == "/enter/"
    assert client.get("/account/password/").status_code == 302
    assert notes(world, "clerk") == ["退出"]


def test_a_form_without_its_token_does_nothing(world: World, now: object) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/enter/", {"login": "clerk", "password": PASSWORD})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
    assert notes(world, "clerk") == []
