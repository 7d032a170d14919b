"""PDF on the grid of GB/T 9704-2012, measured in the file that was made."""

from __future__ import annotations

import datetime
import io
import struct
import zlib
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from fazhi.kernel.casework.papers.rendering import (
    Cell,
    Document,
    DoesNotFit,
    Heading,
    Labelled,
    Layout,
    MissingGlyph,
    Paragraph,
    Seal,
    Signature,
    Table,
    to_pdf,
)
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Line, Pdf, without_space

FULL = Document(layout=Layout.INSTRUMENT, organ="某局", title=("通知",), blocks=(Paragraph.of("国" * 28 * 60),))


@pytest.fixture(scope="module")
def full() -> Pdf:
    return Pdf(FULL)


def body(pdf: Pdf, page: int) -> list[Line]:
    return [line for line in pdf.lines(page) if line.top < 262]


def test_a_full_page_holds_22_lines_of_28_characters(full: Pdf) -> None:
    lines = body(full, 1)
    assert len(lines) == 22
    assert {line.text for line in lines} == {"国" * 28}


def test_the_type_area_is_156_by_225_millimetres_at_its_margins(full: Pdf) -> None:
    assert full.size(1) == pytest.approx((210, 297), abs=0.1)
    lines = body(full, 1)
    assert lines[0].top == pytest.approx(37, abs=0.05)
    assert lines[-1].bottom == pytest.approx(37 + 225, abs=0.05)
    assert {round(line.left, 1) for line in lines} == {28.0}
    assert {round(line.right) for line in lines} == {28 + 156}


def test_the_lines_stand_evenly(full: Pdf) -> None:
    steps = [below.top - above.top for above, below in pairwise(body(full, 1))]
    assert max(steps) - min(steps) < 0.05


def test_the_first_line_of_a_paragraph_stands_two_characters_in(full: Pdf) -> None:
    first = next(line for line in full.lines(0) if "国" in line.text)
    assert first.text == "国" * 26
    assert first.left == pytest.approx(28 + 2 * 156 / 28, abs=0.05)


def test_page_numbers_stand_seven_millimetres_below_at_the_outer_corner(full: Pdf) -> None:
    for page in range(3):
        number = full.lines(page)[-1]
        assert number.text == f"—{page + 1}—"
        assert (number.top + number.bottom) / 2 == pytest.approx(262 + 7, abs=0.5)
        if page % 2 == 0:
            assert number.right == pytest.approx(184 - 4.94, abs=1)
        else:
            assert number.left == pytest.approx(28 + 4.94, abs=1)


def test_the_red_mark_hangs_35_millimetres_below_the_type_areas_edge_whatever_is_noticed() -> None:
    document = samples.redhead()
    for changed in (document, replace(document, copy_number="", urgency=""), replace(document, mark="某某文件")):
        mark = max(Pdf(changed).lines(0), key=lambda line: line.bottom - line.top)
        assert mark.top == pytest.approx(37 + 35, abs=0.1)


def test_the_red_rule_is_as_wide_as_the_type_area_and_four_millimetres_below_the_number() -> None:
    pdf = Pdf(samples.redhead())
    number = next(line for line in pdf.lines(0) if "〔2026〕" in line.text)
    (rule,) = pdf.strokes(0)
    assert rule.right - rule.left == pytest.approx(156, abs=1.1)  # bounds reach half a stroke farther at either end
    assert (rule.top + rule.bottom) / 2 == pytest.approx(number.bottom + 4, abs=0.1)


def test_a_letter_has_its_mark_30_millimetres_down_and_two_double_rules_of_170() -> None:
    pdf = Pdf(samples.letter())
    lines = pdf.lines(0)
    assert lines[0].top == pytest.approx(30, abs=0.1)
    strokes = sorted(pdf.strokes(0), key=lambda stroke: stroke.top)
    assert len(strokes) == 4
    assert all(stroke.right - stroke.left == pytest.approx(170, abs=1.5) for stroke in strokes)
    assert all((stroke.right + stroke.left) / 2 == pytest.approx(28 + 78, abs=0.05) for stroke in strokes)
    thickness = [stroke.bottom - stroke.top for stroke in strokes]
    assert thickness[0] > thickness[1]
    assert thickness[2] < thickness[3]
    assert strokes[3].bottom == pytest.approx(297 - 20, abs=0.8)


def test_the_first_page_of_a_letter_has_no_number_and_the_second_has() -> None:
    pdf = Pdf(samples.letter())
    assert "—1—" not in without_space(pdf.text(0))
    assert pdf.lines(1)[-1].text == "—2—"


