"""Every address, for a stranger, for the wrong unit, for an administrator, and for whom it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import URLPattern

from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.casework.parties.models import Party
from fazhi.lines.mediation.models import Mediation
from fazhi.web import urls
from tests.web import scene
from tests.world import World

Enters = Callable[[str], Client]

OPEN = {"enter", "leave", "language", "first-run"}
SETTINGS = {
    "system": {"units", "unit-new", "unit", "years", "year", "rules", "rule"},
    "security": {"accounts", "account-new", "account", "account-change", "grant-withdraw", "matrix"},
    "auditor": {"audit", "chain"},
}
ONLY_POST = {"views", "file-add", "account-change", "grant-withdraw"}
# Reached otherwise, and tested where what they need is made.
ELSEWHERE = {
    "approval", "paper", "paper-after", "file", "file-remove",
    "import", "import-sample", "import-step", "import-rows", "export", "export-step", "export-file",
}  # fmt: skip


def arguments(world: World, case: Mediation) -> dict[str, object]:
    return {
        "line": "mediation", "register": "cases", "record_id": case.id, "tab": "history", "key": "succeed",
        "run_id": Run.objects.get(matter_id=case.id).id, "party_id": Party.objects.filter(matter_id=case.id)[0].id,
        "field": "phone", "record": "mediation", "column": "organisation", "unit_id": world.units["east"].id,
        "number": 2022, "version": "mediation.confirm.apply", "account_id": world.accounts["clerk"].id, "verb": "unlock",
        "grant_id": 1, "request_id": 1, "paper_id": 1, "file_id": 1, "kind": "pdf",
        "import_id": 1, "export_id": 1,
    }  # fmt: skip


def addresses(world: World, case: Mediation) -> Iterator[tuple[str, str]]:
    """The name and a sample address of every pattern."""
    known = arguments(world, case)
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        address = "/" + str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            for kind in ("slug", "int", "str"):
                address = address.replace(f"<{kind}:{name}>", str(known[name]))
            assert converter
        yield str(pattern.name), address


@pytest.fixture
def case(world: World) -> Mediation:
    home = scene.committee(world)
    scene.mediator(world, home)
    made = scene.accepted(world, scene.case(world, home))
    world.enter()
    return made


def of_business(name: str) -> bool:
    return name not in OPEN | ELSEWHERE and not any(name in mine for mine in SETTINGS.values())


def test_every_address_is_shut_to_strangers(world: World, case: Mediation, client: Client) -> None:
    seen = 0
    for name, address in addresses(world, case):
        if name in OPEN:
            continue
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer["Location"][:7]) == (302, "/enter/"), name
        seen += 1
    assert seen > 30
    world.enter()
    assert Matter.objects.get(pk=case.id).version == case.version


def test_a_record_of_another_unit_does_not_exist(world: World, case: Mediation, enters: Enters) -> None:
    client = enters("west")
    for name, address in addresses(world, case):
        if not of_business(name) or str(case.id) not in address:
            continue
        for answer in (client.get(address), client.post(address, {"reason": "想看看", "on": "2022-12-20"})):
            assert answer.status_code in (404, 405), (name, answer.status_code)
    world.enter()
    assert Step.objects.filter(matter_id=case.id).count() == 2
    assert Matter.objects.get(pk=case.id).version == case.version


@pytest.mark.parametrize("who", ["system", "security", "auditor"])
def test_an_administrator_sees_no_business_and_only_the_own_settings(
    world: World, case: Mediation, enters: Enters, who: str
) -> None:
    client = enters(who)
    general = {"workbench", "inbox", "due", "search", "password", "settings", "absence"}
    for name, address in addresses(world, case):
        if name in OPEN | ELSEWHERE | general | ONLY_POST:
            continue
        answer = client.get(address)
        expected = 200 if name in SETTINGS[who] else 404
        assert answer.status_code == expected, (name, answer.status_code)
        assert "堆放杂物" not in answer.content.decode(), name
    assert client.get("/")["Location"] == "/settings/"
    for address in ("/inbox/", "/due/", "/search/?q=楼道", f"/search/?q={case.number}"):
        assert "堆放杂物" not in client.get(address, follow=True).content.decode(), address


def test_whose_it_is_sees_it(world: World, case: Mediation, enters: Enters) -> None:
    for who in ("east", "leader", "head"):
        client = enters(who)
        assert client.get(f"/mediation/cases/{case.id}/").status_code == 200
    client = enters("east")
    for name, address in addresses(world, case):
        if of_business(name) and name not in ONLY_POST | {"reveal", "settings"}:
            assert client.get(address).status_code == 200, name


def test_settings_do_not_exist_for_business(world: World, case: Mediation, enters: Enters) -> None:
    client = enters("leader")
    assert client.get("/settings/").status_code == 404
    for name, address in addresses(world, case):
        if any(name in mine for mine in SETTINGS.values()):
            answer = client.post(address) if name in ONLY_POST else client.get(address)
            assert answer.status_code == 404, name


def test_security_headers(world: World, enters: Enters, client: Client) -> None:
    for answer in (client.get("/enter/"), enters("east").get("/")):
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'self'" in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]


def test_what_a_colleague_may_not_do_is_said_and_not_done(world: World, case: Mediation, enters: Enters) -> None:
    client = enters("leader")
    page = client.get(f"/mediation/cases/{case.id}/").content.decode()
    assert "“达成协议”由经办人、承办人、科室负责人、联络员、调解员办理" in page
    answer = client.get(f"/mediation/cases/{case.id}/act/succeed/")
    assert answer.status_code == 403
    assert "由经办人、承办人" in answer.content.decode()
    answer = client.post(f"/mediation/cases/{case.id}/act/fail/", {"on": "2022-12-20", "ended_for": "分歧"})
    assert answer.status_code == 422
    world.enter()
    assert Matter.objects.get(pk=case.id).state == "mediating"


def test_the_database_down_is_said(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", refuse)
        answer = client.get("/enter/")
    assert answer.status_code == 503
    assert "数据库没有应答" in answer.content.decode()
