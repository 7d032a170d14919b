"""What tests of the API share: the district with some cases, people by session and by token."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from fazhi.api import tokens
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.ground.core.session import session
from fazhi.lines.mediation.models import Appraisal, Mediation, Mediator, Organisation
from fazhi.lines.mediation.workflow import Mediating
from fazhi.web import clock, homes, seats
from tests.kernel.exchange import ledger
from tests.world import AT, World, world

__all__ = ["world"]


@dataclass(slots=True)
class Scene:
    """The district with cases of the east street: one open, one settled, one void, one of the west street."""

    world: World
    records: dict[str, Any] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """This record's id."""
        return int(self.records[name].id)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    homes.forget()
    seats.forget()
    tokens.forget()
    monkeypatch.setattr(clock, "instant", lambda: AT)
    yield
    homes.forget()
    seats.forget()


def _case(world: World, street: str, organisation: Organisation, **more: Any) -> Mediation:
    return procedure.open(
        Mediation,
        {"organisation": organisation, "kind": "neighbour", "summary": "因楼道堆放杂物发生争执", **more},
        actor=world.actor(street), at=AT, unit=world.units[street], on=date(2022, 3, 1),
        parties=[
            PartyFacts("applicant", "甲某", identity="110101199003074514", phone="13800001234"),
            PartyFacts("respondent", "乙某"),
        ],
    )  # fmt: skip


@pytest.fixture
def scene(world: World) -> Scene:
    """The district with its records, committed to the test's transaction."""
    made = Scene(world)
    organisation, mediator = ledger.committee(world)
    east = world.actor("east")
    opened, settled, gone = (_case(world, "east", organisation, summary=text) for text in ("未受理", "已成功", "重复"))
    procedure.act(Mediation, settled.id, Mediating.accept, actor=east, at=AT, on=date(2022, 3, 2))
    procedure.act(
        Mediation, settled.id, Mediating.succeed,
        {"mediator": mediator, "agreement_form": "written", "amount": 1_234_50}, actor=east, at=AT, on=date(2022, 3, 9),
    )  # fmt: skip
    procedure.void(Mediation, gone.id, reason="重复登记", actor=east, at=AT)
    appraisal = procedure.open(
        Appraisal, {"mediator": mediator, "result": "excellent", "reward": 50_000}, actor=east, at=AT,
        unit=world.units["east"], on=date(2022, 6, 1),
    )  # fmt: skip
    west, _ = ledger.committee(world, "west")
    made.records = {
        "open": opened, "settled": settled, "void": gone, "west": _case(world, "west", west), "organisation": organisation,
        "mediator": Mediator.objects.get(pk=mediator.pk), "appraisal": appraisal,
    }  # fmt: skip
    world.enter()
    return made


class Api:
    """A program, or a browser, that asks the API."""

    def __init__(self, client: Client, headers: dict[str, str], csrf: str = "") -> None:
        self.client, self.headers, self.csrf = client, headers, csrf

    def get(self, path: str, **parameters: str) -> HttpResponse:
        """GET, with parameters behind the question mark."""
        return self.client.get(f"/api/{path}", parameters, headers=self.headers)  # type: ignore[return-value]

    def post(self, path: str, body: Any = None) -> HttpResponse:
        """POST of an object as JSON."""
        headers = {**self.headers, **({"X-CSRFToken": self.csrf} if self.csrf else {})}
        return self.client.post(  # type: ignore[return-value]
            f"/api/{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )


def content(response: HttpResponse) -> Any:
    """What an answer holds."""
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(response.content)


def faults(response: HttpResponse) -> list[tuple[str, str]]:
    """What an answer says is wrong."""
    return [(fault["field"], fault["reason"]) for fault in content(response)["faults"]]


@pytest.fixture
def by_token(world: World) -> Callable[..., Api]:
    """Somebody's program, with a token that writes unless told otherwise."""

    def made(name: str, *, writes: bool = True) -> Api:
        with session(jurisdictions=[world.jurisdiction.id], act="test", at=AT):
            _, text = tokens.issue(world.accounts[name], "测试", at=AT, lasts=timedelta(30), writes=writes)
        return Api(Client(), {"Authorization": f"Bearer {text}"})

    return made


@pytest.fixture
def by_session(world: World) -> Callable[[str], Api]:
    """Somebody's browser, signed in, that sends the CSRF token."""

    def made(name: str) -> Api:
        client = Client(enforce_csrf_checks=True)
        client.force_login(world.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["fazhi_csrf"] = "a" * 32
        return Api(client, {}, "a" * 32)

    return made


@pytest.fixture
def stranger() -> Api:
    """Somebody who is nobody here."""
    return Api(Client(enforce_csrf_checks=True), {})
