"""The figure screens: every number is the kernel's, opens its list, and the list holds as many records."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.ground.orgs.models import Succession
from fazhi.kernel.records.measures import computing
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.periods import Period
from tests.kernel.measures.samples import everything, ledger
from tests.world import World

Enters = Callable[[str], Client]
STATEMENTS = 8
YEAR = Period.year(2022)
_FIGURE = re.compile(r'<a class="fz-fig" href="([^"]+)"[^>]*>([^<]+)</a>')


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def opened(client: Client, address: str) -> int:
    """How many records a list says it holds."""
    found = re.search(r'class="fz-total">([\d,]+) 条', text(client, address))
    assert found is not None, address
    return int(found[1].replace(",", ""))


def row(page: str, label: str) -> str:
    return page.partition(f">{label}</a></th>")[2].partition("</tr>")[0]


def test_every_number_of_the_year_opens_its_records(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("leader")
    page = text(client, "/figures/?year=2022&line=mediation")
    seen = 0
    for key, figure in computing.totals(MEASURES.values(), YEAR, everything(world)).items():
        if not key.startswith("mediation.") or not figure.value or figure.measure.unit in ("%", "元"):
            continue
        href, shown = _FIGURE.findall(row(page, figure.measure.label))[0]
        assert shown == f"{figure.value:,f}"
        assert opened(client, unescape(href)) == figure.value, key
        seen += 1
    assert seen >= 8


def test_last_year_and_the_change_stand_beside(world: World, enters: Enters) -> None:
    ledger(world)
    cells = row(text(enters("leader"), "/figures/?year=2022&line=mediation"), "人民调解案件数")
    assert [shown for _, shown in _FIGURE.findall(cells)] == ["5", "2"]
    assert "+150.0%" in cells


def test_months_and_units(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("leader")
    months = row(text(client, "/figures/?year=2022&view=months&line=mediation"), "人民调解案件数")
    assert [shown for _, shown in _FIGURE.findall(months)] == ["5", "2", "1", "1", "1"]
    href = unescape(_FIGURE.findall(months)[1][0])
    assert opened(client, href) == 2
    units = text(client, "/figures/?year=2022&view=units&line=mediation")
    assert [shown for _, shown in _FIGURE.findall(row(units, "人民调解案件数"))] == ["5", "2", "3"]
    assert ">东桥</th>" in units
    Succession.objects.create(
        jurisdiction_id=world.jurisdiction.id, predecessor=world.units["east"], successor=world.units["west"],
        on=date(2022, 7, 1), basis="区划调整",
    )  # fmt: skip
    after = text(client, "/figures/?year=2022&view=units&line=mediation")
    assert ">东桥</th>" not in after
    found = _FIGURE.findall(row(after, "人民调解案件数"))
    assert [shown for _, shown in found] == ["5", "5"]
    assert opened(client, unescape(found[1][0])) == 5


def test_a_street_sees_its_own_figures(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("east")
    page = text(client, "/figures/?year=2022&line=mediation")
    assert [shown for _, shown in _FIGURE.findall(row(page, "人民调解案件数"))][:1] == ["2"]
    assert client.get(f"/figures/?year=2022&unit={world.units['west'].id}").status_code == 404
    assert client.get(f"/figures/mediation.cases/?unit={world.units['west'].id}").status_code == 404
    assert client.get(f"/figures/figures.csv?unit={world.units['west'].id}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/figures/?view=none", "/figures/?line=none", "/figures/mediation.none/", "/figures/figures.xml",
     "/figures/mediation.cases/?period=soon", "/figures/?unit=x"],
)  # fmt: skip
def test_what_is_not_there(world: World, enters: Enters, address: str) -> None:
    assert enters("leader").get(address).status_code == 404


def test_one_figure_says_all_of_itself(world: World, enters: Enters) -> None:
    ledger(world)
    page = text(enters("leader"), "/figures/mediation.success_rate/?period=2022")
    for words in (
        "调解成功率", "上年 100%", "-25.0个百分点", "调解成功件数 ÷ 调解办结件数", "未办结的不作分母", "分子的记录",
        "/mediation/cases/?figure=mediation.succeeded&amp;period=2022", "哪几个月多", "哪些单位高", "mediation.success_rate",
    ):  # fmt: skip
        assert words in page, words
    assert page.count("<rect ") > 4


def test_a_reported_figure_without_reports(world: World, enters: Enters) -> None:
    page = text(enters("leader"), "/figures/bureau.awards/?period=2022")
    assert "未报" in page
    assert "没有逐月和分单位的数据" in page
    assert "由单位填报并经审核" in page


def test_what_is_asked_of_figures(world: World, enters: Enters) -> None:
    ledger(world)
    page = text(enters("leader"), "/figures/?year=2022&view=check&line=legal_aid")
    assert "期末未结法律援助案件数" in page
    assert "数据不全，无法核对" in page


def test_the_catalogue_is_searched_by_any_word(world: World, enters: Enters) -> None:
    client = enters("leader")
    whole = text(client, "/figures/catalogue/")
    assert all(f'href="/figures/{key}/"' in whole for key in MEASURES)
    found = text(client, "/figures/catalogue/?q=调解 协议金额")
    assert {key for key in MEASURES if f'href="/figures/{key}/"' in found} == {
        "mediation.agreement_amount", "mediation.commercial_amount",
    }  # fmt: skip
    assert "没有符合条件的指标" in text(client, "/figures/catalogue/?q=月球")


def test_files_say_what_the_screen_says(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("leader")
    rows = {each["measure_key"]: each for each in json.loads(text(client, "/figures/figures.json?year=2022"))}
    assert rows["mediation.cases"]["value"] == 5
    answer = client.get("/figures/figures.csv?year=2022")
    assert "figures-2022.csv" in answer["Content-Disposition"]
    in_csv = {each["measure_key"]: each for each in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))}
    assert in_csv["mediation.cases"]["value"] == "5"
    assert set(in_csv) == set(rows) == set(MEASURES)


def test_what_a_page_costs(world: World, enters: Enters) -> None:
    ledger(world)
    client = enters("leader")
    for address in (
        "/figures/?year=2022", "/figures/?year=2022&view=months", "/figures/?year=2022&view=units",
        "/figures/?year=2022&view=check", "/figures/mediation.cases/?period=2022", "/figures/catalogue/",
    ):  # fmt: skip
        text(client, address)
        with CaptureQueriesContext(connection) as statements:
            page = text(client, address)
        asked = [each["sql"] for each in statements if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= STATEMENTS, (address, asked)
        assert len(page.encode()) < 200_000, address
