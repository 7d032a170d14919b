"""Numbers in every notation read back as themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi import figures
from fazhi.figures.numerals import (
    NumeralError,
    parse,
    to_chinese,
    to_digits,
    to_full_width,
    to_grouped,
    to_wan,
)

WHOLE = st.integers(min_value=0, max_value=10**15)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三千三百一十四", 3314), ("两百四十", 240), ("两万余"[:2], 20000), ("三万五", 35000), ("一百零八", 108), ("十", 10), ("二十", 20),
        ("一亿二千万", 120_000_000), ("3万5千", 35000), ("1.2万", 12000), ("二〇二二", 2022), ("壹佰贰拾", 120), ("1,234,567", 1234567),
        ("九点五", "9.5"), ("三万零五亿", 3_000_500_000_000), ("百", 100), ("千万", 10_000_000), ("2亿3千万", 230_000_000),
    ],
)  # fmt: skip
def test_known_numbers(written: str, value: int | str) -> None:
    assert parse(written).value == Decimal(value)


@pytest.mark.parametrize("written", ["", "件", "1.", ".5", "1.2.3", "一二百三四", "十十"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(NumeralError):
        parse(written)


@pytest.mark.parametrize(
    ("written", "place", "step"),
    [
        ("8354万", 10000, 10000),
        ("11.3万", 1000, 1000),
        ("20", 1, 10),
        ("9.8", "0.1", "0.1"),
        ("500", 1, 100),
        ("百", 100, 100),
    ],
)
def test_place_and_step(written: str, place: int | str, step: int | str) -> None:
    number = parse(written)
    assert (number.place, number.step) == (Decimal(place), Decimal(step))


@given(WHOLE)
def test_chinese_reads_back(number: int) -> None:
    assert parse(to_chinese(number)).value == number
    assert parse(to_chinese(number, two="两")).value == number


@given(st.integers(min_value=1900, max_value=2099))
def test_years_read_back(year: int) -> None:
    assert parse(to_digits(year)).value == year


@given(WHOLE)
def test_grouped_and_scaled_read_back(number: int) -> None:
    assert parse(to_grouped(number)).value == number
    assert parse(to_wan(number)).value == number


@given(st.integers(min_value=11, max_value=10**9), st.sampled_from(["件", "人次", "份", "场次", "户"]))
def test_every_notation_reads_as_itself_in_a_sentence(number: int, unit: str) -> None:
    for written in {str(number), to_grouped(number), to_wan(number), to_full_width(str(number)), to_chinese(number)}:
        read = [s for s in figures.find(f"全年共办理{written}{unit}，成效明显。") if s.kind == "measure"]
        assert [(s.value, s.unit, str(s.qualifier)) for s in read] == [(Decimal(number), unit, "exact")], written
        assert read[0].surface == f"{written}{unit}"


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_percentages_read_as_themselves(number: Decimal) -> None:
    read = [s for s in figures.find(f"按期办结率达{number}%，居全市前列。") if s.kind == "measure"]
    assert [(s.value, s.unit, str(s.qualifier)) for s in read] == [(number, "%", "rate")]
