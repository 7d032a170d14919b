"""What closes a paper: the list of attachments, the signature, and at the foot of the last page check code and imprint."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import segno
from docx.parts.document import DocumentPart
from docx.shared import Mm
from lxml import etree

from fazhi.kernel.casework.papers.rendering import composition
from fazhi.kernel.casework.papers.rendering.document import Check, Document, Layout
from fazhi.kernel.casework.papers.rendering.word import markup, measures, styles
from fazhi.kernel.casework.papers.rendering.word.markup import Element, Indent, Rule, Spacing, Tab

_PICTURE: Final = 22.0  # millimetres
_PICTURE_COLUMN: Final = markup.twips(_PICTURE + 4)
_IMPRINT_SIDE: Final = 14 * measures.POINT  # one character of its type on either side
_OUTER: Final = Rule(8)
_INNER: Final = Rule(6)


def attachment_note(document: Document) -> Iterator[Element]:
    """附件说明: one line free below the text, two characters in, further lines under the first of each title."""
    label = "附件："
    hanging = len(label) * measures.CHARACTER
    for n, (number, title) in enumerate(composition.attachment_note(document)):
        own = round(composition.width_in_characters(number) * measures.CHARACTER)
        yield markup.paragraph(
            styles.ATTACHMENT_NOTE,
            markup.run(f"{label if n == 0 else ''}{number}{title}"),
            keep_next=document.signature is not None,
            spacing=Spacing(before=measures.PITCH) if n == 0 else None,
            indent=Indent(left=2 * measures.CHARACTER + hanging + own, hanging=own + hanging if n == 0 else own),
        )


def signature(document: Document) -> Iterator[Element]:
    """Organs and day, indented from the right as the standard says, kept on one page; then the note."""
    lines = composition.signature_lines(document)
    sealed = document.signature is not None and document.signature.seal is not None
    for n, line in enumerate(lines):
        yield markup.paragraph(
            styles.SIGNATURE,
            markup.run(line.text),
            keep_next=n < len(lines) - 1,
            spacing=Spacing(before=(2 if sealed else 1) * measures.PITCH) if n == 0 else None,
            indent=Indent(right_characters=line.room, character=measures.CHARACTER),
        )
    if document.note:
        yield markup.paragraph(styles.BODY, markup.run(composition.note(document)))


def foot(document: Document, part: DocumentPart) -> Iterator[Element]:
    """Check code and imprint in one table that hangs at the foot of the page its last paragraph stands on."""
    rows = [*_check(document, part), *_imprint(document)]
    if not rows:
        return
    # Measured from the page's edge: from the margin, LibreOffice takes a table as wide as the text for an ordinary one.
    floating = markup.w(
        "tblpPr", leftFromText=0, rightFromText=0, topFromText=_IMPRINT_SIDE, bottomFromText=0,
        vertAnchor="margin", horzAnchor="page", tblpX=markup.twips(measures.page_of(document.layout).left),
        tblpYSpec="bottom",
    )  # fmt: skip
    width = measures.text_width(document.layout)
    yield markup.table("TableNormal", (_PICTURE_COLUMN, width - _PICTURE_COLUMN), *rows, floating=floating)
    yield markup.paragraph(styles.SPACER)


def _check(document: Document, part: DocumentPart) -> Iterator[Element]:
    check = document.check
    if check is None:
        return
    words = "\n".join(composition.check_lines(check))
    width = measures.text_width(document.layout)
    yield markup.row(
        markup.cell(
            _PICTURE_COLUMN,
            markup.paragraph(styles.CHECK, _picture(check, part), spacing=Spacing(line=markup.AS_TALL_AS_CONTENT)),
        ),
        markup.cell(width - _PICTURE_COLUMN, markup.paragraph(styles.CHECK, markup.run(words))),
        least=_PICTURE_COLUMN,
    )


def _picture(check: Check, part: DocumentPart) -> Element:
    """The QR code of the address as a picture in a run."""
    drawn = io.BytesIO()
    segno.make(check.address, error="m", micro=False).save(drawn, kind="png", scale=8, border=2)
    drawn.seek(0)
    inline = part.new_pic_inline(drawn, width=Mm(_PICTURE))
    inline.docPr.set("descr", "核验二维码")
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    return markup.drawing(etree.tostring(inline, encoding="unicode"))


def _imprint(document: Document) -> Iterator[Element]:
    lines = composition.imprint_lines(document)
    width = measures.text_width(document.layout)
    ruled = document.layout is not Layout.LETTER
    for n, line in enumerate(lines):
        label = round(composition.width_in_characters(line.label) * _IMPRINT_SIDE)
        words = markup.paragraph(
            styles.IMPRINT,
            markup.run(f"{line.label}{line.text}" + (f"\t{line.right}" if line.right else "")),
            tabs=(Tab(width - _IMPRINT_SIDE, "right"),) if line.right else (),
            indent=Indent(
                left=_IMPRINT_SIDE + label, right=None if line.right else _IMPRINT_SIDE, hanging=label or None
            ),
        )
        borders = markup.cell_borders(top=_OUTER if n == 0 else _INNER, bottom=_OUTER if line is lines[-1] else _INNER)
        yield markup.row(markup.cell(width, words, columns=2, borders=borders if ruled else None))
