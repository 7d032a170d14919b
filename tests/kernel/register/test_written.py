"""Dates, amounts and names are read however people write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from fazhi.kernel.records.register.written import folded, read_date, read_money, read_number, tidy

DAY = date(2022, 3, 8)


@pytest.mark.parametrize(
    "raw",
    [
        "2022-03-08", "2022-3-8", "2022/3/8", "2022.3.8", "2022.03.08.", "2022年3月8日", "2022年03月08日", "2022 年 3 月 8 日",
        "２０２２－０３－０８", "2022—3—8", "2022年3月8号", "20220308", 20220308, 20220308.0, 44628, 44628.5,
        "2022-03-08 14:30", "2022-03-08T14:30:00", "2022年3月8日 上午", "2022年3月8日（星期二）", "2022年3月8日星期二",
        "二〇二二年三月八日", "二○二二年三月八日", "二零二二年三月八日", date(2022, 3, 8), datetime(2022, 3, 8, 9, 30),  # noqa: DTZ001 — as a spreadsheet gives it
        "\ufeff2022-03-08\u3000",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_written_form(raw: Any) -> None:
    assert read_date(raw) == DAY


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("二〇二二年十月十日", date(2022, 10, 10)),
        ("二〇二二年十一月二十日", date(2022, 11, 20)),
        ("二〇二二年十二月三十一日", date(2022, 12, 31)),
    ],
)
def test_a_date_in_characters_is_read(raw: str, expected: date) -> None:
    assert read_date(raw) == expected


@pytest.mark.parametrize(
    "raw",
    ["2022-02-30", "2022-13-01", "3月8日", "2022年3月", "22.3.8", "08/03/2022", "昨天", "", None, True, 12, 20221301,
     "二〇二二年十三月一日", "2022-03-081"],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(raw: Any) -> None:
    assert read_date(raw) is None


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("12000.50", 1_200_050), ("12,000.5元", 1_200_050), ("￥12000.5", 1_200_050), ("1.2万元", 1_200_000), ("０", 0),
        ("３万", 3_000_000), (12.1, 1210), ("12000元整", 1_200_000), ("人民币500元", 50_000),
    ],
)  # fmt: skip
def test_money_is_read_to_the_fen(raw: Any, fen: int) -> None:
    assert read_money(raw) == fen


@pytest.mark.parametrize("raw", ["约3万元", "1.234", "三千元", True, "12元5角"])
def test_what_is_no_amount_is_not_guessed(raw: Any) -> None:
    assert read_money(raw) is None


def test_numbers_may_carry_a_measure_word() -> None:
    assert [read_number(raw) for raw in ("3人", "１２ 件", "1,200", 4.0)] == [3, 12, 1200, 4]
    assert [read_number(raw) for raw in ("三人", "3-5人", "3人以上", True)] == [None] * 4


def test_prose_keeps_its_punctuation_and_names_are_compared_without_it_mattering() -> None:
    assert tidy("\ufeff　因漏水（三楼），赔偿１２００元：已付。 ") == "因漏水（三楼），赔偿1200元：已付。"
    assert folded("某某（集团）有限公司") == folded("某某(集团) 有限公司")
    assert folded("张　三") == folded("张三")
