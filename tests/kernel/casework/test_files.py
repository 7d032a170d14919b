"""Files of a case: taken in by what they hold, sealed where they lie, shown to whom the case exists, taken out with a reason."""

from __future__ import annotations

import io
import shlex
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from docx import Document

from fazhi.kernel.casework.files import filing, vault
from fazhi.kernel.casework.files.models import Attachment
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.ground.secrets.ciphers import Unreadable
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.mediation.models import Mediation
from tests.lines.mediation.factories import opened
from tests.world import AT, World, world

__all__ = ["world"]

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def word() -> bytes:
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("调解申请")
    document.save(made)
    return made.getvalue()


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def attach(
    world: World, case: Mediation, name: str = "申请书.docx", content: bytes | None = None, who: str = "east"
) -> Attachment:
    return filing.attach(
        Mediation, case.id, name=name, content=word() if content is None else content, actor=world.actor(who), at=AT
    )


def refused(error: type[Exception], call: Callable[[], Any]) -> None:
    before = fingerprint([Attachment])
    with pytest.raises(error), transaction.atomic():
        call()
    assert fingerprint([Attachment]) == before


def test_a_file_is_kept_in_order_and_comes_back_as_it_was(world: World, tmp_path: Path) -> None:
    case, content = opened(world), word()
    first = attach(world, case, "C:\\桌面\\申请书.docx", content)
    second = attach(world, case, "照片.png", PNG)
    assert [(each.position, each.title, each.name) for each in (first, second)] == [
        (1, "申请书", "申请书.docx"), (2, "照片", "照片.png"),
    ]  # fmt: skip
    assert filing.content(first.pk, actor=world.actor("head"))[1] == content
    assert list(Step.objects.filter(matter_id=case.id).order_by("id").values_list("act", "note"))[1:] == [
        ("file.attach", "申请书"), ("file.attach", "照片"),
    ]  # fmt: skip
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(stored) == 2
    assert all(PNG not in path.read_bytes() and b"word/document.xml" not in path.read_bytes() for path in stored)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.pdf", b""),
        ("病毒.exe", b"MZ\x90\x00\x03"),
        ("页面.pdf", b"<html>"),
        ("图.pdf", PNG),
        ("宏.docx", packed("word/document.xml", "word/vbaProject.bin")),
        ("包.docx", packed("readme.txt")),
        ("坏.pdf", b"%PDF-1.7 broken"),
    ],
)
def test_what_is_not_what_it_says_is_refused(world: World, name: str, content: bytes) -> None:
    case = opened(world)
    refused(Refused, lambda: attach(world, case, name, content))


def test_a_file_too_large_or_there_already_is_refused(world: World, settings: Any) -> None:
    case = opened(world)
    attach(world, case, "照片.png", PNG)
    refused(Refused, lambda: attach(world, case, "另一个名字.png", PNG))
    settings.FAZHI_FILE_MEGABYTES = 1
    refused(Refused, lambda: attach(world, case, "大.png", PNG + bytes(1024 * 1024)))


def test_the_sites_scanner_has_the_last_word(world: World, settings: Any) -> None:
    case = opened(world)
    says_no = "exit('picture' in open(0, 'rb').read().decode('latin-1'))"
    scanner = shlex.join([sys.executable, "-c", says_no])
    settings.FAZHI_FILE_CHECK = scanner
    refused(Refused, lambda: attach(world, case, "照片.png", PNG))
    assert attach(world, case).position == 1
    settings.FAZHI_FILE_CHECK = "/nonexistent/scanner"
    refused(Refused, lambda: attach(world, case, "照片.png", PNG + b"2"))


def test_files_exist_for_whom_the_case_exists(world: World) -> None:
    case = opened(world)
    made = attach(world, case)
    for name in ("west", "finance", "auditor", "mediator2"):
        refused(Unseen, lambda name=name: attach(world, case, "照片.png", PNG, name))  # type: ignore[misc]
        with pytest.raises(Unseen):
            filing.content(made.pk, actor=world.actor(name))


def test_a_piece_is_taken_out_with_a_reason_and_stays_on_record(world: World) -> None:
    case = opened(world)
    made = attach(world, case)
    refused(Refused, lambda: filing.remove(made.pk, reason="", actor=world.actor("east"), at=AT))
    filing.remove(made.pk, reason="放错案件", actor=world.actor("east"), at=AT)
    made.refresh_from_db()
    assert made.removed_for == "放错案件"
    assert filing.content(made.pk, actor=world.actor("east"))[1]
    refused(NotYours, lambda: filing.remove(made.pk, reason="再撤", actor=world.actor("east"), at=AT))


def test_a_changed_content_does_not_open(world: World, tmp_path: Path) -> None:
    made = attach(world, opened(world))
    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    stored.write_bytes(stored.read_bytes()[:-1] + b"\x00")
    with pytest.raises(Unreadable):
        vault.take(made.jurisdiction_id, made.digest)
