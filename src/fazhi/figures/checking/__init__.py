"""Checking a text against itself: sums, rates, stocks, changes, tables, repetitions, dates.

Nothing is called wrong unless the text itself proves it; what cannot be decided is found too, with what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from fazhi.figures.checking.balances import balances
from fazhi.figures.checking.changes import changes
from fazhi.figures.checking.days import days
from fazhi.figures.checking.findings import Check, Finding
from fazhi.figures.checking.passage import Passage
from fazhi.figures.checking.rates import rates
from fazhi.figures.checking.repeats import repeats, tables
from fazhi.figures.checking.splits import splits
from fazhi.figures.lexicon import Lexicon
from fazhi.figures.model import Statement
from fazhi.figures.reader import find
from fazhi.figures.text import Text

_CHECKS: Final[tuple[Callable[[Passage], Iterator[Finding]], ...]] = (
    splits,
    rates,
    changes,
    balances,
    tables,
    repeats,
    days,
)


def check(
    text: str | Text, statements: Sequence[Statement] | None = None, *, lexicon: Lexicon | None = None
) -> list[Finding]:
    """Check a text against itself.

    Args:
        text: the text as read.
        statements: what `find` read from it, if that was done already.
        lexicon: the vocabulary, if not the built-in one.

    Returns:
        What was found, in the order of the text; relations that hold are among it.
    """
    analysed = text if isinstance(text, Text) else Text.of(text, lexicon)
    passage = Passage(analysed, find(analysed) if statements is None else statements)
    found = [finding for checked in _CHECKS for finding in checked(passage)]
    return sorted(found, key=lambda f: f.statements[0].start)


__all__ = ["Check", "Finding", "check"]
