"""A browser for the tests: Debian's Chromium, driven by playwright, on a server that shows the test database.

`page` is what a test asks for. Nothing is downloaded: without a Chromium on the machine the test is skipped and says so.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn
import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_SECONDS = 10
# The fonts that come as a package serve both the screen's plain letters and the serif ones of papers, so that
# screenshots are alike on every machine and hold no empty boxes.
_FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """A Chromium, one for each file of tests; skips where there is none.

    Its loop runs in this thread for as long as it does, and would refuse every other loop to tests that have nothing to do
    with browsers.
    """
    program = os.environ.get("FAZHI_CHROMIUM") or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("no Chromium is installed (on Debian: apt-get install chromium)")
    # playwright runs a loop in this thread, in which Django would refuse every query of a test. Connections made before
    # it runs and while it runs are kept apart by Django: those of the other time would stay open unseen.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    connections.close_all()
    with tempfile.TemporaryDirectory(prefix="fazhi-fonts-") as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=program,
            # Chromium's sandbox refuses to be set up by root.
            chromium_sandbox=os.getuid() != 0,
            args=["--disable-gpu", "--disable-dev-shm-usage"],
            env={**os.environ, "FONTCONFIG_FILE": str(_font_configuration(Path(folder)))},
        )
        yield chromium
        chromium.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A window with its own cookies, in which addresses like `/mediation/` lead to the live server."""
    context = browser.new_context(
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1440, "height": 900},
    )
    context.set_default_timeout(_SECONDS * 1000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of that window. The test fails when a script of ours raised or the content policy was broken."""
    wrong: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"uncaught: {error}"))
    page.on(
        "console",
        lambda message: wrong.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    page.close()
    assert not wrong, wrong


def barriers(page: Page) -> list[str]:
    """Returns what axe finds wrong on a page: `rule: place`, for each place that keeps somebody out."""
    page.add_script_tag(url="/static/vendor/axe.min.js")
    found = page.evaluate("() => axe.run()")
    return [f"{fault['id']}: {node['target'][0]}" for fault in found["violations"] for node in fault["nodes"]]


def _font_configuration(folder: Path) -> Path:
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    path = folder / "fonts.conf"
    path.write_text(_FONTS.format(fonts=escape(str(fonts)), cache=escape(str(folder / "cache"))), encoding="utf-8")
    return path
