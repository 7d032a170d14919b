"""Papers as PDF/A-2b, set by typst on the measured grid of GB/T 9704-2012."""

from __future__ import annotations

import base64
import datetime
import io
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import pypdfium2
import segno
import typst

from fazhi.kernel.casework.papers.rendering import composition, geometry
from fazhi.kernel.casework.papers.rendering.document import (
    Block,
    Document,
    Heading,
    Labelled,
    Layout,
    List,
    PageBreak,
    Paragraph,
    Seal,
    SignatureLine,
)
from fazhi.kernel.casework.papers.rendering.fonts import FontLibrary, font_library
from fazhi.kernel.casework.papers.rendering.tables import Align, Table, place
from fazhi.kernel.casework.papers.rendering.text import PaperError, Run, Text

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")
_TABLE_SIZES: Final = {Layout.FORM: geometry.SIZE_4_PT, Layout.LEDGER: geometry.SIZE_5_PT}

Data = dict[str, Any]


class DoesNotFit(PaperError):
    """This paper must be a single page and its text needs more."""


class _Typesetter:
    """One typst compiler over one font library; compilers keep their caches but serve one caller at a time."""

    def __init__(self, fonts: FontLibrary) -> None:
        self._lock = Lock()
        self._compiler = typst.Compiler(
            input=_TEMPLATE, root=_TEMPLATE.parent, font_paths=fonts.fonts, ignore_system_fonts=True
        )

    def set(self, data: Data, at: datetime.datetime) -> bytes:
        with self._lock:
            made = self._compiler.compile(
                sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
                format="pdf",
                pdf_standards=["a-2b"],
                timestamp=at,
            )
        if not isinstance(made, bytes):
            raise TypeError("the typesetter returned pages instead of one PDF")
        return made


@lru_cache(maxsize=4)
def _typesetter(fonts: FontLibrary) -> _Typesetter:
    return _Typesetter(fonts)


