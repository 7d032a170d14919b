"""The screens in a browser: nothing breaks the content policy, nothing keeps anybody out, and hands stay on the keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.ground.core.session import session
from fazhi.lines.mediation.models import Mediation, Mediator
from fazhi.lines.mediation.workflow import Mediating
from fazhi.web import clock
from tests.browser import barriers
from tests.web import scene
from tests.world import AT, PASSWORD, World, build

pytestmark = pytest.mark.browser


@pytest.fixture
def district(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The district with two cases, committed, since the browser's server is another thread."""
    monkeypatch.setattr(clock, "instant", lambda: AT)
    world = build()
    with session(jurisdictions=[world.jurisdiction.id], at=AT):
        home = scene.committee(world)
        scene.mediator(world, home)
        scene.accepted(world, scene.case(world, home))
        scene.case(world, home, "借款到期未还")
    return world


@pytest.fixture
def seated(context: BrowserContext, district: World, live_server: LiveServer) -> Callable[[str], None]:
    """Signs somebody in, in this window, without the door."""

    def sit(name: str) -> None:
        account = district.accounts[name]
        store = SessionStore()
        store[SESSION_KEY] = str(account.pk)
        store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        store[HASH_SESSION_KEY] = account.get_session_auth_hash()
        store.save()
        assert store.session_key is not None
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": live_server.url}]
        )

    return sit


def case_of(district: World, summary: str = "因楼道") -> int:
    with session(jurisdictions=[district.jurisdiction.id]):
        return Mediation.objects.get(summary__contains=summary).pk


def test_one_comes_in_by_the_door_and_works_by_keyboard(page: Page, district: World) -> None:
    page.goto("/mediation/cases/")
    page.get_by_label("登录名").fill("east")
    page.get_by_label("口令").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url("/mediation/cases/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr.is-at")).to_contain_text("楼道")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("楼道")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("借款")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="借款")).to_be_visible()
    page.goto("/mediation/cases/")
    page.keyboard.press("n")
    expect(page).to_have_url("/mediation/cases/new/")


def test_an_act_opens_and_is_done_in_place(page: Page, seated: Callable[[str], None], district: World) -> None:
    seated("east")
    page.goto(f"/mediation/cases/{case_of(district)}/")
    page.get_by_role("link", name="调解不成").click()
    form = page.locator("#act-fail form")
    expect(form.get_by_label("办结日期")).to_be_focused()
    expect(form).to_contain_text("状态变为“调解不成”")
    form.get_by_role("button", name="调解不成").last.click()
    expect(page.locator("#act-fail .fz-alert.is-error")).to_contain_text("请填写“未成原因”")
    page.locator("#act-fail").get_by_label("未成原因").fill("分歧较大")
    page.locator("#act-fail form").get_by_role("button", name="调解不成").last.click()
    expect(page.get_by_text("已办理：调解不成。")).to_be_visible()
    expect(page.locator(".fz-head")).to_contain_text("调解不成")


def test_an_act_that_was_opened_is_shut_again(page: Page, seated: Callable[[str], None], district: World) -> None:
    seated("east")
    page.goto(f"/mediation/cases/{case_of(district)}/")
    opener = page.get_by_role("link", name="达成协议")
    opener.click()
    page.locator("#act-succeed").get_by_role("link", name="收起").click()
    expect(page.locator("#act-succeed form")).to_have_count(0)
    expect(opener).to_be_focused()


def test_tabs_change_in_place_and_have_addresses(page: Page, seated: Callable[[str], None], district: World) -> None:
    seated("east")
    base = f"/mediation/cases/{case_of(district)}/"
    page.goto(base)
    page.get_by_role("link", name="办理过程").click()
    expect(page).to_have_url(f"{base}timeline/")
    expect(page.locator(".fz-line")).to_contain_text("受理")
    page.reload()
    expect(page.locator(".fz-line")).to_contain_text("受理")


def test_without_script_everything_can_be_done(
    browser: Browser, seated: Callable[[str], None], context: BrowserContext, district: World, live_server: LiveServer
) -> None:
    seated("east")
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="zh-CN")
    plain.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(f"/mediation/cases/{case_of(district)}/")
    page.get_by_role("link", name="调解不成").click()
    page.get_by_label("未成原因").fill("分歧较大")
    page.get_by_role("button", name="调解不成").last.click()
    expect(page.get_by_text("已办理：调解不成。")).to_be_visible()
    plain.close()


def test_the_colours_are_chosen_and_kept(page: Page, seated: Callable[[str], None], district: World) -> None:
    seated("east")
    page.goto("/")
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "light")
    page.locator("summary.fz-who").click()
    page.get_by_role("button", name="深色或浅色").click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    page.goto("/mediation/cases/")
    expect(root).to_have_attribute("data-bs-theme", "dark")


ADDRESSES = {
    "east": (
        "/", "/inbox/", "/due/", "/search/", "/search/?q=楼道", "/mediation/", "/mediation/cases/", "/mediation/cases/?void=1",
        "/mediation/cases/?figure=mediation.cases&period=2022", "/mediation/cases/new/", "/mediation/cases/new/?mode=history",
        "{case}", "{case}timeline/", "{case}papers/", "{case}files/", "{case}clocks/", "{case}links/", "{case}history/",
        "{case}act/succeed/", "{case}correct/", "{case}assign/", "{case}void/", "{case}clocks/{run}/", "/account/password/", "/nothing/",
    ),
    "system": ("/settings/units/", "/settings/units/new/", "/settings/years/", "/settings/rules/?q=调解", "/settings/rules/mediation.people.conclude/"),
    "security": ("/settings/accounts/", "/settings/accounts/new/", "/settings/matrix/"),
    "auditor": ("/settings/audit/", "/settings/chain/"),
}  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("who", list(ADDRESSES))
def test_nobody_is_kept_out(
    page: Page,
    seated: Callable[[str], None],
    district: World,
    context: BrowserContext,
    live_server: LiveServer,
    who: str,
    theme: str,
) -> None:
    seated(who)
    context.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    found = {}
    case = case_of(district)
    with session(jurisdictions=[district.jurisdiction.id], at=AT):
        case = settled(district, case) if theme == "dark" else case
        run = Run.objects.filter(matter_id=case).values_list("id", flat=True)[0]
    for address in ADDRESSES[who]:
        page.goto(address.replace("{case}", f"/mediation/cases/{case}/").replace("{run}", str(run)))
        wrong = barriers(page)
        if wrong:
            found[address] = wrong
    assert not found


def settled(district: World, case: int) -> int:
    """The case with an agreement, which issues a paper."""
    helper = Mediator.objects.get()
    procedure.act(
        Mediation, case, Mediating.succeed, {"mediator": helper, "agreement_form": "written", "agreement": "当日清走"},
        actor=district.actor("east"), at=AT,
    )  # fmt: skip
    return case


def test_doors_keep_nobody_out(page: Page, district: World) -> None:
    page.goto("/enter/")
    assert barriers(page) == []


def test_a_phone_shows_everything_without_scrolling_sideways(
    page: Page, seated: Callable[[str], None], district: World
) -> None:
    seated("east")
    page.set_viewport_size({"width": 390, "height": 844})
    case = case_of(district)
    for address in (
        "/",
        "/inbox/",
        "/mediation/cases/",
        "/mediation/cases/new/",
        f"/mediation/cases/{case}/",
        f"/mediation/cases/{case}/clocks/",
        "/search/",
    ):
        page.goto(address)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 390, (address, width)
    page.goto("/mediation/cases/")
    page.get_by_label("打开导航").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
