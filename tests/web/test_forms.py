"""Forms: faults at their fields, what was typed kept, one record however often it is sent, both values of a conflict."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.files.models import Attachment
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.casework.papers.models import Issued, Sealing, Service
from fazhi.kernel.casework.parties.models import Party
from fazhi.lines.mediation.models import Appraisal, Mediation, Mediator, Organisation
from fazhi.lines.mediation.workflow import Mediating
from tests.web import scene
from tests.world import AT, World

Enters = Callable[[str], Client]
NEW = "/mediation/cases/new/"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def filled(home: Organisation, **more: Any) -> dict[str, Any]:
    return {
        "on": "2022-12-01", "organisation": home.name, "kind": "neighbour", "weight": "general", "source": "applied",
        "summary": "因楼道堆放杂物发生争执", "once": "token-1",
        "party-applicant-count": "1", "party-applicant-0-name": "甲某", "party-applicant-0-kind": "person",
        "party-respondent-count": "1", "party-respondent-0-name": "乙某", "party-respondent-0-kind": "person",
        "party-agent-count": "0", **more,
    }  # fmt: skip


def faults(page: str) -> dict[str, str]:
    """The summary of a refused form: the field each fault points to, and what it says."""
    return dict(re.findall(r'<li><a href="#([^"]+)">[^<]*</a>：([^<]*)</li>', page))


@pytest.fixture
def home(world: World) -> Organisation:
    made = scene.committee(world)
    scene.mediator(world, made)
    world.enter()
    return made


def test_a_case_is_entered_once_however_often_it_is_sent(world: World, home: Organisation, enters: Enters) -> None:
    client = enters("east")
    first = client.post(NEW, filled(home))
    assert first.status_code == 302, first.content.decode()
    assert client.post(NEW, filled(home))["Location"] == first["Location"]
    assert client.post(NEW, filled(home))["Location"] == first["Location"]
    world.enter()
    case = Mediation.objects.get()
    assert first["Location"] == f"/mediation/cases/{case.id}/"
    assert (case.opened_on, case.organisation_id, case.recorded_by) == (
        date(2022, 12, 1),
        home.id,
        world.accounts["east"].id,
    )
    assert list(Party.objects.order_by("id").values_list("role", "name")) == [
        ("applicant", "甲某"),
        ("respondent", "乙某"),
    ]
    assert "已登记。" in client.get(first["Location"]).content.decode()
    assert client.post(NEW, filled(home, once="token-2"))["Location"] != first["Location"]


def test_the_next_one_is_entered_right_away(world: World, home: Organisation, enters: Enters) -> None:
    client = enters("east")
    answer = client.post(NEW, filled(home, again="1"))
    assert answer["Location"] == NEW
    assert "查看刚登记的" in client.get(NEW).content.decode()


def test_every_fault_is_at_its_field_and_nothing_typed_is_lost(
    world: World, home: Organisation, enters: Enters
) -> None:
    client = enters("east")
    answer = client.post(
        NEW,
        filled(
            home, organisation="没有这个委员会", kind="", persons="三人", on="2023-05-01", summary="写了很多字",
            **{"party-applicant-0-name": "", "party-respondent-0-identity": "123"},
        ),
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    told = faults(page)
    assert set(told) >= {
        "i-on",
        "i-organisation",
        "i-kind",
        "i-persons",
        "i-party-applicant-0-name",
        "i-party-respondent-0-identity",
    }
    assert "应为整数" in told["i-persons"] or "应为数字" in told["i-persons"]
    assert "身份证号码不正确" in told["i-party-respondent-0-identity"]
    for value in ("写了很多字", "没有这个委员会", "三人", "乙某", "123", "token-1"):
        assert value in page, value
    for field in told:
        assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', page) or f'id="{field}"' in page
    world.enter()
    assert Matter.objects.filter(record="mediation.mediation").count() == 0
    answer = client.post(NEW, filled(home))
    assert answer.status_code == 302, "the same form goes through once it is mended"


def test_more_parties_are_asked_for_without_losing_what_was_typed(
    world: World, home: Organisation, enters: Enters
) -> None:
    client = enters("east")
    answer = client.post(NEW, filled(home, more="respondent"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="party-respondent-1-name"' in page
    assert "乙某" in page
    more = {"party-respondent-count": "2", "party-respondent-1-name": "丙某", "party-respondent-1-kind": "person"}
    assert client.post(NEW, filled(home, **more)).status_code == 302
    world.enter()
    assert Party.objects.filter(role="respondent").count() == 2


def test_a_finished_case_is_entered_with_its_days(world: World, home: Organisation, enters: Enters) -> None:
    client = enters("east")
    values = filled(
        home, mediator="丁一", number="旧〔2022〕7", accepted_on="2022-12-02", outcome="succeeded", concluded_on="2022-12-05",
        agreement_form="written", amount="1.2万",
    )  # fmt: skip
    answer = client.post(f"{NEW}?mode=history", values)
    assert answer.status_code == 302, answer.content.decode()
    world.enter()
    case = Mediation.objects.get()
    assert (case.number, case.state, case.historical, case.amount) == ("旧〔2022〕7", "succeeded", True, 1_200_000)


def test_an_oral_agreement_is_one_form(world: World, home: Organisation, enters: Enters) -> None:
    client = enters("east")
    values = filled(
        home, mediator="丁一", accepted_on="2022-12-01", concluded_on="2022-12-01", agreement="当场清走杂物"
    )
    answer = client.post("/mediation/oral/new/", values)
    assert answer.status_code == 302, answer.content.decode()
    world.enter()
    assert Mediation.objects.get().agreement_form == "oral"
    assert answer["Location"].startswith("/mediation/oral/")
    assert client.get(answer["Location"]).status_code == 200


def test_a_dated_entry_is_entered(world: World, home: Organisation, enters: Enters) -> None:
    answer = enters("east").post(
        "/mediation/appraisals/new/",
        {"on": "2022-12-10", "mediator": "丁一", "result": "excellent", "reward": "500", "once": "x"},
    )
    assert answer.status_code == 302, answer.content.decode()
    world.enter()
    assert Appraisal.objects.get().reward == 50_000


def test_names_that_occur_twice_are_told_apart(world: World, home: Organisation, enters: Enters) -> None:
    second = scene.mediator(world, home)
    client = enters("east")
    offered = client.get("/lookup/mediation/mediation/mediator/?q=丁").json()
    assert len(offered) == 2
    assert {"label": f"丁一［{second.id}］"} in offered
    assert client.post(NEW, filled(home, mediator="丁一")).status_code == 422
    assert client.post(NEW, filled(home, mediator=f"丁一［{second.id}］")).status_code == 302
    world.enter()
    assert Mediation.objects.get().mediator_id == second.id
    assert enters("west").get("/lookup/mediation/mediation/mediator/?q=丁").json() == []
    assert enters("west").get("/lookup/mediation/mediation/summary/?q=丁").status_code == 404


def test_somebody_who_may_not_enter_is_told_who_may(world: World, home: Organisation, enters: Enters) -> None:
    answer = enters("leader").post(NEW, filled(home))
    assert answer.status_code == 403
    assert "需要的角色是：经办人" in answer.content.decode()
    world.enter()
    assert Mediation.objects.count() == 0


# -- acts --------------------------------------------------------------------------------------------------------------


def test_an_act_says_what_will_happen_and_happens(world: World, home: Organisation, enters: Enters) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/act/accept/"
    page = client.get(address).content.decode()
    assert "状态变为“调解中”" in page
    assert "开始计算“调解期限”" in page
    answer = client.post(address, {"on": "2022-12-02", "version": "1", "mediator": "丁一", "note": "电话告知双方"})
    assert answer["Location"] == f"/mediation/cases/{case.id}/"
    page = client.get(f"/mediation/cases/{case.id}/timeline/").content.decode()
    assert "电话告知双方" in page
    assert "已办理：受理。" in page
    answer = client.post(address, {"on": "2022-12-02"})
    assert answer.status_code == 422
    assert "只能在“待受理”时办理" in answer.content.decode()


def test_an_act_sent_in_place_answers_in_place(world: World, home: Organisation, enters: Enters) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/act/decline/"
    refused = client.post(address, {"on": "2022-12-02", "version": "1"}, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert 'id="act-form"' in refused.content.decode()
    assert "请填写“未成原因”" in refused.content.decode()
    done = client.post(
        address, {"on": "2022-12-02", "version": "1", "ended_for": "不属于受理范围"}, headers={"HX-Request": "true"}
    )
    assert (done.status_code, done["HX-Redirect"]) == (204, f"/mediation/cases/{case.id}/")


def test_a_conflict_shows_both_values_and_the_next_sending_is_upon_the_newer(
    world: World, home: Organisation, enters: Enters
) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/correct/"
    procedure.correct(Mediation, case.id, {"summary": "他人改的内容"}, reason="核对", actor=world.actor("head"), at=AT)
    mine = {
        "opened_on": "2022-11-01", "organisation": home.name, "kind": "neighbour", "weight": "general", "source": "applied",
        "summary": "我改的内容", "persons": "3", "reason": "补充情况", "version": "1",
    }  # fmt: skip
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已被他人修改" in page
    assert re.search(r"他人已改为.*他人改的内容", page)
    assert "我改的内容" in page
    world.enter()
    assert Mediation.objects.get().summary == "他人改的内容"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    assert client.post(address, {**mine, "version": version[1]}).status_code == 302
    world.enter()
    assert (Mediation.objects.get().summary, Mediation.objects.get().persons) == ("我改的内容", 3)


def test_a_correction_needs_its_reason_and_shows_in_the_history(
    world: World, home: Organisation, enters: Enters
) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/correct/"
    values = {
        "opened_on": "2022-10-30", "organisation": home.name, "kind": "neighbour", "weight": "general", "source": "applied",
        "summary": case.summary, "version": "1",
    }  # fmt: skip
    answer = client.post(address, values)
    assert "请写明更正原因" in answer.content.decode()
    assert client.post(address, {**values, "reason": "登记日期写错"}).status_code == 302
    page = client.get(f"/mediation/cases/{case.id}/history/").content.decode()
    assert "<del>2022-11-01</del> → <ins>2022-10-30</ins>" in page
    assert "登记日期写错" in page


def test_a_case_is_given_to_somebody_else(world: World, home: Organisation, enters: Enters) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/assign/"
    handler = world.accounts["mediator"]
    answer = client.post(address, {"unit": world.units["east"].id, "handler": handler.name, "version": "1"})
    assert answer.status_code == 302, answer.content.decode()
    world.enter()
    assert Mediation.objects.get().handler_id == handler.id
    answer = client.post(address, {"unit": world.units["west"].id, "handler": "", "version": "2", "reason": "属地管辖"})
    assert answer["Location"] == "/", "it has left the giver's sight"
    assert client.get(f"/mediation/cases/{case.id}/").status_code == 404
    assert enters("west").get(f"/mediation/cases/{case.id}/").status_code == 200


def test_voiding_needs_a_reason_and_cannot_be_repeated(world: World, home: Organisation, enters: Enters) -> None:
    case = scene.case(world, home)
    client = enters("east")
    address = f"/mediation/cases/{case.id}/void/"
    assert client.post(address, {"version": "1", "reason": " "}).status_code == 422
    assert client.post(address, {"version": "1", "reason": "重复登记"}).status_code == 302
    assert client.post(address, {"version": "2", "reason": "再来"}).status_code == 403
    page = client.get(f"/mediation/cases/{case.id}/").content.decode()
    assert "已作废" in page
    assert "重复登记" in page
    assert "data-act " not in page


def test_what_is_encrypted_is_shown_for_a_reason_and_noted(world: World, home: Organisation, enters: Enters) -> None:
    case = scene.case(world, home)
    party = Party.objects.filter(matter_id=case.id).order_by("id")[0]
    client = enters("leader")
    page = client.get(f"/mediation/cases/{case.id}/").content.decode()
    assert scene.IDENTITY not in page
    assert scene.PHONE not in page
    address = f"/mediation/cases/{case.id}/reveal/party/{party.id}/"
    assert scene.IDENTITY not in client.get(address).content.decode()
    refused = client.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert scene.IDENTITY not in refused.content.decode()
    clear = client.post(address, {"reason": "核对送达地址"})
    assert scene.IDENTITY in clear.content.decode()
    assert clear["Cache-Control"] == "private, no-store"
    world.enter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.image::text, e.actor FROM audit_entry e JOIN audit_payload p USING (id) WHERE e.row_id = %s AND e.op = 'N'",
            [case.id],
        )
        ((note, actor),) = cursor.fetchall()
    assert "核对送达地址" in note
    assert scene.IDENTITY not in note
    assert actor == world.accounts["leader"].id
    assert "核对送达地址" in client.get(f"/mediation/cases/{case.id}/history/").content.decode()
    mediator = Mediator.objects.get()
    answer = enters("east").post(f"/mediation/mediators/{mediator.id}/reveal/phone/", {"reason": "联系排班"})
    assert scene.PHONE in answer.content.decode()
    assert enters("east").get(f"/mediation/mediators/{mediator.id}/reveal/name/").status_code == 404


# -- papers and files --------------------------------------------------------------------------------------------------


def settled(world: World, home: Organisation) -> Mediation:
    case = scene.accepted(world, scene.case(world, home))
    helper = Mediator.objects.get()
    return procedure.act(
        Mediation, case.id, Mediating.succeed, {"mediator": helper, "agreement_form": "written", "agreement": "当日清走"},
        actor=world.actor("east"), at=AT, on=date(2022, 12, 10),
    )  # fmt: skip


def test_papers_are_downloaded_sealed_served_and_revoked(world: World, home: Organisation, enters: Enters) -> None:
    case = settled(world, home)
    world.enter()
    issued = Issued.objects.filter(matter_id=case.id)[0]
    client = enters("east")
    base = f"/mediation/cases/{case.id}/papers/"
    assert issued.title in client.get(base).content.decode()
    pdf, word = client.get(f"{base}{issued.id}.pdf"), client.get(f"{base}{issued.id}.docx")
    assert pdf.content.startswith(b"%PDF")
    assert word.content.startswith(b"PK")
    assert client.get(f"{base}{issued.id}.exe").status_code == 404
    assert enters("west").get(f"{base}{issued.id}.pdf").status_code == 404
    assert client.post(f"{base}{issued.id}/seal/", {"owner": "", "copies": "0", "on": "2022-12-11"}).status_code == 422
    assert (
        client.post(f"{base}{issued.id}/seal/", {"owner": "东桥调委会", "copies": "3", "on": "2022-12-11"}).status_code
        == 302
    )
    served = {"recipient": "乙某", "way": "direct", "posted_on": "2022-12-12", "evidence": "送达回证"}
    assert client.post(f"{base}{issued.id}/serve/", served).status_code == 302
    world.enter()
    assert (Sealing.objects.get().copies, Service.objects.get().received_on) == (3, None)
    received = {"service": Service.objects.get().id, "received_on": "2022-12-13"}
    assert client.post(f"{base}{issued.id}/received/", received).status_code == 302
    page = client.get(base).content.decode()
    assert "2022-12-13 签收" in page
    assert client.post(f"{base}{issued.id}/revoke/", {"reason": ""}).status_code == 422
    assert client.post(f"{base}{issued.id}/revoke/", {"reason": "笔误"}).status_code == 302
    assert "已撤回" in client.get(base).content.decode()
    assert client.post(f"{base}{issued.id}/serve/", served).status_code == 422


def test_files_are_told_by_content_and_taken_out_with_a_reason(
    world: World, home: Organisation, enters: Enters, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = scene.case(world, home)
    client = enters("east")
    base = f"/mediation/cases/{case.id}/files/"
    sent = {"file": [SimpleUploadedFile("照片.png", PNG), SimpleUploadedFile("木马.pdf", b"MZ\x00\x00")]}
    page = client.post(f"{base}add/", sent, follow=True).content.decode()
    assert "已添加 1 份材料" in page
    assert "木马.pdf" in page
    world.enter()
    piece = Attachment.objects.get()
    shown = client.get(f"{base}{piece.id}/")
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    assert enters("west").get(f"{base}{piece.id}/").status_code == 404
    assert client.post(f"{base}{piece.id}/remove/", {"reason": ""}).status_code == 422
    assert client.post(f"{base}{piece.id}/remove/", {"reason": "放错案卷"}).status_code == 302
    assert client.get(f"{base}{piece.id}/").status_code == 404
    assert "放错案卷" in client.get(base).content.decode()
    assert Step.objects.filter(matter_id=case.id, act="file.remove").exists()


def test_a_correction_outside_a_procedure_keeps_its_reason_too(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    procedure.correct(
        Organisation,
        home.id,
        {"name": "东桥街道人民调解委员会"},
        reason="与设立文件一致",
        actor=world.actor("east"),
        at=AT,
    )
    page = enters("east").get(f"/mediation/organisations/{home.id}/history/").content.decode()
    assert "与设立文件一致" in page
    # One change with its reason, not a change and a remark about it.
    assert page.count("与设立文件一致") == 1
    assert page.count("<del>") == 1
