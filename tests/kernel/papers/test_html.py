"""Papers on screen: every word escaped, nothing inline that a strict content policy refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fazhi.kernel.casework import papers
from fazhi.kernel.casework.papers.rendering import (
    STYLESHEET,
    Document,
    Figure,
    Heading,
    Layout,
    Paragraph,
    Table,
    stylesheet,
    to_html,
    to_html_fragment,
)
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Page

Sample = Callable[[], Document]
HOSTILE = "<script>alert('x')</script>\"&amp;"


@pytest.mark.parametrize("sample", samples.EVERY_LAYOUT)
def test_nothing_in_a_fragment_needs_a_looser_policy_than_default_src_self(sample: Sample) -> None:
    page = Page(to_html_fragment(sample()))
    assert not {"style", "script", "link", "iframe", "object", "base", "img"} & set(page.tags())
    names = {name for _, attributes in page.elements for name in attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


@pytest.mark.parametrize("sample", samples.EVERY_LAYOUT)
def test_a_page_that_names_its_style_sheet_holds_none(sample: Sample) -> None:
    page = Page(to_html(sample(), stylesheet_address="/static/papers/paper.css?a=1&b=2"))
    assert "style" not in page.tags()
    assert page.attributes("link") == [{"rel": "stylesheet", "href": "/static/papers/paper.css?a=1&b=2"}]


def test_a_page_alone_holds_its_style_sheet_and_loads_nothing() -> None:
    source = to_html(samples.report())
    page = Page(source)
    assert stylesheet() in source
    assert page.attributes("link") == []
    assert "url(" not in stylesheet()
    assert "@import" not in stylesheet()
    assert "</" not in stylesheet()


def test_the_style_sheet_lies_where_the_sites_static_files_are_looked_for() -> None:
    folder = Path(str(papers.__file__)).parent / "static"
    assert (folder / STYLESHEET).read_text("utf-8") == stylesheet()


def test_every_word_is_escaped() -> None:
    document = Document(
        layout=Layout.REDHEAD,
        organ=HOSTILE,
        title=(HOSTILE,),
        number=HOSTILE,
        addressees=HOSTILE,
        note=HOSTILE,
        blocks=(
            Heading(1, HOSTILE),
            Paragraph.of(HOSTILE, Figure(HOSTILE, HOSTILE, tooltip=HOSTILE, link="/a?b=1&c=2")),
            Table.of((HOSTILE,), [(HOSTILE,)], caption=HOSTILE, unit=HOSTILE, notes=(HOSTILE,)),
        ),
    )
    source = to_html(document)
    assert "<script" not in source
    page = Page(source)
    assert page.text().count(HOSTILE) >= 11
    (figure,) = [attributes for attributes in page.attributes("a") if "data-measure" in attributes]
    assert figure == {"class": "figure", "href": "/a?b=1&c=2", "data-measure": HOSTILE, "title": HOSTILE}


def test_headings_follow_the_title_without_a_gap() -> None:
    tags = [tag for tag in Page(to_html(samples.redhead())).tags() if tag[0] == "h" and tag[1:].isdigit()]
    assert tags == ["h1", "h2", "h3", "h4", "h5", "h3", "h2", "h2"]
    inner = [tag for tag in Page(to_html_fragment(samples.report(), level=2)).tags() if tag in ("h1", "h2", "h3", "h4")]
    assert inner == ["h2", "h3", "h4", "h3", "h3"]


def test_a_fragment_leaves_room_for_four_levels() -> None:
    with pytest.raises(ValueError, match="h3"):
        to_html_fragment(samples.report(), level=3)


def test_a_figure_is_found_by_its_anchor_and_leads_where_the_caller_says() -> None:
    (figure,) = Page(to_html(samples.report())).attributes("a")
    assert figure == {
        "class": "figure",
        "href": "/figures/2022/1",
        "id": "f_cases",
        "data-measure": "mediation.cases",
        "title": "全年受理的人民调解案件数",
    }
    (elsewhere,) = Page(to_html(samples.report(), link=lambda found: f"/m/{found.measure}")).attributes("a")
    assert elsewhere["href"] == "/m/mediation.cases"
    unlinked = Page(to_html(samples.report(), link=lambda found: None))
    assert unlinked.attributes("a") == []
    assert {"class": "figure", "id": "f_cases"}.items() <= unlinked.attributes("span")[0].items()


def test_a_link_the_caller_makes_is_checked_too() -> None:
    with pytest.raises(ValueError, match="链接"):
        to_html(samples.report(), link=lambda found: "javascript:alert(1)")


def test_tables_tell_what_heads_what() -> None:
    page = Page(to_html(samples.report()))
    heads = page.attributes("th")
    assert [head["scope"] for head in heads] == ["col", "col", "colgroup", "col", "col"]
    assert heads[0]["rowspan"] == "2"
    assert [column["width"] for column in page.attributes("col")] == ["11.1%", "44.4%", "22.2%", "22.2%"]
    assert page.tags().count("tr") == 8
    labels = [head for head in Page(to_html(samples.form())).attributes("th") if head["scope"] == "row"]
    assert len(labels) == 7


def test_the_day_can_be_read_by_programs() -> None:
    assert {"datetime": "2026-03-05"} in Page(to_html(samples.letter())).attributes("time")


def test_a_draft_has_neither_number_nor_day() -> None:
    draft = replace(samples.letter(), number="", dated=None)
    source = to_html(draft)
    assert '<p class="number">' not in source
    assert "<time" not in source
    assert '<p class="number">' in to_html(samples.letter())


def test_the_qr_code_is_drawn_in_the_page() -> None:
    page = Page(to_html(samples.instrument()))
    assert page.tags().count("svg") == 1
    assert "核验码：7F3K-92QD" in page.text()
    assert {"href": "https://papers.example/c/7F3K-92QD"} in page.attributes("a")


def test_minutes_show_who_issued_them_and_when_between_mark_and_title() -> None:
    text = Page(to_html_fragment(samples.minutes())).text()
    shown = ("第12期", "示范新区全面依法治区委员会办公室", "2026年3月5日", "研究行政执法监督工作")
    places = [text.index(words) for words in shown]
    assert places == sorted(places)


def test_a_number_stands_after_the_title_where_the_layout_sets_it_right() -> None:
    text = Page(to_html_fragment(samples.form())).text()
    assert text.index("行政复议案件审批表") < text.index("示复受〔2026〕12号")
    text = Page(to_html_fragment(samples.redhead())).text()
    assert text.index("示新管发〔2026〕12号") < text.index("关于加强人民调解工作的通知")
