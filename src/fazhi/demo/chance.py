"""Chance that falls the same way every time, and shares that add up exactly."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Chance:
    """Draws from a seed: the same seed gives the same draws on every machine."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 — nothing secret is drawn

    def number(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return self._random.randint(low, high)

    def one(self, choices: Sequence[T]) -> T:
        """One of these, each as likely."""
        return choices[self._random.randrange(len(choices))]

    def weighed(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """One of these, by weight."""
        return self._random.choices(choices, weights)[0]

    def several(self, choices: Sequence[T], weights: Sequence[float], count: int) -> list[T]:
        """These many draws by weight, with repetition."""
        return self._random.choices(choices, weights, k=count)

    def happens(self, of_a_hundred: float) -> bool:
        """Whether something happens that does so this often in a hundred times."""
        return self._random.random() * 100 < of_a_hundred

    def skewed(self, spread: float) -> float:
        """A positive number around 1 with a long tail upwards."""
        return self._random.lognormvariate(0, spread)

    def mixed(self, things: Sequence[T]) -> list[T]:
        """These things in another order."""
        found = list(things)
        self._random.shuffle(found)
        return found

    def dealt(self, total: int, weights: Mapping[K, float]) -> list[K]:
        """As many keys as ``total``, each exactly as often as its share says, in random order."""
        return self.mixed([key for key, count in apportion(total, weights).items() for _ in range(count)])


def apportion(total: int, weights: Mapping[K, float]) -> dict[K, int]:
    """``total`` divided by weight into whole numbers that add up to it (largest remainder)."""
    whole = sum(weights.values())
    if total == 0 or whole == 0:
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(share) for key, share in exact.items()}
    order = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in order[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def split(total: int, weights: Sequence[float], step: int) -> list[int]:
    """``total`` divided by weight into amounts of at least ``step``, multiples of it but for the largest.

    Raises :class:`ValueError` when there is not a step for each.
    """
    if not weights:
        return []
    steps = total // step - len(weights)
    if steps < 0:
        raise ValueError(f"{total} does not give {step} to each of {len(weights)}")
    shares = apportion(steps, dict(enumerate(weights)))
    amounts = [(1 + share) * step for share in shares.values()]
    amounts[amounts.index(max(amounts))] += total - sum(amounts)
    return amounts
