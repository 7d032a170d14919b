"""Writing in the report with a browser: figures as chips, saved as tokens; and nothing that keeps anybody out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from fazhi.kernel.ground.core.session import session
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.queries import text
from fazhi.web import clock, homes, seats
from tests.browser import barriers
from tests.kernel.measures.samples import ledger
from tests.lines.report.samples import CASES, begun, empty, written
from tests.world import AT, World, build

pytestmark = pytest.mark.browser


@pytest.fixture
def district(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The district with the ledger, committed, since the browser's server is another thread."""
    monkeypatch.setattr(clock, "instant", lambda: AT)
    homes.forget()
    seats.forget()
    world = build()
    with session(jurisdictions=[world.jurisdiction.id], at=AT):
        ledger(world)
    return world


@pytest.fixture
def clerk(context: BrowserContext, district: World, live_server: LiveServer) -> None:
    """Signs the clerk in, without the door."""
    account = district.accounts["clerk"]
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    assert store.session_key is not None
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": live_server.url}])


def short(world: World) -> tuple[Report, Block]:
    with session(jurisdictions=[world.jurisdiction.id], at=AT):
        report = empty(world)
        return report, written(report, f"受理{CASES}件。")[0]


def test_a_figure_is_put_into_the_text_as_a_chip(page: Page, district: World, clerk: None) -> None:
    report, block = short(district)
    page.goto(f"/report/reports/{report.id}/")
    place = page.locator(f"#b{block.id}")
    place.hover()
    place.get_by_role("link", name="修改").click()
    editor = place.locator("[contenteditable=true]")
    expect(editor.locator(".fz-token")).to_have_text("人民调解案件数（2022年） 5")
    editor.press("Control+End")
    editor.press_sequentially("其中成功")
    place.get_by_role("button", name="调解成功件数（2022年） 3", exact=True).click()
    editor.press_sequentially("件。")
    place.get_by_role("button", name="保存这一段").click()
    expect(page.locator(f"#b{block.id} > p")).to_contain_text("其中成功")
    with session(jurisdictions=[district.jurisdiction.id]):
        assert Block.objects.get(pk=block.id).text == (
            "受理⟦mediation.cases|plain|2022⟧件。其中成功⟦mediation.succeeded|plain|2022⟧件。"
        )
    # A figure opens the records behind it.
    page.locator(f"#b{block.id} a.fz-v").first.click()
    expect(page).to_have_url("/mediation/cases/?figure=mediation.cases&period=2022")


def test_without_scripts_tokens_are_typed(page: Page, district: World, clerk: None) -> None:
    report, block = short(district)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/report/reports/{report.id}/blocks/{block.id}/")
    page.get_by_label("正文").fill("成功⟦mediation.succeeded⟧件。")
    page.get_by_role("button", name="保存这一段").click()
    expect(page.locator(f"#b{block.id} > p")).to_contain_text("成功3")


def test_nothing_keeps_anybody_out(page: Page, district: World, clerk: None) -> None:
    with session(jurisdictions=[district.jurisdiction.id], at=AT):
        report = begun(district)
        block = next(each for each in text.blocks_of(report) if "mediation.cases" in each.text)
    found = {}
    for address in (
        f"/report/reports/{report.id}/", f"/report/reports/{report.id}/?last=1&data=1",
        f"/report/reports/{report.id}/blocks/{block.id}/", f"/report/reports/{report.id}/blocks/{block.id}/after/",
        "/report/reports/new/", "/report/owed/?year=2022", "/report/owed/bureau.awards/?year=2022",
        "/figures/?year=2022", "/figures/?year=2022&view=months&line=mediation", "/figures/?year=2022&view=check",
        "/figures/mediation.success_rate/?period=2022", "/figures/catalogue/",
    ):  # fmt: skip
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over:
                found[f"{address} {width}"] = [f"{over} px wider than the window"]
        if wrong := barriers(page):
            found[address] = wrong
    assert found == {}
