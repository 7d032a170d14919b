"""An import in a browser: dropped, mapped, checked while the page looks on, written, undone; wide and narrow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import tasks, working
from fazhi.kernel.records.exchange.models import Import
from fazhi.kernel.records.exchange.telling import Board
from tests.browser import barriers
from tests.kernel.exchange import ledger
from tests.kernel.exchange.ledger import column
from tests.web.test_browser import district as district  # noqa: PLC0414 — a fixture by this name
from tests.web.test_browser import seated as seated  # noqa: PLC0414 — as above
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture
def worker(
    district: World, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[threading.Event]:
    """A worker that does what is handed over once the event is set, in a thread of its own."""
    settings.MEDIA_ROOT = tmp_path
    asked: list[tuple[int, int]] = []
    go, end = threading.Event(), threading.Event()
    monkeypatch.setattr(tasks, "begin", lambda of: asked.append((of.jurisdiction_id, of.pk)))

    def run() -> None:
        while not end.is_set():
            if not asked or not go.wait(0.05):
                end.wait(0.05)
                continue
            # Handed over with the transaction of the request, which may still be open.
            end.wait(0.2)
            jurisdiction_id, import_id = asked.pop(0)
            board = Board(jurisdiction_id, import_id)
            working.work(jurisdiction_id, import_id, board)
            board.close()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield go
    end.set()
    thread.join()


def shot(page: Page, name: str) -> None:
    folder = Path("/tmp/exch/shots")
    if folder.is_dir():
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})


def test_a_ledger_from_the_desktop_into_the_register(
    page: Page, district: World, seated: Callable[[str], None], worker: threading.Event, tmp_path: Path
) -> None:
    with session(jurisdictions=[district.jurisdiction.id]):
        ledger.committee(district, name="东桥街道人民调解委员会")
    body = ledger.rows(60)
    body[1][column("纠纷类型")] = "龙虎争斗"
    body[2][column("办结时间")] = "待定"
    body[5][column("纠纷类型")] = None
    file = tmp_path / "东桥2022年台账.xlsx"
    file.write_bytes(ledger.workbook(body, foot=[["合计", None, None, None, None, None, 60]]))
    seated("east")
    page.goto("/mediation/cases/")
    page.get_by_role("link", name="导入").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("导入：人民调解案件")
    assert barriers(page) == []
    shot(page, "1-upload")
    page.get_by_label("把表格拖到这里").set_input_files(file)
    page.get_by_role("button", name="上传，去对应列").click()

    expect(page.get_by_label("纠纷简况")).to_have_value("summary")
    assert barriers(page) == []
    shot(page, "2-mapping")
    page.get_by_role("button", name="预检，不写入").click()
    expect(page.get_by_text("正在等待后台任务")).to_be_visible()
    assert barriers(page) == []
    shot(page, "3-running")
    worker.set()

    expect(page.get_by_role("heading", name="有误 3 处")).to_be_visible()
    assert barriers(page) == []
    shot(page, "4-checked")
    page.get_by_role("link", name="办结时间 1").click()
    expect(page.get_by_role("cell", name="待定", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="龙虎争斗")).to_have_count(0)
    page.get_by_role("button", name="只写入无误的 57 条").click()

    expect(page.get_by_text("已写入 57 条记录")).to_be_visible()
    assert barriers(page) == []
    shot(page, "5-done")
    page.get_by_text("整批撤销").first.click()
    page.get_by_label("撤销原因").fill("导错了文件")
    shot(page, "6-undo")
    page.get_by_role("button", name="整批撤销").click()
    expect(page.get_by_text("这次导入的记录都已作废")).to_be_visible()
    page.get_by_role("link", name="再导入一个文件").click()
    expect(page.get_by_role("heading", name="以往的导入")).to_be_visible()
    shot(page, "7-past")
    page.goto("/mediation/cases/export/")
    assert barriers(page) == []
    shot(page, "8-export")
    with session(jurisdictions=[district.jurisdiction.id]):
        assert Import.objects.get().state == "undone"
