"""Putting a file into a case, showing it, taking it out with a reason."""

from __future__ import annotations

import shlex
import subprocess
from datetime import datetime
from pathlib import PurePath
from typing import Any

import pypdfium2
from django.conf import settings
from django.db.models import Max

from fazhi.kernel.casework.files import vault
from fazhi.kernel.casework.files.kinds import PDF, Kind, kind_of
from fazhi.kernel.casework.files.models import Attachment
from fazhi.kernel.casework.matters import steps
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import workflow_named, workflow_of
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.session import session

_CHECK_SECONDS = 60


def attach(
    record: type[Case], case_id: int, *, name: str, content: bytes, title: str = "", actor: Actor, at: datetime
) -> Attachment:
    """Put a file into the case's file, at the end of its catalogue; raises :class:`Refused` or :class:`Unseen`."""
    workflow = workflow_of(record)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{workflow.name()}.attach", at=at):
        case: Any = fetch(actor, record, case_id, lock=True)
        _allowed(actor, workflow.line, case)
        plain = PurePath(name.replace("\\", "/")).name[:160]
        kind = _checked(plain, content)
        digest = vault.put(case.jurisdiction_id, content)
        mine = Attachment.objects.filter(matter_id=case_id)
        if mine.filter(digest=digest, removed_for="").exists():
            raise Refused(Fault(f"“{plain}”已在卷内，内容完全相同", "file"))
        last = mine.aggregate(last=Max("position"))["last"] or 0
        made = Attachment.objects.create(
            jurisdiction_id=case.jurisdiction_id, matter_id=case_id, position=last + 1,
            title=(title.strip() or PurePath(plain).stem)[:120], name=plain, media=kind.media, size=len(content),
            digest=digest, pages=_pages(kind, content), secrecy=case.secrecy, added_on=at.date(), added_at=at,
            added_by_id=_account(actor),
        )  # fmt: skip
        steps.note(case, "file.attach", actor=actor, at=at, text=made.title)
        return made


def remove(attachment_id: int, *, reason: str, actor: Actor, at: datetime) -> Attachment:
    """Take a piece out of the file, with the reason; its entry and content stay."""
    if not reason.strip():
        raise Refused(Fault("请写明撤出原因", "reason"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="file.remove", at=at):
        found, case = _held(attachment_id, actor, lock=True)
        _allowed(actor, workflow_named(found.matter.record).line, case)
        if found.removed_for:
            raise NotYours("该材料已撤出")
        found.removed_for = reason.strip()[:200]
        found.save(update_fields=["removed_for"])
        steps.note(case, "file.remove", actor=actor, at=at, text=f"{found.title}：{reason}")
        return found


def content(attachment_id: int, *, actor: Actor) -> tuple[Attachment, bytes]:
    """A piece with its content, for whom its case exists. Needs the jurisdiction in session."""
    found, _ = _held(attachment_id, actor)
    return found, vault.take(found.jurisdiction_id, found.digest)


def _checked(name: str, data: bytes) -> Kind:
    limit = settings.FAZHI_FILE_MEGABYTES
    if not data:
        raise Refused(Fault(f"“{name}”是空文件", "file"))
    if len(data) > limit * 1024 * 1024:
        raise Refused(Fault(f"“{name}”超过{limit} MB，请压缩或分成几个文件", "file"))
    kind, fault = kind_of(name, data)
    if fault is not None:
        raise Refused(fault)
    assert kind is not None
    if settings.FAZHI_FILE_CHECK:
        _scanned(name, data)
    return kind


def _scanned(name: str, data: bytes) -> None:
    """Give the content to the site's scanner; anything but its consent refuses the file."""
    try:
        done = subprocess.run(
            shlex.split(settings.FAZHI_FILE_CHECK), input=data, capture_output=True, timeout=_CHECK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(Fault(f"“{name}”未能完成安全检查，没有接收；请稍后再试或联系系统管理员", "file")) from error
    if done.returncode != 0:
        raise Refused(Fault(f"“{name}”没有通过安全检查，没有接收", "file"))


def _pages(kind: Kind, data: bytes) -> int | None:
    if kind is not PDF:
        return None
    try:
        return len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        raise Refused(Fault("PDF文件打不开或已加密，请另存后重试", "file")) from error


def _held(attachment_id: int, actor: Actor, *, lock: bool = False) -> tuple[Attachment, Any]:
    found = Attachment.objects.select_related("matter").filter(pk=attachment_id).first()
    if found is None:
        raise Unseen(f"attachment {attachment_id}")
    return found, fetch(actor, workflow_named(found.matter.record).record, found.matter_id, lock=lock)


def _allowed(actor: Actor, line: str, case: Any) -> None:
    if case.void_reason:
        raise NotYours("本案已作废，卷内材料不能再改动")
    if actor.system or any(hat.unit_id in case.unit.audience for hat in actor.hats_in(line)):
        return
    raise NotYours("您不能改动本案的卷内材料")


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotYours("材料由人入卷")
    return actor.account_id
