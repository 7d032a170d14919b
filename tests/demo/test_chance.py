"""Chance that falls the same way every time, and shares that add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.demo.chance import Chance, apportion, split

_WEIGHTS = st.dictionaries(st.integers(0, 50), st.integers(1, 1000), min_size=1, max_size=20)


@given(st.integers(0, 100_000), _WEIGHTS)
def test_shares_add_up_and_stay_within_one_of_what_is_due(total: int, weights: dict[int, int]) -> None:
    shares = apportion(total, weights)
    whole = sum(weights.values())
    assert sum(shares.values()) == total
    assert all(abs(shares[key] - total * weight / whole) < 1 for key, weight in weights.items())


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=50), st.integers(0, 1_000_000))
def test_amounts_add_up_and_none_is_smaller_than_a_step(weights: list[float], more: int) -> None:
    total = len(weights) * 100 + more
    amounts = split(total, weights, 100)
    assert sum(amounts) == total
    assert min(amounts) >= 100
    assert sum(amount % 100 != 0 for amount in amounts) <= 1


def test_less_than_a_step_for_each_is_refused() -> None:
    with pytest.raises(ValueError, match="does not give 100 to each of 3"):
        split(299, [1, 1, 1], 100)
    assert split(0, [], 100) == []


def test_one_seed_gives_the_same_draws_another_gives_others() -> None:
    draws: list[Any] = [
        [chance.number(0, 10**9), chance.mixed(range(30)), chance.dealt(20, {"a": 3, "b": 1})]
        for chance in (Chance("one"), Chance("one"), Chance("two"))
    ]
    assert draws[0] == draws[1] != draws[2]
    assert sorted(draws[0][2]) == ["a"] * 15 + ["b"] * 5