def test_the_imprint_stands_at_the_foot_of_the_last_page() -> None:
    pdf = Pdf(samples.redhead())
    lines = pdf.lines(len(pdf) - 1)
    issued = next(line for line in lines if line.text.endswith("印发"))
    assert issued.bottom == pytest.approx(262, abs=2.5)
    assert "抄送：" in pdf.text(len(pdf) - 1)
    assert all("抄送：" not in pdf.text(page) for page in range(len(pdf) - 1))


def test_a_heading_row_is_repeated_on_every_page() -> None:
    pdf = Pdf(samples.ledger())
    assert len(pdf) == 3
    assert pdf.size(0) == pytest.approx((297, 210), abs=0.1)
    assert all("序号" in pdf.text(page) for page in range(3))


def test_a_row_longer_than_a_page_goes_on_over_pages_inside_the_type_area() -> None:
    long = Table.of(("项目", "内容"), [("说明", Cell.of(samples.SENTENCE * 40))], widths=(1, 5))
    pdf = Pdf(replace(FULL, blocks=(Heading(1, "表"), long)))
    assert len(pdf) >= 2
    assert pdf.whole_text().replace("项目内容", "").count(samples.SENTENCE) == 40
    assert all(line.bottom <= 263 for page in range(len(pdf)) for line in body(pdf, page))
    assert "项目" in pdf.text(0)  # the table does not leave its heading alone on the page before


def test_a_record_is_signed_at_the_foot_of_every_page() -> None:
    pdf = Pdf(samples.record())
    for page in range(3):
        foot = pdf.lines(page)[-1].text
        assert foot == f"被询问人：记录人：第{page + 1}页共3页"


def test_a_label_keeps_its_full_colon() -> None:
    pdf = Pdf(replace(FULL, blocks=(Labelled.of("时间", "国" * 60),)))
    first, second, *_ = (line for line in pdf.lines(0) if "国" in line.text)
    assert first.text.startswith("时间：国")
    assert second.left == pytest.approx(28 + (2 + 3) * 156 / 28, abs=0.3)


def test_a_certificate_is_one_page_without_number_or_refused() -> None:
    pdf = Pdf(samples.certificate())
    assert len(pdf) == 1
    assert "—" not in pdf.text(0)
    long = replace(samples.certificate(), blocks=(Paragraph.of(samples.SENTENCE * 40),))
    with pytest.raises(DoesNotFit, match="聘　书"):
        to_pdf(long, at=samples.AT)


def png(size: int) -> bytes:
    """A red square with 8 bits a channel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\xee\x1c\x25" * size) * size
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_a_seals_picture_lies_over_the_day_at_its_size() -> None:
    signed = replace(
        samples.letter(), signature=Signature(("示范新区司法局",), Seal("示范新区司法局", png(4), diameter=40))
    )
    made = to_pdf(signed, at=samples.AT)
    with pypdfium2.PdfDocument(made) as pdf:
        page = pdf[1]
        height = page.get_size()[1]
        (picture,) = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5)
        left, bottom, right, top = picture.get_bounds()
        day = next(line for line in Pdf(signed).lines(1) if line.text == "2026年3月5日")
    millimetre = 72 / 25.4
    assert (right - left) / millimetre == pytest.approx(40, abs=0.1)
    assert left / millimetre < day.left
    assert right / millimetre > day.right
    assert (height - top) / millimetre < day.top
    assert (height - bottom) / millimetre > day.bottom


def test_the_file_says_what_it_is() -> None:
    pdf = Pdf(samples.redhead())
    facts = pdf.facts()
    assert facts["Title"] == samples.redhead().name
    assert facts["Author"] == "示范新区管理委员会"
    assert facts["Keywords"] == "内部, 主动公开"
    assert facts["CreationDate"] == "D:20260305013000Z"
    assert b"pdfaid:part>2<" in pdf.bytes.replace(b'"', b">")


def test_words_are_never_taken_for_markup() -> None:
    odd = '#let x = 1 $a^2$ *b* _c_ `d` <e> @f "g" \\h // i = j - k + l [m] {n} ~'
    assert without_space(odd) in Pdf(replace(FULL, blocks=(Paragraph.of(odd),))).whole_text()


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_pdf(FULL, at=datetime.datetime(2026, 3, 5))  # noqa: DTZ001 - this is what must not pass


def test_a_character_without_glyph_is_refused_by_name() -> None:
    with pytest.raises(MissingGlyph, match="😀"):
        to_pdf(replace(FULL, blocks=(Paragraph.of("好😀"),)), at=samples.AT)


def test_the_picture_in_a_pdf_is_the_seal_only() -> None:
    made = to_pdf(samples.instrument(), at=samples.AT)
    with pypdfium2.PdfDocument(io.BytesIO(made)) as pdf:
        found = [found for page in pdf for found in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=5)]
    assert found == []  # the QR code is drawn, so that it prints sharp at any size
