"""The browser of the suite: what it can reach, and what it holds against a page."""

from playwright.sync_api import Page, expect


def test_files_of_the_site_are_served_to_the_browser(page: Page) -> None:
    answer = page.goto("/static/vendor/htmx.min.js")
    assert answer is not None
    assert answer.status == 200


def test_chinese_has_glyphs(page: Page) -> None:
    page.set_content('<span id="a" style="font-size:100px">法</span><span id="b" style="font-size:100px">治</span>')
    expect(page.locator("#a")).to_be_visible()
    assert page.locator("#a").screenshot() != page.locator("#b").screenshot(), "both are the empty box"
