"""Written forms are true of the value, and read back as a figure that the value satisfies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi import figures
from fazhi.figures import FORMS, UnknownForm, UntrueForm, is_form, written


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3314, "plain", "3314"), (Decimal("9.8"), "plain", "9.8"), (1234567, "grouped", "1,234,567"), (3314, "hundred_over", "3300余"),
        (3314, "thousand_over", "3000余"), (25, "ten_over", "20余"), (Decimal("83543120.5"), "wan_over", "8354万余"), (113450, "wan1_over", "11.3万余"),
        (113000, "wan", "11.3万"), (12345, "wan", "1.2345万"), (230000000, "yi", "2.3亿"), (Decimal("98.13"), "over_percent", "超98%"),
        (Decimal("9.7561"), "percent1", "9.8%"), (Decimal("98.04"), "percent1", "98.0%"), (100, "percent1", "100%"), (98, "percent_above", "95%以上"),
        (23, "chinese", "二十三"), (200, "chinese_liang", "两百"), (100, "all", "全覆盖"), (0, "none", "无"), (Decimal("91.5"), "share", "百分之九十一点五"),
        (9950, "thousand_near", "近10000"), (83543120, "wan_above", "超8354万"), (9876, "wan_near", "近1万"), (100, "share", "百分之百"),
    ],
)  # fmt: skip
def test_forms(value: int | Decimal, form: str, text: str) -> None:
    assert written(value, form) == text


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (83540000, "wan_over", "wan"), (3300, "hundred_over", "plain"), (80, "hundred_over", "更小的单位"), (98, "over_percent", "percent"),
        (Decimal("99.97"), "percent1", "没有例外"), (Decimal("0.04"), "percent", "没有例外"), (99, "all", "100%"), (3, "none", "plain"),
        (Decimal("2.5"), "chinese", "整数"), (8000, "wan_near", "近"), (-3, "plain", "负数"), (3, "percent_above", "没有意义"),
    ],
)  # fmt: skip
def test_an_untrue_form_is_refused_with_advice(value: int | Decimal, form: str, words: str) -> None:
    with pytest.raises(UntrueForm, match=words):
        written(value, form)


def test_an_unknown_form_is_refused_with_those_there_are() -> None:
    for form in ("wann", "ten1_over", "over"):
        with pytest.raises(UnknownForm, match="可用的写法"):
            written(3, form)
    assert not is_form("wann")
    assert all(is_form(form) for form in FORMS)


@given(st.integers(min_value=11, max_value=10**10), st.sampled_from([f for f in FORMS if "percent" not in f]))
@settings(max_examples=400, deadline=None)
def test_what_is_written_reads_back_true(value: int, form: str) -> None:
    try:
        text = written(value, form)
    except UntrueForm:
        return
    if form == "share":
        return
    read = [s for s in figures.find(f"全年共办理{text}件，成效明显。") if s.kind == "measure"]
    assert len(read) == 1, text
    assert Decimal(value) in read[0].bounds, (text, read[0].bounds)
    assert read[0].surface == f"{text}件"


@given(
    st.decimals(min_value=0, max_value=100, places=3), st.sampled_from([f for f in FORMS if "percent" in f] + ["share"])
)
@settings(max_examples=300, deadline=None)
def test_percentages_written_read_back_true(value: Decimal, form: str) -> None:
    try:
        text = written(value, form)
    except UntrueForm:
        return
    read = [s for s in figures.find(f"群众满意率达到{text}，持续向好。") if s.kind == "measure"]
    assert len(read) == 1, text
    assert value in read[0].bounds, (text, read[0].bounds)
