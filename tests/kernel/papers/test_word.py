"""Word files as staff will open them: page, styles, heads, footers and properties, read from the XML."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest

from fazhi.kernel.casework.papers.rendering import (
    Document,
    Layout,
    Paragraph,
    Secrecy,
    Signature,
    to_docx,
)
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Word, elements, text_of, texts, value

Sample = Callable[[], Document]
every_layout = pytest.mark.parametrize("sample", samples.EVERY_LAYOUT)
PLAIN = Document(layout=Layout.INSTRUMENT, organ="某局", title=("通知",), blocks=(Paragraph.of("正文"),))


@pytest.fixture(scope="module")
def redhead() -> Word:
    return Word(samples.redhead())


@pytest.fixture(scope="module")
def letter() -> Word:
    return Word(samples.letter())


def number(word: Word, path: str, attribute: str = "val", part: str = "word/document.xml") -> int:
    (found,) = word.values(path, attribute, part)
    return int(found)


# ---- page ------------------------------------------------------------------------------------------------------------


def test_the_sheet_and_its_margins_are_the_standards(redhead: Word) -> None:
    millimetres = {
        name: round(number(redhead, f"//w:sectPr/w:{tag}", name) * 25.4 / 1440, 1)
        for tag, names in (("pgSz", ("w", "h")), ("pgMar", ("top", "right", "bottom", "left")))
        for name in names
    }
    assert millimetres == {"w": 210.0, "h": 297.0, "top": 37.0, "right": 26.0, "bottom": 35.0, "left": 28.0}


def test_the_grid_gives_22_lines_of_28_characters_and_no_more(redhead: Word) -> None:
    page = {name: number(redhead, "//w:pgSz", name) for name in ("w", "h")}
    margin = {name: number(redhead, "//w:pgMar", name) for name in ("top", "right", "bottom", "left")}
    line = number(redhead, "//w:pPrDefault//w:spacing", "line", "word/styles.xml")
    size = number(redhead, "//w:rPrDefault//w:sz", part="word/styles.xml") * 10  # half points in twips
    tightening = number(redhead, "//w:rPrDefault//w:spacing", part="word/styles.xml")
    assert (page["h"] - margin["top"] - margin["bottom"]) // line == 22
    assert (page["w"] - margin["left"] - margin["right"]) // (size + tightening) == 28
    # The first line of a paragraph is two whole characters in, which are not tightened.
    assert 2 * size + 26 * (size + tightening) <= page["w"] - margin["left"] - margin["right"]
    assert redhead.values("//w:pPrDefault//w:spacing", "lineRule", "word/styles.xml") == ["exact"]


@every_layout
def test_the_grid_is_of_lines_only(sample: Sample) -> None:
    # LibreOffice sets far too few characters on a line of a grid of characters.
    word = Word(sample())
    assert word.values("//w:docGrid", "type") == ["lines"]
    assert word.values("//w:docGrid", "linePitch") == ["579"]
    assert texts(word.trees["word/document.xml"], "//w:docGrid/@w:charSpace") == []


def test_a_style_with_a_line_of_its_own_leaves_the_grid(redhead: Word) -> None:
    own = redhead.find("//w:style[w:pPr/w:spacing/@w:line]", "word/styles.xml")
    assert len(own) >= 5
    assert all(texts(style, "w:pPr/w:snapToGrid/@w:val") == ["0"] for style in own)


def test_a_ledger_lies_on_its_side() -> None:
    word = Word(samples.ledger())
    assert word.values("//w:pgSz", "orient") == ["landscape"]
    assert number(word, "//w:pgSz", "w") > number(word, "//w:pgSz", "h")
    assert number(word, "//w:tbl/w:tblPr/w:tblW", "w") == round((297 - 35 - 37) * 1440 / 25.4)


# ---- type ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("heading 1", "黑体", None),
        ("heading 2", "楷体_GB2312", None),
        ("heading 3", "仿宋_GB2312", None),
        ("heading 4", "仿宋_GB2312", None),
        ("footer", "宋体", 14),
        ("版记", None, 14),
        ("表格文字", None, 12),
        ("Strong", "黑体", None),
    ],
)
def test_each_part_has_its_face_and_size(redhead: Word, style: str, face: str | None, points: int | None) -> None:
    found = redhead.style(style)
    assert texts(found, "w:rPr/w:rFonts/@w:eastAsia") == ([face] if face else [])
    sizes = texts(found, "w:rPr/w:sz/@w:val")
    assert sizes == ([str(points * 2)] if points else [])


def test_one_family_serves_every_script(redhead: Word) -> None:
    # With a Latin family of its own “ ” and 〔 〕 would change type in the middle of a Chinese line.
    for part in ("word/styles.xml", "word/document.xml"):
        for fonts in redhead.find("//w:rFonts", part):
            assert len({value(fonts, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1


def test_the_text_is_16_points_of_fangsong_in_chinese(redhead: Word) -> None:
    (fonts,) = redhead.find("//w:rPrDefault//w:rFonts", "word/styles.xml")
    assert value(fonts, "eastAsia") == "仿宋_GB2312"
    assert redhead.values("//w:rPrDefault//w:sz", part="word/styles.xml") == ["32"]
    assert redhead.values("//w:rPrDefault//w:lang", "eastAsia", "word/styles.xml") == ["zh-CN"]


def test_each_face_has_one_to_stand_in_where_it_is_not_installed(redhead: Word) -> None:
    named = set(redhead.values("//w:rFonts", "eastAsia", "word/styles.xml"))
    assert named == set(redhead.values("//w:font", "name", "word/fontTable.xml"))
    assert len(redhead.find("//w:font/w:altName", "word/fontTable.xml")) == len(named)


def test_body_and_headings_begin_two_characters_in(redhead: Word) -> None:
    for style in ("Body Text", "heading 1", "heading 2", "heading 3", "heading 4"):
        (indent,) = elements(redhead.style(style), "w:pPr/w:ind")
        assert value(indent, "firstLineChars") == "200"
        assert value(indent, "firstLine") == "630"


def test_the_outline_is_words_own(redhead: Word) -> None:
    for level in range(1, 5):
        style = redhead.style(f"heading {level}")
        assert texts(style, "w:pPr/w:outlineLvl/@w:val") == [str(level - 1)]
        assert len(elements(style, "w:pPr/w:keepNext")) == 1
    opened = docx.Document(io.BytesIO(redhead.bytes))
    styled = [(found.style.name if found.style else None, found.text) for found in opened.paragraphs]
    outline = [(name, text) for name, text in styled if name and name.startswith("Heading")]
    assert outline == [
        ("Heading 1", "一、总体要求"),
        ("Heading 2", "（一）指导思想"),
        ("Heading 3", "1.工作目标"),
        ("Heading 4", "（1）具体指标"),
        ("Heading 2", "（二）基本原则"),
        ("Heading 1", "二、工作任务"),
    ]


@every_layout
def test_every_style_that_is_used_is_defined(sample: Sample) -> None:
    word = Word(sample())
    defined = set(word.values("//w:style", "styleId", "word/styles.xml"))
    for part in word.trees:
        if part.startswith(("word/document", "word/header", "word/footer")):
            assert set(word.values("//w:pStyle | //w:rStyle | //w:tblStyle", part=part)) <= defined
    based = set(word.values("//w:basedOn | //w:next", part="word/styles.xml"))
    assert based <= defined


# ---- heads -----------------------------------------------------------------------------------------------------------


def test_the_mark_is_red_on_one_line_with_its_head_35_millimetres_down(redhead: Word) -> None:
    (mark,) = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='IssuingMark']")
    assert text_of(mark) == "示范新区管理委员会文件"
    assert texts(redhead.style("发文机关标志"), "w:rPr/w:color/@w:val") == ["EE1C25"]
    (size,) = texts(mark, "w:r/w:rPr/w:sz/@w:val")
    assert len("示范新区管理委员会文件") * int(size) * 10 <= 8845
    (spacing,) = elements(mark, "w:pPr/w:spacing")
    assert 3 * 579 + int(value(spacing, "before")) == round(35 * 1440 / 25.4)  # below three notices
    assert value(spacing, "lineRule") == "exact"
    fewer = Word(replace(samples.redhead(), copy_number="", urgency=""))
    (spacing,) = fewer.find("//w:p[w:pPr/w:pStyle/@w:val='IssuingMark']/w:pPr/w:spacing")
    assert 579 + int(value(spacing, "before")) == round(35 * 1440 / 25.4)


def test_number_and_red_rule_stand_below_the_mark(redhead: Word) -> None:
    (line,) = redhead.find("//w:p[w:pPr/w:pStyle/@w:val='PaperNumber']")
    assert text_of(line) == "示新管发〔2026〕12号"
    (rule,) = elements(line, "w:pPr/w:pBdr/w:bottom")
    assert (value(rule, "val"), value(rule, "color")) == ("single", "EE1C25")
    assert elements(line, "w:pPr/w:ind") == []  # the rule is as wide as the paragraph


def test_an_approver_stands_at_the_right_and_the_number_at_the_left() -> None:
    word = Word(replace(samples.redhead(), approver="甲某"))
    (line,) = word.find("//w:p[w:pPr/w:pStyle/@w:val='PaperNumber']")
    assert text_of(line) == "\t示新管发〔2026〕12号\t签发人：甲某"
    assert texts(line, "w:pPr/w:tabs/w:tab/@w:val") == ["left", "right"]
    assert texts(line, "w:r[w:t='甲某']/w:rPr/w:rFonts/@w:eastAsia") == ["楷体_GB2312"]


def test_a_title_is_one_paragraph_broken_where_its_author_broke_it(redhead: Word) -> None:
    titles = [text_of(found) for found in redhead.find("//w:p[w:pPr/w:pStyle/@w:val='Title']")]
    assert titles == ["示范新区管理委员会\n关于加强人民调解工作的通知", "各街道人民调解案件统计表"]


@pytest.mark.parametrize("lines", [1, 2, 3])
@pytest.mark.parametrize("notices", [0, 3])
def test_a_red_head_with_its_title_fills_whole_lines_of_the_grid(lines: int, notices: int) -> None:
    document = (
        samples.redhead() if notices else replace(samples.redhead(), copy_number="", secrecy=Secrecy.NONE, urgency="")
    )
    word = Word(replace(document, title=("题目",) * lines))
    height = notices * 579
    for paragraph in word.find("//w:body/w:p")[notices : notices + 3]:
        spacing = {
            key: int(text) for key, text in elements(paragraph, "w:pPr/w:spacing")[0].attrib.items() if text.isdigit()
        }
        own = {str(key).split("}")[1]: measure for key, measure in spacing.items()}
        height += own.get("before", 0) + own.get("after", 0)
        height += {"IssuingMark": own.get("line", 0), "PaperNumber": 579, "Title": 680 * lines}[
            texts(paragraph, "w:pPr/w:pStyle/@w:val")[0]
        ]
        height += sum(int(text) * 20 // 8 for text in texts(paragraph, ".//w:pBdr/w:bottom/@w:sz"))
        height += sum(int(text) * 20 for text in texts(paragraph, ".//w:pBdr/w:bottom/@w:space"))
    assert height % 579 == 0


def test_a_letters_mark_and_rules_belong_to_its_first_page(letter: Word) -> None:
    assert len(letter.find("//w:sectPr/w:titlePg")) == 1
    head, foot = letter.header("first"), letter.footer("first")
    assert letter.paragraphs(head) == ["示范新区司法局", ""]
    assert letter.values("//w:pBdr/w:bottom", "sz", head) == ["16", "6"]  # thick above thin
    assert letter.values("//w:pBdr/w:bottom", "sz", foot) == ["6", "16"]
    assert letter.find("//w:fldSimple", foot) == []
    for part in (head, foot):
        sides = {(value(found, "left"), value(found, "right")) for found in letter.find("//w:ind", part)}
        assert sides == {("-397", "-397")}  # 7 mm beyond the type area on either side: 170 mm
    assert number(letter, "//w:pgMar", "header") == round(30 * 1440 / 25.4)
    assert number(letter, "//w:pgMar", "footer") == round(20 * 1440 / 25.4)


def test_other_papers_have_no_first_page_of_their_own(redhead: Word) -> None:
    assert redhead.find("//w:titlePg") == []
    assert redhead.find("//w:headerReference") == []


def test_a_report_has_its_day_below_the_title() -> None:
    word = Word(samples.report())
    assert [text_of(found) for found in word.find("//w:p[w:pPr/w:pStyle/@w:val='Subtitle']")] == ["（2026年3月5日）"]


# ---- footers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [samples.redhead, samples.letter, samples.report, samples.ledger])
def test_page_numbers_stand_at_the_outer_corners(sample: Sample) -> None:
    word = Word(sample())
    assert len(word.find("//w:evenAndOddHeaders", "word/settings.xml")) == 1
    for kind, side, edge in (("default", "right", "right"), ("even", "left", "left")):
        part = word.footer(kind)
        paragraph = word.find("//w:p", part)[0]
        assert text_of(paragraph) == "— 1 —"
        assert word.values("//w:fldSimple", "instr", part) == [" PAGE "]
        assert texts(paragraph, "w:pPr/w:jc/@w:val") == [side]
        assert texts(paragraph, f"w:pPr/w:ind/@w:{edge}") == ["280"]


def test_a_record_is_signed_at_the_foot_of_every_page() -> None:
    word = Word(samples.record())
    for kind in ("default", "even"):
        assert word.paragraphs(word.footer(kind)) == ["被询问人：\t　记录人：\t\t第1页　共1页"]
        assert word.values("//w:fldSimple", "instr", word.footer(kind)) == [" PAGE ", " NUMPAGES "]


def test_a_certificate_has_a_red_border_and_no_number() -> None:
    word = Word(samples.certificate())
    borders = word.find("//w:pgBorders/*")
    assert len(borders) == 4
    assert {value(border, "color") for border in borders} == {"EE1C25"}
    assert word.find("//w:footerReference") == []


# ---- file ------------------------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is(redhead: Word) -> None:
    facts = docx.Document(io.BytesIO(redhead.bytes)).core_properties
    assert (facts.title, facts.author) == (samples.redhead().name, "示范新区管理委员会")
    assert (facts.keywords, facts.language) == ("内部,主动公开", "zh-CN")
    assert facts.created == facts.modified
    assert facts.created is not None
    assert facts.created.replace(tzinfo=datetime.UTC) == samples.AT
    assert facts.comments == ""


@every_layout
def test_nothing_of_a_sample_file_is_left_in_it(sample: Sample) -> None:
    parts = Word(sample()).parts
    assert not [name for name in parts if "thumbnail" in name or "theme" in name or "customXml" in name]
    assert b"python-docx" not in b"".join(parts.values())


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_docx(PLAIN, at=datetime.datetime(2026, 3, 5))  # noqa: DTZ001 - this is what must not pass


def test_a_draft_has_neither_number_nor_day() -> None:
    draft = replace(samples.redhead(), number="", dated=None, imprint=None, signature=Signature(("某局",)))
    assert "2026年" not in Word(draft).text()
