"""Importing and exporting on screen: each step asked and answered, for whoever may, and for nobody else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from openpyxl import load_workbook

from fazhi.kernel.casework import procedure
from fazhi.kernel.records.exchange import exports, working
from fazhi.kernel.records.exchange.models import Export, Import, ImportState
from fazhi.lines.mediation.models import Mediation
from fazhi.web.views import exporting
from tests.kernel.exchange import ledger
from tests.kernel.exchange.ledger import column
from tests.kernel.exchange.steps import hashes
from tests.web.conftest import world as world  # noqa: PLC0414 — a fixture by this name
from tests.world import AT, World

Enters = Callable[[str], Client]
BASE = "/mediation/cases/import/"


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def committees(world: World) -> World:
    ledger.committee(world)
    ledger.committee(world, "west")
    world.enter()
    return world


def spoiled(count: int = 20) -> bytes:
    """A ledger with two rows at fault, in two columns."""
    body = ledger.rows(count)
    body[1][column("纠纷类型")] = "龙虎争斗"
    body[2][column("办结时间")] = "待定"
    return ledger.workbook(body)


def upload(client: Client, content: bytes, **typed: str) -> str:
    """Uploads a ledger and follows to its page, whose address it gives."""
    file = SimpleUploadedFile("台账.xlsx", content)
    response = client.post(BASE, {"file": file, "history": "1", **typed})
    assert response.status_code == 302, response.content.decode()[-3000:]
    return str(response["Location"])


def mapped(client: Client, address: str) -> dict[str, str]:
    """What the page of columns would send, as it stands."""
    import re  # noqa: PLC0415

    page = client.get(address).content.decode()
    found = {}
    for name, inside in re.findall(r'<select[^>]* name="(c\d+)">(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def work(world: World, address: str) -> Import:
    """Does what the worker would do."""
    number = int(address.rstrip("/").rpartition("/")[2])
    done = working.work(world.jurisdiction.id, number)
    world.enter()
    return done


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'exchange.import'")
        return int(cursor.fetchone()[0])


def checked(client: Client, world: World, content: bytes) -> str:
    """A ledger uploaded, mapped as guessed and checked; its address."""
    address = upload(client, content)
    client.post(address, {"do": "map", **mapped(client, address)})
    assert work(world, address).state == ImportState.CHECKED
    return address


def test_from_upload_to_undo(committees: World, enters: Enters) -> None:
    client = enters("east")
    page = client.get(BASE).content.decode()
    assert "把表格拖到这里" in page
    assert "以往的导入" not in page
    address = upload(client, spoiled())
    page = client.get(address).content.decode()
    assert "工作表“台账”，表头第3行" in page
    assert "紧跟“申请人”" in page
    assert "东人调〔2022〕旧1号" in page
    before = hashes()
    assert client.post(address, {"do": "map", **mapped(client, address)}).status_code == 302
    assert jobs() == 1
    page = client.get(address).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "正在等待后台任务" in page
    work(committees, address)
    page = client.get(address).content.decode()
    assert "every 1s" not in page
    for said in ("有误 2 处", "龙虎争斗", "不在选项中", "待定", "只写入无误的 18 条"):
        assert said in page
    assert hashes() == before
    narrowed = client.get(address, {"column": "办结时间"}).content.decode()
    assert "待定" in narrowed
    assert "龙虎争斗" not in narrowed
    refused = client.get(f"{address}rows.xlsx")
    assert unquote(refused["Content-Disposition"]).endswith("有误的行-台账.xlsx")
    sheet: Any = load_workbook(io.BytesIO(refused.content)).active
    assert sheet.max_row == 3

    assert client.post(address, {"do": "write", "rows": "all"}).status_code == 422
    committees.enter()
    assert Mediation.objects.count() == 0
    assert client.post(address, {"do": "write", "rows": "good"}).status_code == 302
    work(committees, address)
    page = client.get(address).content.decode()
    assert "已写入 18 条记录" in page
    assert Mediation.objects.count() == 18
    page = client.get(BASE).content.decode()
    assert "以往的导入" in page
    assert "已导入" in page

    assert "请写明撤销原因" in client.post(address, {"do": "undo", "reason": " "}).content.decode()
    assert client.post(address, {"do": "undo", "reason": "导错了"}).status_code == 302
    work(committees, address)
    assert "这次导入的记录都已作废，原因：导错了" in client.get(address).content.decode()
    assert Mediation.objects.filter(phase="void").count() == 18


def test_what_was_changed_since_is_named(committees: World, enters: Enters) -> None:
    client = enters("east")
    address = checked(client, committees, ledger.workbook(ledger.rows(3)))
    client.post(address, {"do": "write", "rows": "all"})
    work(committees, address)
    case = Mediation.objects.order_by("id").first()
    assert case is not None
    procedure.correct(Mediation, case.id, {"persons": 9}, reason="漏填", actor=committees.actor("east"), at=AT)
    committees.enter()
    before = hashes(without=set())
    response = client.post(address, {"do": "undo", "reason": "导错了"})
    assert response.status_code == 422
    assert f"第4行（{case.number}）" in response.content.decode()
    committees.enter()
    assert hashes(without=set()) == before


def test_the_head_is_where_the_person_says(committees: World, enters: Enters) -> None:
    client = enters("east")
    address = upload(client, ledger.workbook(ledger.rows(3)))
    assert client.post(address, {"do": "point", "first": "4"}).status_code == 302
    committees.enter()
    assert Import.objects.get().head_first == 4
    for wrong in ("", "0", "99"):
        assert client.post(address, {"do": "point", "first": wrong}).status_code == 422
    assert client.post(address, {"do": "point", "first": "3"}).status_code == 302
    committees.enter()
    assert Import.objects.get().mapping["7"] == "summary"


def test_two_columns_of_one_target_are_refused(committees: World, enters: Enters) -> None:
    client = enters("east")
    address = upload(client, ledger.workbook(ledger.rows(3)))
    response = client.post(address, {"do": "map", "c1": "number", "c2": "number"})
    assert response.status_code == 422
    assert "有两列都对应到“编号”" in response.content.decode()
    assert jobs() == 0


def test_a_file_that_cannot_be_read_is_said_at_once(committees: World, enters: Enters) -> None:
    client = enters("east")
    response = client.post(BASE, {"file": SimpleUploadedFile("照片.png", b"\x89PNG\r\n\x1a\n\x00"), "history": "1"})
    assert response.status_code == 422
    assert "应为 Excel" in response.content.decode()
    assert client.post(BASE, {}).status_code == 422
    committees.enter()
    assert Import.objects.count() == 0


def test_the_empty_sheet(committees: World, enters: Enters) -> None:
    response = enters("east").get(f"{BASE}sample.xlsx")
    sheet: Any = load_workbook(io.BytesIO(response.content)).active
    headings = [cell.value for cell in sheet[1]]
    assert headings[:2] == ["调解组织", "纠纷类型"]
    assert "办结日期" in headings


@pytest.mark.parametrize("who", ["west", "auditor", "leader"])
def test_for_nobody_else(committees: World, enters: Enters, who: str) -> None:
    address = checked(enters("east"), committees, spoiled())
    client = enters(who)
    before = hashes(without=set())
    expected = 403 if who == "leader" else 404
    for path in (address, f"{address}rows.xlsx"):
        assert client.get(path).status_code in (404, 200 if who == "leader" and path == address else 404)
    for do in ("write", "undo", "map", "check", "stop"):
        response = client.post(address, {"do": do, "rows": "good", "reason": "x", "c1": "number"})
        assert response.status_code in (expected, 422 if who == "leader" else expected), do
    committees.enter()
    assert hashes(without=set()) == before


def test_whoever_may_not_enter_may_not_import(committees: World, enters: Enters) -> None:
    assert enters("leader").get(BASE).status_code == 403
    assert 'href="/mediation/cases/import/"' not in enters("leader").get("/mediation/cases/").content.decode()
    assert 'href="/mediation/cases/import/"' in enters("east").get("/mediation/cases/").content.decode()
    assert Client().get(BASE).status_code == 302


def test_an_import_is_no_page_of_another_register(committees: World, enters: Enters) -> None:
    client = enters("east")
    address = upload(client, ledger.workbook(ledger.rows(3)))
    assert client.get(address.replace("/cases/", "/commercial/")).status_code == 404


def test_an_exported_list_comes_back_as_corrections(committees: World, enters: Enters) -> None:
    client = enters("east")
    address = checked(client, committees, ledger.workbook(ledger.rows(10)))
    client.post(address, {"do": "write", "rows": "all"})
    work(committees, address)
    page = client.get("/mediation/cases/export/?column=number&column=persons&kind=neighbour").content.decode()
    assert "编号、涉及人数" in page
    response = client.post("/mediation/cases/export/?column=number&column=persons&kind=neighbour", {"format": "xlsx"})
    assert unquote(response["Content-Disposition"]).endswith("人民调解案件-20221220.xlsx")
    book = load_workbook(io.BytesIO(response.content))
    sheet: Any = book.active
    assert sheet.max_row == 1 + Mediation.objects.filter(kind="neighbour").count()
    sheet["B2"] = 88
    stream = io.BytesIO()
    book.save(stream)
    address = checked(client, committees, stream.getvalue())
    page = client.get(address).content.decode()
    assert "将作的更正" in page
    assert "更正原因" in page
    assert "请写明更正原因" in client.post(address, {"do": "write", "rows": "all"}).content.decode()
    client.post(address, {"do": "write", "rows": "all", "reason": "核对卷宗"})
    work(committees, address)
    assert Mediation.objects.filter(persons=88).count() == 1


def test_a_long_list_is_exported_in_the_background(
    committees: World, enters: Enters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 0)
    client = enters("east")
    address = checked(client, committees, ledger.workbook(ledger.rows(3)))
    client.post(address, {"do": "write", "rows": "all"})
    work(committees, address)
    assert "将在后台生成" in client.get("/mediation/cases/export/").content.decode()
    response = client.post("/mediation/cases/export/", {"format": "csv"})
    href = response["Location"]
    assert "every 1s" in client.get(href).content.decode()
    assert client.get(f"{href}file/").status_code == 404
    committees.enter()
    exports.run(committees.jurisdiction.id, Export.objects.get().pk)
    committees.enter()
    assert "共 3 条" in client.get(href).content.decode()
    assert client.get(f"{href}file/").content.startswith("\ufeff编号".encode())
    for who in ("head", "west"):
        assert enters(who).get(href).status_code == 404
        assert enters(who).get(f"{href}file/").status_code == 404
    assert client.get(href.replace("/cases/", "/commercial/")).status_code == 404
