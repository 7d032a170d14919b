"""One paper put together as a Word file: text, page, footers, properties, in a package that is the same to the byte."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from lxml import etree

from fazhi.kernel.casework.papers.rendering import composition, geometry
from fazhi.kernel.casework.papers.rendering.document import Document, Layout
from fazhi.kernel.casework.papers.rendering.fonts import FontLibrary, font_library
from fazhi.kernel.casework.papers.rendering.tables import Align
from fazhi.kernel.casework.papers.rendering.word import foot, heads, markup, measures, styles
from fazhi.kernel.casework.papers.rendering.word.blocks import Blocks
from fazhi.kernel.casework.papers.rendering.word.markup import Element, Indent, Spacing, Tab
from fazhi.kernel.casework.papers.rendering.word.skeleton import skeleton, zipped

_NUMBER_SIDE: Final = round(geometry.SIZE_4_PT * measures.POINT)  # page numbers stand one character in
_HEADER: Final = 15.0  # millimetres; only a letter has anything there
_DASH_ABOVE_FOOT: Final = 178  # twips from the foot of a footer's line to the middle of its dashes
_SIGNING_SIZE: Final = geometry.SIZE_SMALL_4_PT
_ROOM_TO_SIGN: Final = markup.twips(26)
_BORDER_LINES: Final = {
    "top": "thinThickMediumGap",
    "left": "thinThickMediumGap",
    "bottom": "thickThinMediumGap",
    "right": "thickThinMediumGap",
}
_BORDER_WEIGHT: Final = 24  # eighths of a point
_FARTHEST_BORDER: Final = 31  # points from the page's edge: Word knows no more


def to_docx(document: Document, *, at: datetime.datetime, fonts: FontLibrary | None = None) -> bytes:
    """This document as a Word file, the same bytes for the same document and instant.

    `at` is the instant written into the file's properties, with its time zone. What `to_pdf` refuses for its
    characters is refused here too, over the same `fonts`: raises MissingGlyph, so that no Word file promises a paper
    that cannot be printed. A seal's picture is not in the file (see Seal).
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a paper needs a time zone")
    library = font_library() if fonts is None else fonts
    library.require((*document.texts(), composition.FIXED_TEXT))
    file = docx.Document(io.BytesIO(skeleton(document.layout)))
    _describe(file, document, at)
    body = markup.w("body", *_content(document, file.part), _section(document, file.part))
    return _saved(file, markup.part("document", body))


