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
# 九成以上 is 90 %; 九成新, 成立, 成员 are not.
_PERCENTS = (
    r"个百分点|百分点|%|‰|(?<=[二两三四五六七八九\d])成(?![立员为功效果就熟长年本交都渝分因绩品型套形群人])"
    r"|(?<=一)成(?=以上|以下|左右|多|[，。；、：）”\n]|$)"
)


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
    guarded_unit_pattern: str
    qualifiers_before: Mapping[str, tuple[str, re.Pattern[str] | None]]
    qualifiers_after: Mapping[str, str]
    names: re.Pattern[str]
    keepers: re.Pattern[str]
    manners: re.Pattern[str]
    limit_after: re.Pattern[str]
    limit_before: re.Pattern[str]
    anecdote: re.Pattern[str]
    plan_heading: re.Pattern[str]
    plan_year_heading: re.Pattern[str]
    plan_opening: re.Pattern[str]
    plan_year_opening: re.Pattern[str]
    plan_clause: re.Pattern[str]
    plan_sentence: re.Pattern[str]
    other_heading: re.Pattern[str]
    furniture: re.Pattern[str]
    furniture_around: re.Pattern[str]
    counting: re.Pattern[str]
    events: frozenset[str]
    things: frozenset[str]
    nouns: re.Pattern[str]
    duration_before: re.Pattern[str]
    duration_limit: re.Pattern[str]
    number_before: re.Pattern[str]
    money_before: re.Pattern[str]
    bare_columns: re.Pattern[str]
    cases: frozenset[str]
    acts: Mapping[str, str]
    claims: tuple[Claim, ...]

    @classmethod
    def compiled(cls, data: Mapping[str, Any]) -> Self:
        """The lexicon that `data`, of the shape of lexicon.toml, describes."""
        blocked_by, unit_class = _units(data["units"])
        counting, targets, names = data["counting"], data["targets"], data["names"]
        return cls(
            data=data,
            unit_class=unit_class,
            unit_as=data["unit_as"],
            unit_pattern=_unit_pattern(blocked_by, frozenset(data["guarded"]["units"])),
            guarded_unit_pattern=_unit_pattern(blocked_by, frozenset(blocked_by)),
            qualifiers_before=_before(data["qualifiers"]),
            qualifiers_after={w: name for name, words in data["qualifiers"]["after"].items() for w in words},
            names=_any([*names["patterns"], *map(re.escape, names["words"])]),
            keepers=_ending(names["keepers"]),
            manners=_any(names["manners"]),
            limit_after=_any(map(re.escape, data["limits"]["after"])),
            limit_before=_ending(data["limits"]["before"]),
            anecdote=_any(data["anecdote"]["marks"]),
            plan_heading=_any(targets["headings"]),
            plan_year_heading=_any(targets["year_headings"]),
            plan_opening=_any(targets["openings"]),
            plan_year_opening=_any(targets["year_openings"]),
            plan_clause=_any(targets["clauses"]),
            plan_sentence=_any(targets["sentences"]),
            other_heading=_any(data["sections"]["others"]),
            furniture=_any(data["furniture"]["lines"]),
            furniture_around=_any(data["furniture"]["around"]),
            counting=_ending(counting["verbs"], between=counting["between"]),
            events=frozenset(counting["events"]),
            things=frozenset(counting["things"]),
            nouns=_any(counting["nouns"]),
            duration_before=_any(data["duration"]["before"]),
            duration_limit=_any(data["duration"]["limit_after"]),
            number_before=_ending(data["bare"]["before"], between=data["bare"]["between"]),
            money_before=re.compile(data["bare"]["money"]),
            bare_columns=_any(data["tables"]["no_figures"]),
            cases=frozenset(data["claimed"]["cases"]),
            acts={word: group[0] for group in data["binding"]["acts"] for word in group},
            claims=tuple(_claim(entry) for entry in data["claims"]),
        )

    def extended(self, path: Path) -> Lexicon:
        """This lexicon with the entries of the TOML file at `path` added: lists grow, tables gain or replace keys."""
        return self.with_more(tomllib.loads(path.read_text(encoding="utf-8")))

    def with_more(self, more: Mapping[str, Any]) -> Lexicon:
        """This lexicon with entries of the shape of lexicon.toml added."""
        return Lexicon.compiled(_merged(self.data, more))


@cache
def built_in() -> Lexicon:
    """The lexicon that comes with the package, compiled once."""
    return Lexicon.compiled(tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8")))


def _units(units: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    blocked_by: dict[str, str] = {}
    unit_class: dict[str, str] = {}
    for sort, words in units.items():
        blocked_by.update(words)
        unit_class.update(dict.fromkeys(words, sort))
    unit_class.update(dict.fromkeys(_PERCENT_UNITS, "percent"))
    return blocked_by, unit_class


def _unit_pattern(blocked_by: Mapping[str, str], heeded: frozenset[str]) -> str:
    units = [
        re.escape(unit) + (f"(?![{re.escape(blocked_by[unit])}])" if blocked_by[unit] and unit in heeded else "")
        for unit in sorted(blocked_by, key=len, reverse=True)
    ]
    return f"(?:{_PERCENTS}|" + "|".join(units) + ")"


def _before(qualifiers: Mapping[str, Any]) -> dict[str, tuple[str, re.Pattern[str] | None]]:
    """Each qualifier that stands before a number, and what before it makes it the end of another word."""
    not_after = qualifiers["not_after"]
    return {
        word: (name, re.compile(f"[{not_after[word]}]$") if not_after.get(word) else None)
        for name, words in qualifiers["before"].items()
        for word in words
    }


def _claim(entry: Mapping[str, str]) -> Claim:
    not_before = entry.get("not_before")
    return Claim(
        pattern=re.compile(entry["pattern"]),
        value=entry["value"],
        unit=entry.get("unit", ""),
        qualifier=entry.get("qualifier", "exact"),
        not_before=re.compile(not_before) if not_before else None,
    )


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _ending(words: Iterable[str], between: str = "") -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")" + between + "$")


def _merged(base: Any, more: Any) -> Any:
    if isinstance(base, Mapping) and isinstance(more, Mapping):
        both = {**base, **more}
        return {key: _merged(base[key], more[key]) if key in base and key in more else both[key] for key in both}
    if isinstance(base, list) and isinstance(more, list):
        return [*base, *more]
    return more
