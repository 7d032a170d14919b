"""The text of a Word file: paragraphs, figures, tables, and what closes a paper, read from the XML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from fazhi.kernel.casework.papers.rendering import (
    Align,
    Attachment,
    Cell,
    Document,
    Figure,
    Heading,
    Imprint,
    Labelled,
    Layout,
    List,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Text,
)
from fazhi.kernel.casework.papers.rendering.document import PageBreak
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Word, elements, text_of, texts, value, without_space

Sample = Callable[[], Document]
every_layout = pytest.mark.parametrize("sample", samples.EVERY_LAYOUT)
PLAIN = Document(layout=Layout.INSTRUMENT, organ="某局", title=("通知",), blocks=(Paragraph.of("正文"),))


@pytest.fixture(scope="module")
def redhead() -> Word:
    return Word(samples.redhead())


@pytest.fixture(scope="module")
def letter() -> Word:
    return Word(samples.letter())


# ---- blocks ----------------------------------------------------------------------------------------------------------


def test_a_figure_can_be_found_by_its_bookmark() -> None:
    word = Word(samples.report())
    assert word.values("//w:bookmarkStart", "name") == ["f_cases"]
    (start,) = word.find("//w:bookmarkStart")
    following = start.getnext()
    assert following is not None
    assert text_of(following) == "3314件"


def test_bookmarks_are_paired_and_numbered_apart() -> None:
    figures = tuple(Figure(f"{n}件", "key", anchor=f"f{n}") for n in range(5))
    table = Table.of(("甲",), [(Figure("9件", "key", anchor="in_table"),), (Figure("8件", "key"),)])
    word = Word(replace(PLAIN, blocks=(Paragraph.of(*figures), table)))
    starts, ends = word.values("//w:bookmarkStart", "id"), word.values("//w:bookmarkEnd", "id")
    assert starts == ends
    assert len(set(starts)) == 6
    assert word.values("//w:bookmarkStart", "name") == [*(f"f{n}" for n in range(5)), "in_table"]


def test_a_figure_links_to_the_web_and_not_to_a_path_that_leads_nowhere_from_a_file() -> None:
    web = Figure("1件", "key", link="https://papers.example/f/1?a=1&b=2", tooltip="定义")
    word = Word(replace(PLAIN, blocks=(Paragraph.of(web, Figure("2件", "key", link="/f/2")),)))
    (link,) = word.find("//w:hyperlink")
    assert text_of(link) == "1件"
    assert value(link, "tooltip") == "定义"
    targets = [
        entry.get("Target")
        for entry in word.trees["word/_rels/document.xml.rels"]
        if entry.get("TargetMode") == "External"
    ]
    assert targets == ["https://papers.example/f/1?a=1&b=2"]
    assert "2件" in word.text()


def test_strong_text_is_a_style_and_breaks_are_words_own() -> None:
    word = Word(replace(PLAIN, blocks=(Paragraph.of(Text("一是", strong=True), "甲\n乙\t丙"),)))
    assert word.values("//w:r[w:t='一是']/w:rPr/w:rStyle") == ["Strong"]
    assert "一是甲\n乙\t丙" in word.paragraphs()
    assert len(word.find("//w:p[w:pPr/w:pStyle/@w:val='BodyText']//w:br")) == 1


def test_lists_print_their_marks() -> None:
    word = Word(replace(PLAIN, blocks=(List.of("甲", "乙", ordered=True), List.of("丙"))))
    assert word.paragraphs()[-3:] == ["1.甲", "2.乙", "——丙"]


def test_alignment_and_flush_paragraphs_have_no_first_line_indent() -> None:
    blocks = (
        Paragraph.of("中", align=Align.CENTER),
        Paragraph.of("右", align=Align.RIGHT),
        Paragraph.of("顶格", indent=False),
    )
    word = Word(replace(PLAIN, blocks=blocks))
    centre, right, flush = word.find("//w:p")[-3:]
    for paragraph, aligned in ((centre, ["center"]), (right, ["right"]), (flush, [])):
        assert texts(paragraph, "w:pPr/w:jc/@w:val") == aligned
        assert elements(paragraph, "w:pPr/w:pStyle") == []


def test_labelled_text_hangs_after_its_colon() -> None:
    word = Word(samples.minutes())
    labelled = word.find("//w:p[w:pPr/w:pStyle/@w:val='Labelled']")
    assert [text_of(found).split("：")[0] for found in labelled] == ["出席", "请假", "列席"]
    (indent,) = elements(labelled[0], "w:pPr/w:ind")
    assert (value(indent, "left"), value(indent, "hanging")) == (str(5 * 315), str(3 * 315))
    assert texts(labelled[0], "w:r[1]/w:rPr/w:rStyle/@w:val") == ["Strong"]
    # Those present stand a line below the text; the others follow them directly.
    before = [texts(found, "w:pPr/w:spacing/@w:before") for found in labelled]
    assert before == [["579"], [], []]


def test_a_line_to_sign_is_underlined_up_to_a_tab_and_leaves_room_for_the_day() -> None:
    label = "见证人（签名或者盖章或者按指印）"
    word = Word(replace(PLAIN, blocks=(SignatureLine("询问人", "甲一", samples.DAY), SignatureLine(label))))
    known, unknown = word.find("//w:p")[-2:]
    assert text_of(known) == "询问人：甲一\t\t2026年3月5日"
    assert text_of(unknown) == f"{label}：\t\t　　年　　月　　日"
    for line in (known, unknown):
        assert len(elements(line, "w:r[w:rPr/w:u/@w:val='single']/w:tab")) == 1
        stops = [int(stop) for stop in texts(line, "w:pPr/w:tabs/w:tab/@w:pos")]
        assert stops[0] + 9 * 315 <= stops[1] == 8845


def test_a_page_break_is_a_property_of_what_follows_it() -> None:
    table = Table.of(("甲",), [("1",)])
    blocks = (
        Heading(1, "前"),
        Paragraph.of("前文"),
        PageBreak(),
        Heading(1, "后"),
        Paragraph.of("后文"),
        PageBreak(),
        table,
        PageBreak(),
        PageBreak(),
        Paragraph.of("末"),
        Labelled.of("时间", "末"),
    )
    word = Word(replace(PLAIN, blocks=blocks))
    assert [text_of(found) for found in word.find("//w:p[w:pPr/w:pageBreakBefore]")] == ["二、后", "", "末"]
    assert word.find("//w:br[@w:type='page']") == []
    (spacer,) = word.find("//w:p[w:pPr/w:pageBreakBefore and w:pPr/w:pStyle/@w:val='Spacer']")
    following = spacer.getnext()
    assert following is not None
    assert str(following.tag).endswith("}tbl")


def test_a_break_at_the_end_of_the_text_does_not_reach_into_the_attachments() -> None:
    attached = Attachment("表", (Paragraph.of("甲"),))
    word = Word(replace(PLAIN, blocks=(Paragraph.of("文"), PageBreak()), attachments=(attached,)))
    assert [text_of(found) for found in word.find("//w:p[w:pPr/w:pageBreakBefore]")] == ["附件"]


# ---- tables ----------------------------------------------------------------------------------------------------------


def test_heading_rows_are_repeated_and_short_rows_stay_whole(redhead: Word) -> None:
    rows = redhead.find("//w:tbl[w:tblPr/w:tblStyle/@w:val='PaperTable']/w:tr")
    assert len(rows) == 42
    heads = [bool(elements(row, "w:trPr/w:tblHeader")) for row in rows]
    assert heads == [True, True, *[False] * 40]
    assert all(elements(row, "w:trPr/w:cantSplit") for row in rows)


def test_a_row_longer_than_a_page_may_go_on_over_pages() -> None:
    word = Word(replace(PLAIN, blocks=(Table.of(("甲",), [(samples.SENTENCE * 20,), ("短",)]),)))
    whole = [bool(elements(row, "w:trPr/w:cantSplit")) for row in word.find("//w:tr")]
    assert whole == [True, False, True]


def test_cells_span_columns_and_rows() -> None:
    table = Table(
        widths=(1, 2, 3),
        header=(),
        rows=(
            Row((Cell.of("竖", rows=2), Cell.of("横", columns=2))),
            Row((Cell.of("甲"), Cell.of("乙"))),
            Row((Cell.of("丙", columns=2), Cell.of("丁"))),
        ),
    )
    word = Word(replace(PLAIN, blocks=(table,)))
    merges = [texts(row, "w:tc/w:tcPr/w:vMerge/@w:val") for row in word.find("//w:tr")]
    assert merges == [["restart"], ["continue"], []]
    spans = [texts(row, "w:tc/w:tcPr/w:gridSpan/@w:val") for row in word.find("//w:tr")]
    assert spans == [["2"], [], ["2"]]
    columns = [int(width) for width in word.values("//w:gridCol", "w")]
    assert sum(columns) == 8845
    for row in word.find("//w:tr"):
        assert sum(int(width) for width in texts(row, "w:tc/w:tcPr/w:tcW/@w:w")) == 8845


@every_layout
def test_every_cell_ends_with_a_paragraph_and_every_table_is_followed_by_one(sample: Sample) -> None:
    word = Word(sample())
    for cell in word.find("//w:tc"):
        assert str(cell[-1].tag).endswith("}p")
    for table in word.find("//w:body/w:tbl"):
        following = table.getnext()
        assert following is not None
        assert str(following.tag).endswith("}p")


def test_tables_that_follow_each_other_stay_apart() -> None:
    table = Table.of(("甲",), [("1",)], notes=("注",))
    word = Word(replace(PLAIN, blocks=(table, table)))
    for found in word.find("//w:body/w:tbl"):
        following = found.getnext()
        assert following is not None
        assert str(following.tag).endswith("}p")


def test_a_forms_rows_have_at_least_their_heights_and_labels_their_face() -> None:
    word = Word(samples.form())
    heights = [int(height) for height in word.values("//w:trHeight", "val")]
    assert heights == [round(height * 1440 / 25.4) for height in (12, 12, 50, 34, 34, 34)]
    assert set(word.values("//w:trHeight", "hRule")) == {"atLeast"}
    labels = [text_of(found) for found in word.find("//w:p[w:pPr/w:pStyle/@w:val='TableLabel']")]
    assert labels == ["申请人", "案号", "审批事项", "事实和理由", "承办人意见", "科室负责人意见", "分管负责人意见"]
    style = word.style("表格文字")
    assert texts(style, "w:rPr/w:sz/@w:val") == ["28"]
    borders = word.style("文书表格")
    assert texts(borders, "w:tblPr/w:tblBorders/*/@w:sz") == ["8"] * 4 + ["4"] * 2


def test_caption_and_unit_stay_with_their_table(redhead: Word) -> None:
    (caption,) = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert text_of(caption) == "各街道人民调解案件统计表"
    unit = caption.getnext()
    assert unit is not None
    assert text_of(unit) == "单位：件"
    assert len(elements(unit, "w:pPr/w:keepNext")) == 1


# ---- what closes a paper ---------------------------------------------------------------------------------------------


def test_a_sealed_day_stands_four_characters_from_the_right(redhead: Word) -> None:
    organ, day = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='Signature']")
    assert (text_of(organ), text_of(day)) == ("示范新区管理委员会", "2026年3月5日")
    (indent,) = elements(day, "w:pPr/w:ind")
    assert value(indent, "rightChars") == "400"
    style = redhead.style("Signature")
    assert texts(style, "w:pPr/w:jc/@w:val") == ["right"]
    assert elements(organ, "w:pPr/w:keepNext") != []
    assert elements(day, "w:pPr/w:keepNext") == []


def test_no_picture_of_a_seal_is_in_a_file_that_is_edited() -> None:
    sealed = samples.redhead().signature
    assert sealed is not None
    assert sealed.seal is not None
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 8
    word = Word(replace(samples.redhead(), signature=replace(sealed, seal=replace(sealed.seal, image=picture))))
    assert [name for name in word.parts if "media" in name] == []


def test_a_short_last_paragraph_stays_with_the_signature(letter: Word) -> None:
    kept = [text_of(found) for found in letter.find("//w:p[w:pPr/w:keepNext]")]
    assert kept == ["特此函达，请予支持。", "示范新区司法局"]


def test_attachments_are_listed_and_those_with_text_begin_their_own_page(redhead: Word) -> None:
    listed = [text_of(found) for found in redhead.find("//w:p[w:pPr/w:pStyle/@w:val='AttachmentNote']")]
    assert listed == [
        "附件：1.各街道人民调解案件统计表",
        "2.人民调解协议书参考文本及填写说明和若干注意事项汇编（试行）",
    ]
    (mark,) = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='AttachmentMark']")
    assert text_of(mark) == "附件1"
    assert elements(mark, "w:pPr/w:pageBreakBefore") != []
    indents = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='AttachmentNote']/w:pPr/w:ind")
    # Both titles begin at the same place: the first line hangs by its label and number, the second by its number.
    assert {value(indent, "left") for indent in indents} == {str(6 * 315)}
    assert [value(indent, "hanging") for indent in indents] == [str(4 * 315), str(315)]


def test_the_imprint_hangs_at_the_foot_between_rules(redhead: Word) -> None:
    (floating,) = redhead.find("//w:tblpPr")
    assert (value(floating, "vertAnchor"), value(floating, "tblpYSpec")) == ("margin", "bottom")
    table = floating.getparent()
    assert table is not None
    imprint = table.getparent()
    assert imprint is not None
    rows = elements(imprint, "w:tr")
    assert [without_space("".join(text_of(found) for found in elements(row, ".//w:p"))) for row in rows] == [
        "公开属性：主动公开",
        "抄送：区委办公室，区人大常委会办公室，区监察委员会，区人民法院，区人民检察院。",
        "示范新区党政办公室2026年3月5日印发",
    ]
    edges = [
        (texts(row, "w:tc/w:tcPr/w:tcBorders/w:top/@w:sz"),
         texts(row, "w:tc/w:tcPr/w:tcBorders/w:bottom/@w:sz")) for row in rows
    ]  # fmt: skip
    assert edges == [(["8"], ["6"]), (["6"], ["6"]), (["6"], ["8"])]


def test_a_letters_imprint_has_copies_only_and_no_rules(letter: Word) -> None:
    assert letter.find("//w:tcBorders") == []
    assert letter.paragraphs()[-2:] == ["抄送：区政府办公室。", ""]
    assert Word(replace(samples.letter(), imprint=Imprint())).find("//w:tbl") == []


def test_the_qr_code_is_a_picture_of_22_millimetres_with_its_meaning_in_words() -> None:
    word = Word(samples.instrument())
    (picture,) = (name for name in word.parts if name.startswith("word/media/"))
    assert word.parts[picture].startswith(b"\x89PNG")
    (extent,) = word.find("//wp:inline/wp:extent")
    assert (extent.get("cx"), extent.get("cy")) == ("792000", "792000")
    assert [found.get("descr") for found in word.find("//wp:docPr")] == ["核验二维码"]
    assert "核验码：7F3K-92QD\n扫描二维码可核验本文书真伪。" in word.paragraphs()
