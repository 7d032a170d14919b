"""The words figures are told by, as data: units, qualifiers, names that look like numbers, claims without digits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Self

_PERCENT_UNITS = ("%", "‰", "个百分点", "百分点", "成")


@dataclass(frozen=True, slots=True)
class Claim:
    """A pattern whose match states a quantity without writing it; the group `claim` is the surface."""

    pattern: re.Pattern[str]
    value: str
    unit: str
    qualifier: str
    not_before: re.Pattern[str] | None


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """A reading vocabulary, compiled: the built-in one, or that one with a user's additions.

    Lists of patterns are one alternation each, so that a text is passed over once per list. Fields ending in
    `_pattern` are fragments for the grammar; the others are used as they stand.
    """

    data: Mapping[str, Any]
    unit_class: Mapping[str, str]
    unit_as: Mapping[str, str]
    unit_pattern: str
    prefix_pattern: str
    suffix_pattern: str
    qualifier_of: Mapping[str, str]
    names: re.Pattern[str]
    keepers: re.Pattern[str]
    manners: re.Pattern[str]
    limit_after: re.Pattern[str]
    limit_before: re.Pattern[str]
    anecdote: re.Pattern[str]
    plan_heading: re.Pattern[str]
    plan_opening: re.Pattern[str]
    plan_clause: re.Pattern[str]
    other_heading: re.Pattern[str]
    furniture: re.Pattern[str]
    counting: re.Pattern[str]
    events: frozenset[str]
    score_before: re.Pattern[str]
    duration_before: re.Pattern[str]
    duration_limit: re.Pattern[str]
    claims: tuple[Claim, ...]

    @classmethod
    def compiled(cls, data: Mapping[str, Any]) -> Self:
        """The lexicon that `data`, of the shape of lexicon.toml, describes."""
        blocked_by: dict[str, str] = {}
        unit_class: dict[str, str] = {}
        for sort, words in data["units"].items():
            blocked_by.update(words)
            unit_class.update(dict.fromkeys(words, sort))
        unit_class.update(dict.fromkeys(_PERCENT_UNITS, "percent"))
        units = [
            re.escape(unit) + (f"(?![{re.escape(blocked_by[unit])}])" if blocked_by[unit] else "")
            for unit in sorted(blocked_by, key=len, reverse=True)
        ]
        before, after = data["qualifiers"]["before"], data["qualifiers"]["after"]
        qualifier_of = {word: name for part in (before, after) for name, words in part.items() for word in words}
        blockers = data["qualifiers"]["not_after"]
        counting = data["counting"]
        return cls(
            data=data,
            unit_class=unit_class,
            unit_as=data["unit_as"],
            unit_pattern="(?:个百分点|百分点|%|‰|成(?=以上|左右|以下|[，。；、])|" + "|".join(units) + ")",
            prefix_pattern="|".join(
                (f"(?<![{blockers[word]}])" if blockers.get(word) else "") + word for word in _longest_first(before)
            ),
            suffix_pattern="|".join(_longest_first(after)),
            qualifier_of=qualifier_of,
            names=_any(data["names"]["patterns"]),
            keepers=_ending(data["names"]["keepers"]),
            manners=_any(data["names"]["manners"]),
            limit_after=_any(map(re.escape, data["limits"]["after"])),
            limit_before=_ending(data["limits"]["before"]),
            anecdote=_any(data["anecdote"]["marks"]),
            plan_heading=_any(data["targets"]["headings"]),
            plan_opening=_any(data["targets"]["openings"]),
            plan_clause=_any(data["targets"]["clauses"]),
            other_heading=_any(data["sections"]["others"]),
            furniture=_any(data["furniture"]["lines"]),
            counting=_ending(counting["verbs"], between=counting["between"]),
            events=frozenset(counting["events"]),
            score_before=_ending(data["score"]["before"]),
            duration_before=_any(data["duration"]["before"]),
            duration_limit=_any(data["duration"]["limit_after"]),
            claims=tuple(_claim(entry) for entry in data["claims"]),
        )

    def extended(self, path: Path) -> Lexicon:
        """This lexicon with the entries of the TOML file at `path` added: lists grow, tables gain or replace keys."""
        return Lexicon.compiled(_merged(self.data, tomllib.loads(path.read_text(encoding="utf-8"))))


@cache
def built_in() -> Lexicon:
    """The lexicon that comes with the package, compiled once."""
    return Lexicon.compiled(tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8")))


def _claim(entry: Mapping[str, str]) -> Claim:
    not_before = entry.get("not_before")
    return Claim(
        pattern=re.compile(entry["pattern"]),
        value=entry["value"],
        unit=entry.get("unit", ""),
        qualifier=entry.get("qualifier", "exact"),
        not_before=re.compile(not_before) if not_before else None,
    )


def _longest_first(words_of: Mapping[str, Iterable[str]]) -> list[str]:
    return sorted((word for words in words_of.values() for word in words), key=len, reverse=True)


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _ending(words: Iterable[str], between: str = "") -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")" + between + "$")


def _merged(base: Any, more: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(more, Mapping):
        return {key: _merged(base[key], more[key]) if key in base and key in more else (more | base)[key]
                for key in [*base, *(k for k in more if k not in base)]}  # fmt: skip
    if isinstance(base, list) and isinstance(more, list):
        return [*base, *more]
    return more
