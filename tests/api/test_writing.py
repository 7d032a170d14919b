"""Writing by the procedure: what a program may do is what a person may do, and it is answered with the record as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.lines.mediation.models import Mediation
from tests.api.conftest import Api, Scene, content, faults
from tests.api.test_answers import fits
from tests.kernel.exchange.steps import hashes
from tests.world import AT

BASE = "/api/mediation/cases"
ONE = f"{BASE}/{{record_id}}"
PARTIES = [
    {"role": "applicant", "name": "甲某", "identity": "110101199003074514"},
    {"role": "respondent", "name": "青江某某物业有限公司", "kind": "organisation"},
]


def test_a_case_is_opened(scene: Scene, by_token: Callable[..., Api]) -> None:
    values = {"organisation": "东桥街道人民调解委员会", "kind": "邻里纠纷", "summary": "噪音", "persons": 3}
    response = by_token("east").post("mediation/cases", {"values": values, "parties": PARTIES, "on": "2022年12月1日"})
    assert response.status_code == 201
    made = fits(response, BASE, "post")
    assert response["Location"] == f"{BASE}/{made['id']}"
    assert made["values"]["number"] == "青江东桥人调〔2022〕4号"
    assert made["values"]["opened_on"] == "2022-12-01"
    assert [party["name"] for party in made["parties"]] == ["甲某", "青江某某物业有限公司"]


def test_a_finished_record(scene: Scene, by_token: Callable[..., Api]) -> None:
    values = {
        "organisation": scene.id("organisation"), "mediator": scene.id("mediator"), "kind": "neighbour", "summary": "x", "number": "旧1号",
        "accepted_on": "2022-02-02", "outcome": "succeeded", "concluded_on": "2022-02-09", "agreement_form": "oral",
        "amount": "1.2万",
    }  # fmt: skip
    body = {"values": values, "parties": PARTIES, "on": "2022-02-01", "history": True}
    made = content(by_token("east").post("mediation/cases", body))
    assert (made["values"]["state"], made["values"]["amount"]) == ("succeeded", "12000.00")
    body["history"] = False
    refused = by_token("east").post("mediation/cases", body)
    assert refused.status_code == 422
    assert {field for field, _ in faults(refused)} >= {"accepted_on", "outcome", "number"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "dragons"}, "kind"),
        ({"kind": None}, "kind"),
        ({"organisation": 999_999_999}, "organisation"),
        ({"organisation": "没有的调委会"}, "organisation"),
        ({"persons": "若干"}, "persons"),
        ({"weather": "晴"}, "weather"),
        ({"state": "succeeded"}, "state"),
        ({"summary": {"a": 1}}, "summary"),
    ],
)
def test_what_is_refused_leaves_nothing(
    scene: Scene, by_token: Callable[..., Api], change: dict[str, Any], field: str
) -> None:
    values = {"organisation": scene.id("organisation"), "kind": "neighbour", "summary": "x", **change}
    before = hashes(without={"audit_entry", "audit_payload", "api_token"})
    response = by_token("east").post("mediation/cases", {"values": values, "parties": PARTIES})
    assert response.status_code == 422
    fits(response, BASE, "post")
    assert field in {where for where, _ in faults(response)}
    scene.world.enter()
    assert hashes(without={"audit_entry", "audit_payload", "api_token"}) == before


def test_faults_of_parties_and_of_the_whole(scene: Scene, by_token: Callable[..., Api]) -> None:
    values = {"organisation": scene.id("organisation"), "kind": "neighbour", "summary": "x"}
    api = by_token("east")
    response = api.post(
        "mediation/cases", {"values": values, "parties": [{"role": "applicant", "name": "甲", "phone": "1"}]}
    )
    assert set(faults(response)) == {
        ("party.applicant.phone", "联系电话应为11位手机号码，或带区号的座机号码"), ("party.respondent", "请填写“被申请人”"),
    }  # fmt: skip
    for parties in ("甲", [1], [{"role": "applicant", "age": 3}], [{"role": "a", "name": "b", "kind": "ghost"}]):
        assert api.post("mediation/cases", {"values": values, "parties": parties}).status_code == 422


def test_acts_one_after_another(scene: Scene, by_token: Callable[..., Api]) -> None:
    api, case = by_token("east"), scene.id("open")
    version = content(api.get(f"mediation/cases/{case}"))["version"]
    done = fits(
        api.post(f"mediation/cases/{case}/accept", {"on": "2022-03-02", "version": version}), f"{ONE}/accept", "post"
    )
    assert (done["values"]["state"], done["values"]["accepted_on"]) == ("mediating", "2022-03-02")
    body = {
        "on": "2022-03-09",
        "values": {"mediator": scene.id("mediator"), "agreement_form": "书面协议", "amount": 12.5},
    }
    done = content(api.post(f"mediation/cases/{case}/succeed", body))
    assert (done["values"]["state"], done["values"]["amount"]) == ("succeeded", "12.50")
    again = api.post(f"mediation/cases/{case}/succeed", body)
    assert again.status_code == 403
    assert "本案现为“调解成功”" in faults(again)[0][1]
    missing = api.post(f"mediation/cases/{scene.id('settled')}/perform", {"on": "2022-04-01"})
    assert (missing.status_code, faults(missing)) == (422, [("performance", "请填写“履行情况”")])
    early = api.post(f"mediation/cases/{scene.id('settled')}/visit", {"on": "2022-01-01"})
    assert early.status_code == 422
    fits(early, f"{ONE}/visit", "post")


def test_a_record_changed_meanwhile_is_shown_with_both_values(scene: Scene, by_token: Callable[..., Api]) -> None:
    api, case = by_token("east"), scene.id("open")
    version = content(api.get(f"mediation/cases/{case}"))["version"]
    procedure.correct(Mediation, case, {"persons": 7}, reason="x", actor=scene.world.actor("east"), at=AT)
    scene.world.enter()
    before = hashes(without={"audit_entry", "audit_payload", "api_token"})
    response = api.post(
        f"mediation/cases/{case}/correct", {"values": {"persons": 5}, "reason": "漏填", "version": version}
    )
    assert response.status_code == 409
    told = fits(response, f"{ONE}/correct", "post")
    assert (told["yours"], told["theirs"]["persons"]) == ({"persons": 5}, 7)
    scene.world.enter()
    assert hashes(without={"audit_entry", "audit_payload", "api_token"}) == before


def test_correcting_assigning_voiding(scene: Scene, by_token: Callable[..., Api]) -> None:
    api, case = by_token("east"), scene.id("open")
    one = f"mediation/cases/{case}"
    done = fits(api.post(f"{one}/correct", {"values": {"persons": 5}, "reason": "漏填"}), f"{ONE}/correct", "post")
    assert done["values"]["persons"] == 5
    without = api.post(f"{one}/correct", {"values": {"persons": 6}})
    assert (without.status_code, faults(without)) == (422, [("reason", "请写明更正原因")])
    done = fits(api.post(f"{one}/assign", {"handler": "mediator", "reason": "专人"}), f"{ONE}/assign", "post")
    assert done["values"]["handler"]["id"] == scene.world.accounts["mediator"].id
    assert faults(api.post(f"{one}/assign", {"handler": "nobody"})) == [("handler", "没有“nobody”")]
    moved = fits(api.post(f"{one}/assign", {"unit": "west", "reason": "移送"}), f"{ONE}/assign", "post")
    assert moved == {"id": case, "register": "mediation.cases", "gone": True}
    assert api.get(one).status_code == 404
    west = by_token("west")
    done = fits(west.post(f"{one}/void", {"reason": "错登"}), f"{ONE}/void", "post")
    assert (done["void_reason"], done["acts"]) == ("错登", [])
    scene.world.enter()
    assert Matter.objects.get(pk=case).phase == "void"
    assert list(Step.objects.filter(matter_id=case).order_by("id").values_list("act", flat=True)) == [
        "open", "correct", "assign", "assign", "void",
    ]  # fmt: skip


def test_other_record_kinds(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("east")
    values = {"name": "老丁工作室", "organisation": scene.id("organisation"), "valid_from": "2020-01-01"}
    made = content(api.post("mediation/brands", {"values": values}))
    assert made["values"]["name"] == "老丁工作室"
    assert api.post(f"mediation/brands/{made['id']}/assign", {"handler": "east"}).status_code == 422
    secret = api.post(
        f"mediation/mediators/{scene.id('mediator')}/correct", {"values": {"phone": "13911112222"}, "reason": "换号"}
    )
    assert content(secret)["values"]["phone"] == "139****2222"
    wrong = api.post("mediation/brands", {"values": {**values, "valid_to": "2019-01-01"}})
    assert wrong.status_code == 422