def to_pdf(document: Document, *, at: datetime.datetime, fonts: FontLibrary | None = None) -> bytes:
    """This document as PDF/A-2b, the same bytes for the same document, instant, fonts and version of typst.

    `at` is the instant written into the file, with its time zone. `fonts` defaults to the bundled Noto faces. Raises
    MissingGlyph when a character has no glyph in any font, and DoesNotFit when a certificate needs a second page.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a paper needs a time zone")
    library = font_library() if fonts is None else fonts
    library.require((*document.texts(), composition.FIXED_TEXT))
    made = _typesetter(library).set(_data(document, library), at)
    if document.layout is Layout.CERTIFICATE and _page_count(made) > 1:
        raise DoesNotFit(f"“{document.name}”须在一页之内，请精简文字。")
    return made


def _page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def _data(document: Document, fonts: FontLibrary) -> Data:
    page = geometry.LANDSCAPE if document.layout is Layout.LEDGER else geometry.PORTRAIT
    return {
        "layout": document.layout.value,
        "organ": document.organ,
        "name": document.name,
        "keywords": [document.secrecy.value, document.openness.value],
        "faces": {
            face.value: {"families": choice.families, "thickening": choice.thickening}
            for face, choice in fonts.choices.items()
        },
        "red": f"#{geometry.RED}",
        "geometry": _geometry(page),
        "mark": composition.mark(document),
        "mark_size": composition.mark_size(document),
        "notices": composition.notices(document),
        "number": document.number,
        "number_at_right": document.layout in composition.NUMBER_AT_RIGHT,
        "dated": composition.date_text(document.dated) if document.dated else "",
        "approver": document.approver,
        "title": composition.title_lines(document),
        "subtitle": composition.subtitle(document),
        "addressees": composition.addressees(document),
        "blocks": list(_blocks(document.blocks, document)),
        "attachment_note": composition.attachment_note(document),
        "signature": [{"text": line.text, "room": line.room} for line in composition.signature_lines(document)],
        "seal": _seal(document),
        "note": composition.note(document),
        "attachments": [
            {"mark": mark, "title": attachment.title, "blocks": list(_blocks(attachment.blocks, document))}
            for mark, attachment in zip(composition.attachment_marks(document), document.attachments, strict=True)
            if attachment.blocks
        ],
        "check": _check(document),
        "imprint": [
            {"label": line.label, "text": line.text, "right": line.right}
            for line in composition.imprint_lines(document)
        ],
        "page_signers": document.page_signers,
    }


def _geometry(page: geometry.Page) -> Data:
    # The measured recipe: 22 lines span the type area from the head of the first to the foot of the last, so the
    # pitch is the height without one line of type, divided by the 21 steps between lines.
    steps = page.text_height * geometry.POINTS_PER_MM - geometry.SIZE_3_PT
    line = steps / (geometry.LINES - 1) if page is geometry.PORTRAIT else geometry.LINE_PITCH_PT
    return {
        "page": {"width": page.width, "height": page.height, "top": page.top, "right": page.right,
                 "bottom": page.bottom, "left": page.left},
        "character": geometry.CHARACTER_PITCH_PT,
        "line": line,
        "body": geometry.SIZE_3_PT,
        "mark_below": geometry.MARK_BELOW_TYPE_AREA,
        "rule_below": geometry.RULE_BELOW_NUMBER,
        "letter_mark": geometry.LETTER_MARK_FROM_EDGE,
        "letter_rule": geometry.LETTER_RULE_LENGTH,
        "letter_foot": geometry.LETTER_RULE_FROM_FOOT,
        "page_number": geometry.PAGE_NUMBER_BELOW_TYPE_AREA,
    }  # fmt: skip


def _runs(runs: Iterable[Run]) -> list[Data]:
    return [{"text": run.text, "strong": isinstance(run, Text) and run.strong} for run in runs]


def _blocks(blocks: tuple[Block, ...], document: Document) -> Iterator[Data]:
    freed = composition.block_after_free_line(document)
    for block in composition.numbered(blocks):
        match block:
            case Heading():
                yield {"kind": "heading", "level": block.level, "text": block.text}
            case Paragraph():
                sticky = composition.stays_with_signature(document, block)
                yield {"kind": "paragraph", "runs": _runs(block.runs), "indent": block.indent,
                       "align": block.align.value, "sticky": sticky}  # fmt: skip
            case Labelled():
                yield {"kind": "labelled", "label": block.label, "runs": _runs(block.runs), "freed": block is freed}
            case List():
                yield {
                    "kind": "list",
                    "items": [{"mark": mark, "runs": _runs(runs)} for mark, runs in composition.list_items(block)],
                }
            case Table():
                yield _table(block, document.layout)
            case SignatureLine():
                on = composition.date_text(block.on) if block.on else composition.BLANK_DATE
                yield {"kind": "signature_line", "label": block.label, "name": block.name, "on": on}
            case PageBreak():
                yield {"kind": "page_break"}


def _table(table: Table, layout: Layout) -> Data:
    rows = (*table.header, *table.rows)
    may_break = [composition.row_may_break(row) for row in rows]
    return {
        "kind": "table",
        "size": _TABLE_SIZES.get(layout, geometry.SIZE_SMALL_4_PT),
        "framed": layout in _TABLE_SIZES,
        "widths": table.widths,
        "header": len(table.header),
        "heights": [row.height for row in rows],
        "cells": [
            {
                "row": placed.row,
                "column": placed.column,
                "columns": placed.cell.columns,
                "rows": placed.cell.rows,
                "label": placed.cell.label or placed.row < len(table.header),
                "align": (Align.CENTER if placed.row < len(table.header) else table.align(placed)).value,
                "runs": _runs(placed.cell.runs),
                "breakable": may_break[placed.row],
            }
            for placed in place(rows, len(table.widths), table.caption)
        ],
        "caption": table.caption,
        "unit": table.unit,
        "notes": table.notes,
    }


def _seal(document: Document) -> Data | None:
    seal = document.signature.seal if document.signature else None
    lines = composition.signature_lines(document)
    if seal is None or not lines:
        return None
    middle = lines[-1].room + composition.width_in_characters(lines[-1].text) / 2
    return {"owner": seal.owner, "diameter": seal.diameter, "middle": middle, "picture": _picture(seal)}


def _picture(seal: Seal) -> str:
    """The seal's PNG wrapped as SVG text, the one form in which a picture can travel inside JSON."""
    if seal.image is None:
        return ""
    encoded = base64.b64encode(seal.image).decode("ascii")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:image/png;base64,{encoded}"/></svg>'
    )


def _check(document: Document) -> Data | None:
    if document.check is None:
        return None
    drawn = io.BytesIO()
    segno.make(document.check.address, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return {"lines": composition.check_lines(document.check), "picture": drawn.getvalue().decode("utf-8")}
