"""What a paper may say: refused when it is built, before any format is asked for."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from fazhi.kernel.casework.papers.rendering import (
    Align,
    Attachment,
    Cell,
    Check,
    Document,
    Figure,
    Heading,
    Imprint,
    Labelled,
    Layout,
    List,
    PaperError,
    Paragraph,
    Row,
    Seal,
    Signature,
    SignatureLine,
    Table,
    Text,
    UnevenTable,
    UnprintableText,
)
from tests.kernel.papers import samples


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\r", "U+000D"),
        ("\ud800", "U+D800"),
        ("\ufffe", "U+FFFE"),
        ("\u202e", "U+202E"),
    ],
)
def test_what_is_no_text_is_refused_by_its_code(bad: str, code: str) -> None:
    with pytest.raises(UnprintableText, match=f"{code[0]}\\{code[1:]}") as refused:
        Text(f"甲{bad}乙")
    assert refused.value.characters == (bad,)


def test_line_breaks_and_tabs_are_text() -> None:
    assert Text("甲\n乙\t丙").text == "甲\n乙\t丙"


BAD = "坏\x01"


@pytest.mark.parametrize(
    "build",
    [
        lambda: Heading(1, BAD),
        lambda: Paragraph.of(BAD),
        lambda: Labelled.of(BAD, "甲"),
        lambda: Labelled.of("甲", BAD),
        lambda: List.of("甲", BAD),
        lambda: SignatureLine(BAD),
        lambda: SignatureLine("甲", BAD),
        lambda: Attachment(BAD),
        lambda: Seal(BAD),
        lambda: Signature((BAD,)),
        lambda: Imprint(copies_to=(BAD,)),
        lambda: Imprint(issued_by=BAD),
        lambda: Check("https://papers.example/", BAD),
        lambda: Figure("1", "key", tooltip=BAD),
        lambda: Table.of(("甲",), [(BAD,)]),
        lambda: Table.of(None, [("甲",)], caption=BAD),
        lambda: Table.of(None, [("甲",)], unit=BAD),
        lambda: Table.of(None, [("甲",)], notes=(BAD,)),
        lambda: replace(samples.letter(), organ=BAD),
        lambda: replace(samples.letter(), title=(BAD,)),
        lambda: replace(samples.letter(), mark=BAD),
        lambda: replace(samples.letter(), number=BAD),
        lambda: replace(samples.letter(), addressees=BAD),
        lambda: replace(samples.letter(), approver=BAD),
        lambda: replace(samples.letter(), copy_number=BAD),
        lambda: replace(samples.letter(), urgency=BAD),
        lambda: replace(samples.letter(), note=BAD),
        lambda: replace(samples.letter(), page_signers=(BAD,)),
    ],
)
def test_no_part_of_a_paper_takes_what_cannot_be_printed(build: object) -> None:
    assert callable(build)
    with pytest.raises(UnprintableText, match="U\\+0001"):
        build()


@pytest.mark.parametrize("level", [0, 5])
def test_headings_have_four_levels(level: int) -> None:
    with pytest.raises(PaperError, match="一至四级"):
        Heading(level, "标题")


def test_a_paper_needs_a_title() -> None:
    with pytest.raises(PaperError, match="没有标题"):
        Document(layout=Layout.REPORT, organ="某局", title=("", "　"), blocks=())


def test_an_anchor_stands_once_in_a_paper() -> None:
    twice = Paragraph.of(Figure("1", "a", anchor="f"), Figure("2", "b", anchor="f"))
    with pytest.raises(PaperError, match="锚点“f”"):
        Document(layout=Layout.REPORT, organ="某局", title=("报告",), blocks=(twice,))


@pytest.mark.parametrize("anchor", ["1st", "有", "a-b", "a" * 41])
def test_an_anchor_is_a_name_for_both_html_and_word(anchor: str) -> None:
    with pytest.raises(PaperError, match="锚点"):
        Figure("1", "key", anchor=anchor)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/", "/a b", "\\\\host"]
)
def test_links_lead_over_the_web_or_within_the_site(address: str) -> None:
    with pytest.raises(PaperError, match="链接"):
        Figure("1", "key", link=address)
    with pytest.raises(PaperError, match="链接"):
        Check(address, "ABC")


def test_a_seal_is_a_png() -> None:
    with pytest.raises(PaperError, match="PNG"):
        Seal("某局", b"GIF89a")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((Row((Cell.of("1"),)),), "第 1 行只占 1 列，应占 2 列"),
        ((Row((Cell.of("1"), Cell.of("2"), Cell.of("3"))),), "第 1 行的单元格多于 2 列"),
        ((Row((Cell.of("1", rows=2), Cell.of("2"))), Row((Cell.of("3"), Cell.of("4")))), "第 2 行的单元格多于 2 列"),
        ((Row((Cell.of("1", rows=2), Cell.of("2"))),), "向下超出了最后一行"),
        ((Row((Cell.of("1", columns=3),)),), "第 1 行的单元格多于 2 列"),
    ],
)
def test_a_table_is_a_rectangle(rows: tuple[Row, ...], message: str) -> None:
    with pytest.raises(UnevenTable, match=message):
        Table(widths=(1, 1), header=(), rows=rows)


def test_a_table_needs_widths_and_as_many_alignments() -> None:
    with pytest.raises(UnevenTable, match="列宽须大于零"):
        Table(widths=(1, 0), header=(), rows=())
    with pytest.raises(UnevenTable, match="1 个对齐方式"):
        Table.of(("甲", "乙"), [], aligns=[Align.LEFT])


def test_words_and_figures_are_told_in_the_order_they_print() -> None:
    document = samples.report()
    assert [figure.measure for figure in document.figures()] == ["mediation.cases"]
    texts = list(document.texts())
    assert {"化解矛盾纠纷", "各街道人民调解案件统计表", "单位：件"} <= set(texts)
    assert document.name == "示范新区2022年法治政府建设年度报告"
    assert document.dated == datetime.date(2026, 3, 5)
