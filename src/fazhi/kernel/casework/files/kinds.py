"""Kinds of files that may be attached, told by their content, never by their name or what a browser claims."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from fazhi.kernel.ground.core.errors import Fault


@dataclass(frozen=True, slots=True)
class Kind:
    """This kind: media type, the endings its files bear, and whether browsers may show it in place."""

    media: str
    label: str
    endings: tuple[str, ...]
    shown: bool = False


PDF = Kind("application/pdf", "PDF", (".pdf",), shown=True)
PNG = Kind("image/png", "图片", (".png",), shown=True)
JPEG = Kind("image/jpeg", "图片", (".jpg", ".jpeg"), shown=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", (".docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", (".xlsx",))
OFD = Kind("application/ofd", "OFD", (".ofd",))
OLE = Kind("application/x-ole-storage", "Word、Excel（97-2003）", (".doc", ".xls", ".wps", ".et"))
TEXT = Kind("text/plain", "文本", (".txt", ".csv"))
_ALL = (PDF, PNG, JPEG, DOCX, XLSX, OFD, OLE, TEXT)
_MAGIC = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_INSIDE = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("OFD.xml", OFD))


def kind_of(name: str, content: bytes) -> tuple[Kind | None, Fault | None]:
    """The kind of a file by what it holds, or why it may not be attached."""
    found = _by_content(content)
    if found is None:
        known = "、".join(dict.fromkeys(kind.label for kind in _ALL))
        return None, Fault(f"“{name}”的内容不是可以接收的类型；可以接收：{known}", "file")
    ending = PurePath(name).suffix.lower()
    if ending not in found.endings:
        return None, Fault(f"“{name}”的内容是{found.label}，扩展名应为{'或'.join(found.endings)}，请核对文件", "file")
    return found, None


def _by_content(content: bytes) -> Kind | None:
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if b"\x00" not in content[:8192]:
        for encoding in ("utf-8", "gb18030"):
            try:
                content.decode(encoding)
            except UnicodeDecodeError:
                continue
            return TEXT
    return None


def _packed(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for name, kind in _INSIDE if name in names), None)
