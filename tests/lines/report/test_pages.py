"""The report's screens: the text with its proof, writing in it, beginning one, its files, and what units owe."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.records.measures.models import ReportedFigure
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations import editing
from fazhi.lines.report.queries import text
from tests.kernel.measures.samples import ledger
from tests.lines.report.samples import CASES, begun, empty, given, written
from tests.world import AT, World, world

__all__ = ["world"]

Enters = Callable[[str], Client]
STATEMENTS = 8


def got(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def home(report: Report) -> str:
    return f"/report/reports/{report.id}/"


def test_the_page_shows_text_figures_and_proof(world: World, enters: Enters) -> None:
    ledger(world)
    report = empty(world)
    written(
        report,
        f"受理{CASES}件，出动⟦bureau.awards|plain|2022⟧项次，另有手写的12件和第3次会议。",
        "调解成功率⟦mediation.success_rate|over_percent|2022⟧。",
    )
    page = got(enters("clerk"), home(report))
    assert re.search(r'<a class="fz-v is-agrees" id="t1" href="([^"]+)"[^>]*>5</a>件', page)
    href = unescape(re.findall(r'is-agrees" id="t1" href="([^"]+)"', page)[0])
    assert href == "/mediation/cases/?figure=mediation.cases&period=2022"
    assert 'fz-total">5 条' in got(enters("leader"), href)
    assert re.search(r'class="fz-v is-missing" id="t2"[^>]*>〔未报〕</a>项次', page)
    assert re.search(r'class="fz-v is-(unbound|contradicts)" id="t3"[^>]*>12件</a>', page)
    # 75 leaves nothing over, so that what was once written as 超 is not true any more.
    assert re.search(r'class="fz-v is-contradicts"[^>]*>百分之七十五</a>', page)
    sums = dict(re.findall(r"</span> ([^<]+) <b>(\d+)</b>", page))
    assert (sums["尚缺数据"], sums["与记录一致"]) == ("1", "1")
    proof = page.partition('class="fz-proof"')[2]
    assert proof.index("没有零头") < proof.index("未填报，或填报后尚未采用") < proof.index("2022年人民调解案件数5件")
    assert "报送期限" in page
    assert "剩余" in page


def test_only_writers_are_shown_how_to_write(world: World, enters: Enters) -> None:
    report = empty(world)
    block = written(report)[0]
    assert f"{home(report)}blocks/{block.id}/" in got(enters("clerk"), home(report))
    leader = enters("leader")
    assert f"{home(report)}blocks/" not in got(leader, home(report))
    assert f"{home(report)}act/review/" in got(leader, home(report))
    got(leader, f"{home(report)}blocks/{block.id}/", 403)
    got(enters("east"), home(report), 404)
    got(enters("clerk"), f"{home(report)}blocks/1/", 404)


def test_a_block_is_edited(world: World, enters: Enters) -> None:
    ledger(world)
    report = empty(world)
    block = written(report, f"受理{CASES}件。")[0]
    client, address = enters("clerk"), f"{home(report)}blocks/{block.id}/"
    page = got(client, address)
    assert CASES in page
    assert "<details open><summary>本段已用</summary>" in page
    assert re.search(r'value="⟦mediation.succeeded\|plain\|2022⟧"[^>]*>调解成功件数（2022年） <b>3</b>', page)
    assert "⟦mediation.cases|plain|2021⟧" in page
    done = client.post(address, {"text": "成功⟦mediation.succeeded⟧件。", "version": "1"})
    assert (done.status_code, done["Location"]) == (302, f"{home(report)}#b{block.id}")
    assert "成功" in got(client, home(report))
    refused = client.post(address, {"text": "成功⟦mediation.none⟧件。", "version": "2"})
    assert refused.status_code == 422
    assert "第3字：没有指标“mediation.none”" in refused.content.decode()
    assert "成功⟦mediation.none⟧件。" in refused.content.decode()
    world.enter()
    block.refresh_from_db()
    assert (block.text, block.version) == ("成功⟦mediation.succeeded|plain|2022⟧件。", 2)


def test_two_people_at_one_block(world: World, enters: Enters) -> None:
    report = empty(world)
    block = written(report)[0]
    editing.write(report.id, block.id, "别人写的。", actor=world.actor("head"), at=AT)
    client, address = enters("clerk"), f"{home(report)}blocks/{block.id}/"
    answer = client.post(address, {"text": "我写的。", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别人写的。" in page
    assert "我写的。" in page
    assert 'name="version" value="2"' in page
    assert client.post(address, {"text": "合起来写的。", "version": "2"}).status_code == 302
    world.enter()
    assert Block.objects.get(pk=block.id).text == "合起来写的。"


def test_blocks_are_added_and_taken_out(world: World, enters: Enters) -> None:
    report = empty(world)
    block = written(report)[0]
    client, address = enters("clerk"), f"{home(report)}blocks/{block.id}/"
    assert "二级标题" in got(client, f"{address}after/")
    assert client.post(f"{address}after/", {"text": "新的一节", "level": "2"}).status_code == 302
    world.enter()
    assert [line.number + line.text for line in text.read(report).lines][:2] == ["依法履行职责。", "（一）新的一节"]
    assert client.post(f"{address}remove/", {"version": "1"}).status_code == 302
    world.enter()
    assert text.read(report).lines[0].text == "新的一节"
    assert client.get(f"{address}remove/").status_code == 405


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ 7|add:7 }}{% debug %}", '"><img src=x onerror=1>'])
def test_what_is_written_is_shown_as_written(world: World, enters: Enters, words: str) -> None:
    report = empty(world)
    block = written(report)[0]
    client = enters("clerk")
    assert client.post(f"{home(report)}blocks/{block.id}/", {"text": words, "version": "1"}).status_code == 302
    page = got(client, home(report))
    assert words not in page.replace("{{ 7|add:7 }}{% debug %}", "") or "{{" in words
    assert words in unescape(re.sub(r"<[^>]+>", "", page.partition(f'id="b{block.id}"')[2].partition("</div>")[0]))
    assert "<script>alert" not in page


def test_a_report_begins_and_another_from_it(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("clerk")
    page = got(client, "/report/reports/new/")
    assert "本系统的提纲" in page
    area = world.units["area"].id
    done = client.post("/report/reports/new/", {"year": "2021", "subject": area, "unit": world.units["law"].id})
    assert done.status_code == 302, done.content.decode()
    world.enter()
    first = Report.objects.get()
    assert (first.year, first.unit_id, first.subject_id) == (2021, world.units["law"].id, area)
    assert done["Location"] == home(first)
    again = client.post("/report/reports/new/", {"year": "2021", "subject": area, "unit": world.units["law"].id})
    assert again.status_code == 422
    assert "已有相同的" in again.content.decode()
    done = client.post("/report/reports/new/", {"year": "2022", "subject": area, "base": first.id})
    assert done.status_code == 302
    world.enter()
    second = Report.objects.get(year=2022)
    assert {token.period for token in text.read(second).used()} == {"2022"}
    beside = got(client, f"{home(second)}?last=1&data=1")
    assert 'class="fz-last"' in beside
    assert "+150.0%" in beside.partition('id="beside"')[2]


def test_the_common_form_takes_over_old_reports(world: World, enters: Enters) -> None:
    assert "公开载体" in got(enters("clerk"), "/report/reports/new/?mode=history")
    got(enters("mediator"), "/report/reports/new/", 403)


def test_files(world: World, enters: Enters) -> None:
    ledger(world)
    report = empty(world)
    written(report, f"受理{CASES}件。")
    client = enters("clerk")
    content = {
        name: client.get(f"{home(report)}files/{name}").content
        for name in ("report.docx", "report.pdf", "report.html", "figures.csv", "figures.json")
    }
    document = zipfile.ZipFile(io.BytesIO(content["report.docx"])).read("word/document.xml").decode()
    assert "受理" in document
    assert 'w:name="t1"' in document
    assert content["report.pdf"].startswith(b"%PDF")
    page = content["report.html"].decode()
    assert 'id="t1"' in page
    assert "/mediation/cases/?figure=mediation.cases" in page
    rows = json.loads(content["figures.json"])
    assert [(each["measure_key"], each["period"], each["value"]) for each in rows] == [
        ("mediation.cases", "2022", 5), ("mediation.cases", "2021", 2),
    ]  # fmt: skip
    assert content["figures.csv"].decode("utf-8-sig").startswith("measure_key,label,unit,period,value,state,how,")
    got(client, f"{home(report)}files/other.txt", 404)


def test_what_a_unit_owes(world: World, enters: Enters) -> None:
    given(world, "bureau.awards", 15)
    page = got(enters("clerk"), "/report/owed/?year=2022")
    assert "1 / " in page
    # A section is shown that its bureau has reported, and what; not the record.
    row = page.partition('href="/figures/bureau.awards/')[2].partition("</tr>")[0]
    assert re.search(r">15</a>", row)
    assert "已采用" in row
    assert "工作台账" not in row
    page = got(enters("leader"), "/report/owed/?year=2022")
    row = page.partition('href="/figures/bureau.awards/')[2].partition("</tr>")[0]
    assert re.search(r">15</a>", row)
    assert "工作台账" in row
    assert "已采用" in row
    page = got(enters("head"), "/report/owed/?year=2022")
    missing = page.partition('href="/figures/bureau.rank_promotions/')[2].partition("</tr>")[0]
    assert "未报" in missing
    assert "/report/owed/bureau.rank_promotions/?year=2022" in missing


def test_a_figure_is_reported_and_accepted_by_another(world: World, enters: Enters) -> None:
    head, leader = enters("head"), enters("leader")
    address = "/report/owed/bureau.rank_promotions/?year=2022"
    assert "报告期内" in got(head, address)
    unit = world.units["bureau"].id
    wrong = head.post(address, {"unit": unit, "period": "2022", "applicable": "1", "value": "", "evidence": ""})
    assert wrong.status_code == 422
    assert "没有发生填0" in wrong.content.decode()
    done = head.post(address, {"unit": unit, "period": "2022", "applicable": "1", "value": "2", "evidence": "任免文件"})
    assert (done.status_code, done["Location"]) == (302, "/report/owed/?year=2022")
    world.enter()
    row: Any = ReportedFigure.objects.get()
    assert (row.value, row.state, row.unit_id, row.title) == (2, "submitted", unit, "职级晋升人数（2022年）")
    own = head.post(f"/report/reported/{row.id}/act/accept/", {"on": "2022-12-20", "version": "1"})
    assert own.status_code == 422
    assert "不能审核自己填报的数据" in own.content.decode()
    page = got(leader, "/report/owed/?year=2022")
    assert f'href="/report/reported/{row.id}/">审核' in page
    accepted = leader.post(f"/report/reported/{row.id}/act/accept/", {"on": "2022-12-20", "version": "1"})
    assert accepted.status_code == 302
    figure = got(leader, "/figures/bureau.rank_promotions/?period=2022")
    href = unescape(re.findall(r'<a class="fz-fig" href="([^"]+)"[^>]*>2</a>', figure)[0])
    assert href == "/report/reported/?figure=bureau.rank_promotions&period=2022"
    assert 'fz-total">1 条' in got(leader, href)
    again = head.post(
        address, {"unit": unit, "period": "2022-03", "applicable": "1", "value": "1", "evidence": "任免文件"}
    )
    assert again.status_code == 422
    assert "期间不能重叠" in again.content.decode()


def test_not_applicable_is_said_as_such(world: World, enters: Enters) -> None:
    client = enters("head")
    done = client.post(
        "/report/owed/bureau.rank_promotions/?year=2022",
        {"unit": world.units["bureau"].id, "period": "2022", "applicable": "0", "value": "3", "evidence": "无此业务"},
    )
    assert done.status_code == 302
    world.enter()
    assert (ReportedFigure.objects.get().applicable, ReportedFigure.objects.get().value) == (False, None)
    got(client, "/report/owed/mediation.cases/?year=2022", 404)
    got(enters("practitioner"), "/report/owed/bureau.awards/?year=2022", 403)


def test_what_pages_cost(world: World, enters: Enters) -> None:
    ledger(world)
    report = begun(world)
    block = next(each for each in text.blocks_of(report) if "mediation.cases" in each.text)
    client = enters("clerk")
    for address, most in (
        (home(report), STATEMENTS), (f"{home(report)}?last=1&data=1", STATEMENTS + 1),
        (f"{home(report)}blocks/{block.id}/", STATEMENTS), ("/report/owed/?year=2022", STATEMENTS),
        ("/report/reports/", STATEMENTS), ("/report/reports/new/", STATEMENTS),
    ):  # fmt: skip
        got(client, address)
        with CaptureQueriesContext(connection) as statements:
            page = got(client, address)
        asked = [each["sql"] for each in statements if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= most, (address, asked)
        assert len(page.encode()) < 200_000, address
