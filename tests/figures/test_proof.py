"""Proving a text against records, last year's records and itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fazhi import figures
from fazhi.figures import Catalogue, Measure, Proof, Range, Recorded, Statement, Verdict, prove

CATALOGUE = Catalogue(
    [
        Measure("received", "收到行政复议申请数", "件"),
        Measure("accepted", "受理行政复议案件数", "件"),
        Measure("concluded", "办结行政复议案件数", "件"),
        Measure("settled", "调解终止行政复议案件数", "件"),
        Measure("settlement_rate", "行政复议调解率", "%"),
        Measure("amount", "调解协议金额", "元"),
        Measure("satisfaction", "群众满意度", "%"),
        Measure("visits", "走访企业家数", "家"),
    ]
)
TEXT = "全年收到行政复议申请93件，受理79件，已办结82件，其中调解终止8件，调解率达到9.8%。"
VALUES: dict[str, Any] = {
    "received": 93,
    "accepted": 79,
    "concluded": Recorded(82, carried_in=3),
    "settled": 8,
    "settlement_rate": Recorded(Decimal(800) / 82, part=8, whole=82, whole_label="办结行政复议案件数"),
}


def proven(text: str, values: dict[str, Any], **more: Any) -> Proof:
    return prove(text, CATALOGUE, values, **more)


def one(text: str, values: dict[str, Any], surface: str, **more: Any) -> Statement:
    return next(s for s in proven(text, values, **more).statements if s.surface == surface)


def test_what_agrees_and_what_is_explained() -> None:
    proof = proven(TEXT, VALUES)
    verdicts = {s.surface: s.verdict for s in proof.statements}
    assert verdicts == {
        "93件": Verdict.AGREES,
        "79件": Verdict.AGREES,
        "82件": Verdict.EXPLAINED,
        "8件": Verdict.AGREES,
        "9.8%": Verdict.EXPLAINED,
    }
    reasons = {s.surface: s.reason for s in proof.statements}
    assert "含上年结转的3件" in reasons["82件"]
    assert "分母为办结行政复议案件数" in reasons["9.8%"]
    assert "10.1%" in reasons["9.8%"]
    assert proof.counts[Verdict.CONTRADICTS] == 0


@pytest.mark.parametrize(
    ("text", "values", "surface", "verdict"),
    [
        ("协议金额8354万余元，人民调解协议金额", {"amount": Decimal("83543120.5")}, "8354万余元", Verdict.AGREES),
        ("调解协议金额8354万余元。", {"amount": 83540000}, "8354万余元", Verdict.AGREES),
        ("调解协议金额8354万余元。", {"amount": 83550000}, "8354万余元", Verdict.CONTRADICTS),
        ("调解协议金额8354万余元。", {"amount": 83539999}, "8354万余元", Verdict.CONTRADICTS),
        ("群众满意度超98%。", {"satisfaction": Decimal("98.4")}, "超98%", Verdict.AGREES),
        ("群众满意度超98%。", {"satisfaction": 98}, "超98%", Verdict.CONTRADICTS),
        ("群众满意度在95%以上。", {"satisfaction": 95}, "95%以上", Verdict.AGREES),
        ("群众满意度在95%以上。", {"satisfaction": Decimal("94.9")}, "95%以上", Verdict.CONTRADICTS),
        ("群众满意度达100%。", {"satisfaction": Decimal("99.7")}, "100%", Verdict.CONTRADICTS),
        ("群众满意度达98%。", {"satisfaction": Decimal("97.6")}, "98%", Verdict.AGREES),
        ("群众满意度达97.5%。", {"satisfaction": Decimal("97.56")}, "97.5%", Verdict.AGREES),
        ("群众满意度达97.5%。", {"satisfaction": Decimal("97.6")}, "97.5%", Verdict.CONTRADICTS),
        ("走访企业20余家。", {"visits": 29}, "20余家", Verdict.AGREES),
        ("走访企业20余家。", {"visits": 30}, "20余家", Verdict.CONTRADICTS),
        ("走访企业20余家。", {"visits": 20}, "20余家", Verdict.CONTRADICTS),
        ("走访企业近百家。", {"visits": 96}, "近百家", Verdict.AGREES),
        ("走访企业近百家。", {"visits": 103}, "近百家", Verdict.CONTRADICTS),
        ("走访企业不足30家。", {"visits": 29}, "不足30家", Verdict.AGREES),
        ("走访企业26家。", {"visits": Range(Decimal(20), Decimal(30))}, "26家", Verdict.AGREES),
        ("走访企业26家。", {"visits": None}, "26家", Verdict.UNBOUND),
        ("走访企业26家。", {}, "26家", Verdict.UNBOUND),
        ("开展夜查26次。", {"visits": 26}, "26次", Verdict.UNBOUND),
    ],
)
def test_a_qualified_figure_agrees_within_its_bounds(
    text: str, values: dict[str, Any], surface: str, verdict: Verdict
) -> None:
    statement = one(text, values, surface)
    assert statement.verdict is verdict, statement.reason
    assert statement.reason


def test_a_difference_is_told_with_what_is_expected() -> None:
    statement = one(TEXT, VALUES | {"received": 95}, "93件")
    assert statement.verdict is Verdict.CONTRADICTS
    assert statement.expected == 95
    assert "少2件" in statement.reason
    assert statement.as_json()["expected"] == 95


def test_hints_where_a_difference_comes_from() -> None:
    assert "上年" in one(TEXT, VALUES | {"received": 95}, "93件", last_year={"received": 93}).reason
    assert "万" in one("调解协议金额8354元。", {"amount": 83540000}, "8354元").reason
    assert "上年" not in one(TEXT, VALUES | {"received": 95}, "93件", last_year={"received": 80}).reason


@pytest.mark.parametrize(
    ("text", "surface", "verdict"),
    [
        ("收到行政复议申请93件，同比增长16.3%。", "16.3%", Verdict.AGREES),
        ("收到行政复议申请93件，同比增长18%。", "18%", Verdict.CONTRADICTS),
        ("收到行政复议申请93件，较上年增加13件。", "13件", Verdict.AGREES),
        ("收到行政复议申请由80件增至93件。", "80件", Verdict.AGREES),
        ("收到行政复议申请由82件增至93件。", "82件", Verdict.CONTRADICTS),
    ],
)
def test_last_year_is_held_against_changes(text: str, surface: str, verdict: Verdict) -> None:
    statement = one(text, VALUES, surface, last_year={"received": 80})
    assert statement.verdict is verdict, statement.reason
    assert one(text, VALUES, surface).verdict is not Verdict.AGREES


def test_what_is_no_measure_is_ignored() -> None:
    proof = proven("深刻领悟“两个确立”，2023年力争满意度达到98%。2023年2月30日开会。", {"satisfaction": 90})
    by_surface = {s.surface: s for s in proof.statements}
    assert by_surface["两个确立"].verdict is Verdict.IGNORED
    assert by_surface["98%"].verdict is Verdict.IGNORED
    assert by_surface["2023年"].verdict is Verdict.IGNORED
    assert by_surface["2023年2月30日"].verdict is Verdict.CONTRADICTS


def test_the_text_itself_decides_where_no_record_does() -> None:
    text = "发现问题63个，已整改61个，整改率98.6%。"
    statement = one(text, {}, "98.6%")
    assert statement.verdict is Verdict.CONTRADICTS
    assert statement.expected == Decimal("96.8")
    assert one("发现问题63个，已整改61个，整改率96.8%。", {}, "96.8%").verdict is Verdict.UNBOUND


def test_a_record_does_not_hide_a_sum_that_is_wrong() -> None:
    text = "办结行政复议案件82件，其中维持50件、撤销20件、终止22件。"
    statement = one(text, {"concluded": 82}, "82件")
    assert statement.verdict is Verdict.CONTRADICTS
    assert "92" in statement.reason


def test_a_proof_is_told_as_json() -> None:
    proof = proven(TEXT, VALUES)
    rows = proof.as_json()
    assert [r["surface"] for r in rows] == [s.surface for s in proof.statements]
    assert set(rows[0]) == {
        "surface", "start", "value", "unit", "qualifier", "kind", "topic", "measure_key", "expected", "verdict", "reason",
    }  # fmt: skip
    assert rows[0]["measure_key"] == "received"
    assert rows[0]["expected"] == 93
    assert len(proof.of(Verdict.AGREES)) == 3


def test_nothing_is_changed_by_proving() -> None:
    read = figures.find(TEXT)
    proven(TEXT, VALUES)
    assert figures.find(TEXT) == read
    assert all(s.verdict is Verdict.UNBOUND and s.expected is None for s in read)
