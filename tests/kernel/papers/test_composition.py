"""What layouts add of their own: counted headings, fixed labels, places of signatures."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from fazhi.kernel.casework.papers.rendering import (
    Attachment,
    Document,
    Heading,
    Imprint,
    Labelled,
    Layout,
    List,
    Paragraph,
    Seal,
    Signature,
    composition,
    geometry,
)
from tests.kernel.papers import samples

DAY = datetime.date(2026, 3, 5)


def paper(**changes: object) -> Document:
    base = Document(layout=Layout.REDHEAD, organ="某局", title=("通知",), blocks=())
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (99, "九十九")]
)
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert composition.chinese_number(number) == words


def test_headings_do_not_count_past_99() -> None:
    with pytest.raises(ValueError, match="not 100"):
        composition.chinese_number(100)


def test_a_heading_restarts_the_levels_below_it() -> None:
    levels = (1, 2, 3, 4, 4, 3, 2, 1, 2)
    composed = list(composition.numbered(Heading(level, "题") for level in levels))
    assert [block.text for block in composed if isinstance(block, Heading)] == [
        "一、题", "（一）题", "1.题", "（1）题", "（2）题", "2.题", "（二）题", "二、题", "（一）题",
    ]  # fmt: skip


def test_a_heading_without_number_is_not_counted() -> None:
    blocks = (Heading(1, "前言", numbered=False), Heading(1, "正文"))
    assert [block.text for block in composition.numbered(blocks) if isinstance(block, Heading)] == ["前言", "一、正文"]


def test_dates_have_no_leading_zeros() -> None:
    assert composition.date_text(DAY) == "2026年3月5日"


@pytest.mark.parametrize(
    ("layout", "mark"),
    [(Layout.REDHEAD, "某局文件"), (Layout.LETTER, "某局"), (Layout.MINUTES, "某局会议纪要"), (Layout.REPORT, "")],
)
def test_the_mark_is_made_from_the_organ(layout: Layout, mark: str) -> None:
    assert composition.mark(paper(layout=layout)) == mark


def test_a_mark_that_is_given_stands() -> None:
    assert composition.mark(paper(mark="某局 某厅文件")) == "某局 某厅文件"


@pytest.mark.parametrize("length", [1, 4, 9, 17, 40])
def test_a_mark_fits_one_line(length: int) -> None:
    size = geometry.mark_size("字" * length, largest=54.0)
    assert 0 < size <= 54.0
    assert size * length <= geometry.PORTRAIT.text_width * geometry.POINTS_PER_MM


def test_an_instrument_begins_with_its_organ() -> None:
    assert composition.title_lines(paper(layout=Layout.INSTRUMENT)) == ("某局", "通知")
    assert composition.title_lines(paper()) == ("通知",)


@pytest.mark.parametrize(("given", "printed"), [("各科室", "各科室："), ("各科室：", "各科室："), ("", "")])
def test_addressees_end_with_one_colon(given: str, printed: str) -> None:
    assert composition.addressees(paper(addressees=given)) == printed


def test_only_what_concerns_the_reader_is_noticed() -> None:
    document = paper(copy_number="000001", urgency="特急")
    assert composition.notices(document) == ("000001", "特急")


def test_a_single_attachment_has_no_number() -> None:
    one = paper(attachments=(Attachment("表"),))
    assert composition.attachment_note(one) == (("", "表"),)
    assert composition.attachment_marks(one) == ("附件",)
    two = paper(attachments=(Attachment("表"), Attachment("图")))
    assert composition.attachment_note(two) == (("1.", "表"), ("2.", "图"))
    assert composition.attachment_marks(two) == ("附件1", "附件2")


def test_list_items_carry_their_marks() -> None:
    assert [mark for mark, _ in composition.list_items(List.of("甲", "乙", ordered=True))] == ["1.", "2."]
    assert [mark for mark, _ in composition.list_items(List.of("甲"))] == ["——"]


def test_under_a_seal_the_day_stands_four_characters_in_and_the_organ_centred_over_it() -> None:
    document = paper(dated=DAY, signature=Signature(("某某区司法局",), Seal("某某区司法局")))
    organ, day = composition.signature_lines(document)
    assert day.room == 4.0
    middle = [line.room + composition.width_in_characters(line.text) / 2 for line in (organ, day)]
    assert middle[0] == middle[1]


def test_an_organ_wider_than_the_day_moves_neither_past_the_margin() -> None:
    document = paper(dated=DAY, signature=Signature(("某某省某某市某某新区司法局办公室",), Seal("某")))
    assert min(line.room for line in composition.signature_lines(document)) == 0.0


def test_without_a_seal_the_day_begins_two_characters_after_the_organ() -> None:
    document = paper(dated=DAY, signature=Signature(("某某区司法局",)))
    organ, day = composition.signature_lines(document)
    begins = [line.room + composition.width_in_characters(line.text) for line in (organ, day)]
    assert begins[0] - begins[1] == 2.0
    assert min(organ.room, day.room) >= 2.0


def test_a_draft_is_signed_without_a_day() -> None:
    assert [line.text for line in composition.signature_lines(paper(signature=Signature(("某局",))))] == ["某局"]


def test_the_imprint_tells_openness_copies_and_office() -> None:
    imprint = Imprint(("甲", "乙"), "某局办公室", DAY)
    lines = composition.imprint_lines(paper(imprint=imprint))
    assert [(line.label, line.text, line.right) for line in lines] == [
        ("公开属性：", "依申请公开", ""),
        ("抄送：", "甲，乙。", ""),
        ("", "某局办公室", "2026年3月5日印发"),
    ]
    assert [line.label for line in composition.imprint_lines(paper(layout=Layout.LETTER, imprint=imprint))] == [
        "抄送："
    ]


def test_a_short_last_paragraph_goes_with_the_signature_and_a_long_one_does_not() -> None:
    short, long = Paragraph.of("请执行。"), Paragraph.of("长" * 200)
    signed = paper(blocks=(long, short), signature=Signature(("某局",)))
    assert composition.stays_with_signature(signed, signed.blocks[1])
    assert not composition.stays_with_signature(signed, signed.blocks[0])
    assert not composition.stays_with_signature(paper(blocks=(short,)), short)
    tall = paper(blocks=(long,), signature=Signature(("某局",)))
    assert not composition.stays_with_signature(tall, tall.blocks[0])


def test_those_present_stand_a_line_below_the_text_of_minutes_only() -> None:
    minutes = samples.minutes()
    freed = composition.block_after_free_line(minutes)
    assert isinstance(freed, Labelled)
    assert freed.label == "出席"
    assert composition.block_after_free_line(replace(minutes, layout=Layout.REPORT)) is None


def test_width_counts_latin_half() -> None:
    assert composition.width_in_characters("2026年") == 3.0
