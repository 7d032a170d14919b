"""Lists: exact counts, filters in the address, cursors, jumps, figures behind, saved views; and what a page costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.procedure import Facts
from fazhi.lines.mediation.models import Mediation, Organisation
from fazhi.lines.mediation.workflow import Mediating
from fazhi.web import seats
from fazhi.web.models import SavedView
from tests.web import scene
from tests.world import AT, World

Enters = Callable[[str], Client]
CASES = "/mediation/cases/"


def many(world: World, home: Organisation, count: int, street: str = "east") -> None:
    rows = [
        (
            Facts(
                {
                    "organisation": home,
                    "kind": "neighbour",
                    "summary": f"第{place}件",
                    "opened_on": date(2022, 1, 1 + place % 28),
                },
                scene.PARTIES,
            ),
            world.units[street],
            None,
        )
        for place in range(count)
    ]
    procedure.bulk(Mediation, rows, actor=world.actor(street), at=AT, history=True)


def shown(page: str) -> list[str]:
    return re.findall(r'<tr data-href="/mediation/cases/(\d+)/"', page)


def statements(client: Client, address: str) -> int:
    """The statements of a page once the seat is known: without those that begin and end a transaction."""
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return sum(not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", query["sql"]) for query in caught.captured_queries)


def test_cursors_walk_through_all_rows_and_back(world: World, enters: Enters) -> None:
    many(world, scene.committee(world), 120)
    client, address, seen = enters("east"), CASES, []
    page = client.get(address).content.decode()
    assert "120 条" in page
    for _ in range(5):
        seen += shown(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if following is None:
            break
        page = client.get(CASES + following[1].replace("&amp;", "&")).content.decode()
    assert len(seen) == len(set(seen)) == 120
    before = re.search(r'rel="prev" href="([^"]+)"', page)
    assert before is not None
    assert shown(client.get(CASES + before[1].replace("&amp;", "&")).content.decode()) == seen[50:100]


def test_a_list_jumps_to_a_date(world: World, enters: Enters) -> None:
    many(world, scene.committee(world), 112)
    rows = shown(enters("east").get(f"{CASES}?from=2022-01-10").content.decode())
    world.enter()
    days = list(Mediation.objects.filter(pk__in=rows).order_by("-opened_on").values_list("opened_on", flat=True))
    assert days[0] == date(2022, 1, 10)


@pytest.mark.parametrize("junk", ["page=a2022-99-99~1", "page=zzz", "page=a~", "from=never", "order=-nothing", "page=bx~9", "unit=x",
                                  "amount_from=abc", "opened_on_from=32", "column=nothing", "kind=nothing", "year=99999", "start=-1"])  # fmt: skip
def test_what_cannot_be_read_in_an_address_breaks_nothing(world: World, enters: Enters, junk: str) -> None:
    many(world, scene.committee(world), 3)
    assert enters("east").get(f"{CASES}?{junk}").status_code == 200


def test_filters_narrow_and_are_named(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    wanted = scene.case(world, home, "借款到期未还")
    scene.case(world, home, "楼道堆物")
    client = enters("east")
    page = client.get(f"{CASES}?q=借款&state=registered&opened_on_from=2022-10-01").content.decode()
    assert shown(page) == [str(wanted.id)]
    for chip in ("“借款”", "状态：待受理", "登记日期 ≥ 2022-10-01"):
        assert chip in page
    page = client.get(f"{CASES}?q=没有这样的").content.decode()
    assert "没有符合条件的记录" in page


def test_a_list_is_narrowed_to_the_records_behind_a_figure(world: World, enters: Enters) -> None:
    east = scene.committee(world)
    west = scene.committee(world, "west")
    for street, home in (("east", east), ("west", west)):
        case = scene.case(world, home, f"{street}", street=street)
        procedure.act(Mediation, case.id, Mediating.accept, actor=world.actor(street), at=AT, on=date(2022, 11, 2))
    scene.case(world, east, "未受理")
    address = f"{CASES}?figure=mediation.cases&period=2022"
    page = enters("leader").get(address).content.decode()
    assert len(shown(page)) == 2
    assert "2022年，人民调解案件数" in page
    assert "2 件" in page
    assert "报告期内各人民调解组织受理的案件" in page
    page = enters("east").get(address).content.decode()
    assert len(shown(page)) == 1
    assert "涉及 2 条记录，您可查看 1 条" in page
    page = enters("leader").get(f"{address}&of={world.units['west'].id}").content.decode()
    assert len(shown(page)) == 1
    answer = enters("leader").get("/mediation/mediators/?figure=mediation.cases&period=2022")
    assert answer["Location"].startswith(f"{CASES}?figure=")
    assert enters("leader").get(f"{CASES}?figure=nothing").status_code == 404
    assert enters("leader").get(f"{CASES}?figure=mediation.cases&period=maybe").status_code == 404


def test_figures_of_the_strip_open_their_lists(world: World, enters: Enters) -> None:
    scene.accepted(world, scene.case(world, scene.committee(world)))
    client = enters("east")
    page = client.get(CASES).content.decode()
    links = re.findall(r'<a class="fz-fig" href="([^"]+)"', page)
    assert len(links) >= 4
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    assert f"of={world.units['east'].id}" in links[0], "a street is shown its own figures first"


def test_views_are_saved_for_oneself_and_removed(world: World, enters: Enters) -> None:
    client = enters("east")
    answer = client.post(f"{CASES}views/", {"name": "借款", "query": "q=借款&order=opened_on"})
    assert answer.status_code == 302
    page = client.get(CASES).content.decode()
    assert ">借款</a>" in page
    assert ">借款</a>" not in enters("west").get(CASES).content.decode()
    world.enter()
    view = SavedView.objects.get()
    enters("west").post(f"{CASES}views/", {"remove": view.id})
    world.enter()
    assert SavedView.objects.count() == 1, "somebody else's view stays"
    client.post(f"{CASES}views/", {"remove": view.id})
    world.enter()
    assert SavedView.objects.count() == 0
    assert client.post(f"{CASES}views/", {"name": ""}).status_code == 422


def test_void_records_are_left_out_until_asked_for(world: World, enters: Enters) -> None:
    case = scene.case(world, scene.committee(world))
    procedure.void(Mediation, case.id, reason="重复登记", actor=world.actor("east"), at=AT)
    client = enters("east")
    assert shown(client.get(CASES).content.decode()) == []
    page = client.get(f"{CASES}?void=1").content.decode()
    assert shown(page) == [str(case.id)]
    assert 'class="is-void"' in page


def test_columns_are_chosen_and_kept(world: World, enters: Enters) -> None:
    scene.case(world, scene.committee(world))
    page = enters("east").get(f"{CASES}?column=number&column=source&q=楼道").content.decode()
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", page)
    assert heads == ["编号", "案件来源"]
    assert '<input type="hidden" name="column" value="source">' in page


def test_a_page_costs_the_same_however_many_rows(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    client = enters("east")
    counts = []
    for more in (1, 9, 90):
        many(world, home, more)
        seats.forget()
        counts.append(statements(client, CASES))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 6


def test_pages_cost_few_statements(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    for place in range(12):
        case = scene.accepted(world, scene.case(world, home, f"第{place}件"))
    client = enters("east")
    base = f"{CASES}{case.id}/"
    for address, most in (
        ("/", 6), ("/inbox/", 6), ("/due/", 6), (base, 6), (f"{base}timeline/", 6), (f"{base}clocks/", 6), (f"{base}files/", 6),
        (f"{base}papers/", 6), (f"{base}links/", 6), (f"{base}history/", 9), ("/search/?q=第3件", 6), ("/mediation/", 6),
        (f"{CASES}new/", 6), (f"{CASES}?q=第", 6), (f"{base}act/succeed/", 6),
    ):  # fmt: skip
        assert statements(client, address) <= most, address