def _content(document: Document, part: DocumentPart) -> Iterator[Element]:
    blocks = Blocks(document, lambda address: part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    yield from heads.head(document)
    yield from blocks.text()
    yield from foot.attachment_note(document)
    yield from foot.signature(document)
    yield from blocks.attachments()
    yield from foot.foot(document, part)


def _describe(file: WordFile, document: Document, at: datetime.datetime) -> None:
    facts = file.core_properties
    facts.title = document.name
    facts.author = document.organ
    facts.last_modified_by = document.organ
    facts.keywords = f"{document.secrecy.value},{document.openness.value}"
    facts.language = "zh-CN"
    facts.created = facts.modified = at.astimezone(datetime.UTC)
    facts.revision = 1


def _saved(file: WordFile, text: bytes) -> bytes:
    """The package with this text for its own, written again because zip entries carry the day they were made."""
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped({**parts, file.part.partname.membername: text})


# ---- page ------------------------------------------------------------------------------------------------------------


def _section(document: Document, part: DocumentPart) -> Element:
    page = measures.page_of(document.layout)
    landscape = page.width > page.height
    letter = document.layout is Layout.LETTER
    header = geometry.LETTER_MARK_FROM_EDGE if letter else _HEADER
    footer = markup.twips(geometry.LETTER_RULE_FROM_FOOT) if letter else _number_foot(page)
    return markup.w(
        "sectPr",
        *_first_page(document, part),
        *_footers(document, part),
        markup.w(
            "pgSz", w=markup.twips(page.width), h=markup.twips(page.height), orient="landscape" if landscape else None
        ),
        markup.w(
            "pgMar", top=markup.twips(page.top), right=markup.twips(page.right), bottom=markup.twips(page.bottom),
            left=markup.twips(page.left), header=markup.twips(header), footer=footer, gutter=0,
        ),
        _page_border() if document.layout is Layout.CERTIFICATE else None,
        markup.flag("titlePg", letter),
        markup.w("docGrid", type="lines", linePitch=measures.PITCH),
    )  # fmt: skip


def _page_border() -> Element:
    """The certificate's red border, thick outside and thin inside: each edge is named from its lower or right line."""
    return markup.w(
        "pgBorders",
        *(
            markup.w(edge, val=lines, sz=_BORDER_WEIGHT, space=_FARTHEST_BORDER, color=geometry.RED)
            for edge, lines in _BORDER_LINES.items()
        ),
        offsetFrom="page",
    )


def _number_foot(page: geometry.Page) -> int:
    """How far in twips the foot of a page number's line stands from the page's edge."""
    return markup.twips(page.bottom - geometry.PAGE_NUMBER_BELOW_TYPE_AREA) - _DASH_ABOVE_FOOT


def _first_page(document: Document, part: DocumentPart) -> Iterator[Element]:
    """The first page of a letter: its mark and rules stand where other pages have nothing or a number."""
    if document.layout is Layout.LETTER:
        made, relation = part.add_header_part()  # type: ignore[no-untyped-call]
        yield _reference(made, "headerReference", "first", relation, heads.letter_header(document))
        made, relation = part.add_footer_part()  # type: ignore[no-untyped-call]
        yield _reference(made, "footerReference", "first", relation, heads.letter_footer())


def _footers(document: Document, part: DocumentPart) -> Iterator[Element]:
    """The footers of odd and even pages; a certificate, which is one page, has none."""
    if document.layout is Layout.CERTIFICATE:
        return
    if document.page_signers:
        yield _footer(part, "default", (_signing_foot(document),))
        yield _footer(part, "even", (_signing_foot(document),))
    else:
        yield _footer(part, "default", _page_number(document, Indent(right=_NUMBER_SIDE), Align.RIGHT))
        yield _footer(part, "even", _page_number(document, Indent(left=_NUMBER_SIDE), Align.LEFT))


def _footer(part: DocumentPart, kind: str, content: Iterable[Element]) -> Element:
    made, relation = part.add_footer_part()  # type: ignore[no-untyped-call]
    return _reference(made, "footerReference", kind, relation, content)


def _reference(
    made: HeaderPart | FooterPart, tag: str, kind: str, relation: str, content: Iterable[Element]
) -> Element:
    """Fills this header or footer and refers to it."""
    made.element.clear()
    made.element.extend(etree.fromstring(markup.part(tag, *content)))
    return markup.w(tag, type=kind, relation=relation)


def _page_number(document: Document, indent: Indent, align: Align) -> Iterator[Element]:
    number = (markup.run("— "), markup.field("PAGE"), markup.run(" —"))
    yield markup.paragraph(styles.FOOTER, *number, indent=indent, align=align)
    if document.layout is Layout.LETTER:  # its footers end lower, where the first page has its rule
        raised = _number_foot(geometry.PORTRAIT) - markup.twips(geometry.LETTER_RULE_FROM_FOOT)
        yield markup.paragraph(styles.SPACER, spacing=Spacing(line=raised))


def _signing_foot(document: Document) -> Element:
    """A place to sign for each who signs every page, and which page of how many this is."""
    content: list[Element] = []
    stops: list[Tab] = []
    reached = 0.0
    for n, signer in enumerate(document.page_signers):
        words = f"{'　' if n else ''}{signer}："
        reached += composition.width_in_characters(words) * _SIGNING_SIZE * measures.POINT + _ROOM_TO_SIGN
        stops.append(Tab(round(reached)))
        content += (markup.run(words, size=_SIGNING_SIZE), markup.run("\t", underlined=True, size=_SIGNING_SIZE))
    stops.append(Tab(measures.text_width(document.layout), "right"))
    content += (
        markup.run("\t第", size=_SIGNING_SIZE), markup.field("PAGE", _SIGNING_SIZE),
        markup.run("页　共", size=_SIGNING_SIZE), markup.field("NUMPAGES", _SIGNING_SIZE),
        markup.run("页", size=_SIGNING_SIZE),
    )  # fmt: skip
    return markup.paragraph(styles.FOOTER, *content, tabs=stops, align=Align.LEFT)
