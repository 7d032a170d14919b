"""Finding the version of a rule that governs a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

import yaml

from fazhi.kernel.ground.law.entries import Rule, parse

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnknownRule(LookupError):
    """Raised when no rule, or no version of a rule, has this id."""


class UnknownRegime(LookupError):
    """Raised when no rule at all knows this regime: a misspelling, not a gap in the law."""


class NotInForce(LookupError):
    """Raised when a rule exists, but no version of it was the law on the day asked for."""


class Rulebook:
    """These rules, found by rule id, day and regime.

    Refuses at construction two versions of one rule and regime that are in force on the same day: the law gives one
    answer for a day, and so must the book.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._all = tuple(rules)
        self._entries: dict[str, Rule] = {}
        self._versions: dict[str, list[Rule]] = {}
        for each in self._all:
            if each.id in self._entries:
                raise ValueError(f"{each.id}: two entries with this id")
            self._entries[each.id] = each
            self._versions.setdefault(each.rule, []).append(each)
        self.regimes = frozenset(each.regime for each in self._all if each.regime is not None)
        for versions in self._versions.values():
            versions.sort(key=lambda each: (each.regime or "", each.effective_from))
            _refuse_overlap(versions)

    def rule(self, rule_id: str, *, on: date, regime: str | None = None) -> Rule:
        """The version of ``rule_id`` in force on the day ``on``.

        Where the law has an own version for ``regime``, only such versions answer; where it has none, the version for
        all regimes does, so that a case may pass its regime for every clock it runs. Raises :class:`UnknownRule`,
        :class:`UnknownRegime` or :class:`NotInForce`.
        """
        versions = self.versions(rule_id)
        if regime is not None and regime not in self.regimes:
            raise UnknownRegime(f"没有名为“{regime}”的程序类型；已有：{'、'.join(sorted(self.regimes))}")
        own = regime if any(each.regime == regime for each in versions) else None
        for each in versions:
            if each.regime == own and each.in_force(on):
                return each
        spans = "；".join(
            f"{each.effective_from.isoformat()} 至 {each.effective_to.isoformat() if each.effective_to else '今'}"
            for each in versions
            if each.regime == own
        )
        raise NotInForce(f"{rule_id} 在 {on.isoformat()} 没有有效版本；收录的版本：{spans or '无'}")

    def versions(self, rule_id: str) -> Sequence[Rule]:
        """All versions of ``rule_id``, by regime, oldest first; raises :class:`UnknownRule`."""
        try:
            return tuple(self._versions[rule_id])
        except KeyError:
            raise UnknownRule(f"没有编号为“{rule_id}”的期限规则") from None

    def entry(self, entry_id: str) -> Rule:
        """The one version with this ``id``; raises :class:`UnknownRule`."""
        try:
            return self._entries[entry_id]
        except KeyError:
            raise UnknownRule(f"没有编号为“{entry_id}”的期限规则版本") from None

    def rules(self, *, line: str | None = None, on: date | None = None) -> Sequence[Rule]:
        """All versions, in file order; ``line`` keeps one line's, ``on`` those in force that day."""
        return tuple(
            each for each in self._all if (line is None or each.line == line) and (on is None or each.in_force(on))
        )


def _refuse_overlap(versions: Sequence[Rule]) -> None:
    for earlier, later in pairwise(versions):
        if later.regime == earlier.regime and (earlier.effective_to or date.max) >= later.effective_from:
            raise ValueError(f"{earlier.id} and {later.id}: both in force on {later.effective_from.isoformat()}")
    for each in versions:
        if each.effective_to is not None and each.effective_to < each.effective_from:
            raise ValueError(f"{each.id}: ends before it begins")


@cache
def shipped() -> Rulebook:
    """The rules that come with the package: one file a line, read once a process."""
    found: list[Rule] = []
    folder = files(__package__) / "rules"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            line = file.name.removesuffix(".yaml")
            items = yaml.load(file.read_text("utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader, in C if possible)
            found += [parse(raw, line) for raw in items]
    return Rulebook(found)


def rule(rule_id: str, *, on: date, regime: str | None = None) -> Rule:
    """:meth:`Rulebook.rule` of the shipped rules."""
    return shipped().rule(rule_id, on=on, regime=regime)


def rules(*, line: str | None = None, on: date | None = None) -> Sequence[Rule]:
    """:meth:`Rulebook.rules` of the shipped rules."""
    return shipped().rules(line=line, on=on)


def versions(rule_id: str) -> Sequence[Rule]:
    """:meth:`Rulebook.versions` of the shipped rules."""
    return shipped().versions(rule_id)
