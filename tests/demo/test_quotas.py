"""Quotas are held to their own arithmetic before anything is made of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from fazhi.demo.quotas import FILE, Contradiction, Quotas
from fazhi.demo.scenery import area, stories
from fazhi.kernel.records.measures.declaring import MEASURES, Ratio, Reported
from fazhi.lines.mediation.codes import COMMERCIAL_FIELDS, DISPUTE_KINDS


def _raw() -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return raw


def _too_many_settled(raw: dict[str, Any]) -> None:
    raw["mediation"]["people"]["flow"][2022]["succeeded"] += 300


def _one_left_over(raw: dict[str, Any]) -> None:
    raw["mediation"]["commercial"]["flow"][2023]["accepted"] = 1


def _unknown_pace(raw: dict[str, Any]) -> None:
    raw["reported"]["bureau.awards"]["pace"] = "weekly"


def _thirteen_meetings(raw: dict[str, Any]) -> None:
    raw["reported"]["corrections.risk_meetings"][2022] = 13


def _balance_of_nothing(raw: dict[str, Any]) -> None:
    raw["reported"]["legal_aid.carried_out"]["inflow"] = "legal_aid.unheard_of"


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_too_many_settled, r"mediation\.people\.2022: 结转-251件"),
        (_one_left_over, r"mediation\.commercial: 最后一年仍有1件未办结"),
        (_unknown_pace, r"bureau\.awards: 不认识的节奏"),
        (_thirteen_meetings, r"corrections\.risk_meetings: 每月相同的数须是12的倍数"),
        (_balance_of_nothing, r"legal_aid\.carried_out: 平衡所依据的指标不在其中"),
    ],
)
def test_a_contradiction_is_named(spoil: Callable[[dict[str, Any]], None], said: str) -> None:
    raw = _raw()
    Quotas.of(raw)
    spoil(raw)
    with pytest.raises(Contradiction, match=said):
        Quotas.of(raw)


def test_every_reported_measure_is_told_and_nothing_else() -> None:
    owed = {key for key, measure in MEASURES.items() if isinstance(measure, Reported) and measure.line != "report"}
    told = set(Quotas.read().told)
    assert told == owed
    assert not {key for key in told if isinstance(MEASURES[key], Ratio)}


def test_a_stock_is_told_at_a_stock_s_pace() -> None:
    for told in Quotas.read().told.values():
        measure = MEASURES[told.key]
        assert isinstance(measure, Reported)
        if told.pace in ("stock", "balance"):
            assert measure.at_end, told.key
        if told.pace == "months":
            assert not measure.at_end, told.key


def test_every_kind_of_dispute_has_its_stories_and_every_unit_is_there() -> None:
    mediation = Quotas.read()
    assert set(mediation.people.share("kind")) <= set(stories()["people"]) & set(DISPUTE_KINDS.codes)
    assert set(mediation.commercial.share("kind")) == set(COMMERCIAL_FIELDS.codes)
    units = {unit["code"] for unit in area()["units"]}
    named = {told.by for told in mediation.told.values()} - {"streets", "enforcing"}
    named |= {*mediation.people.share("place"), *mediation.commercial.share("place"), *area()["enforcing"]}
    assert named <= units
