"""Binding figures to measures by what is written: labels, aliases, units, headings; and by what people confirmed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import log
from typing import Final

from fazhi.figures.catalogue import Catalogue, Measure
from fazhi.figures.lexicon import Lexicon, built_in
from fazhi.figures.model import PERCENT, PERCENTAGE_POINT, Kind, Role, Statement

_TAIL = re.compile(
    r"(?:总)?(?:件次|人次|项次|户次|家次|场次|件数|人数|次数|项数|份数|家数|户数|场数|起数|部数|类别数|数量|总数|数|件|人|次)$"
)
_IGNORED = re.compile(r"[\d\s，。、；：（）()“”《》〔〕%.,+\-\t的了及和与或等为在将对由从共均各已达到]")
_SAME_SORT: Final = (
    frozenset({"件", "起", "宗", "例", "案"}),
    frozenset({"个", "部", "篇", "件", "条", "项", "份", "类", "种", "卷"}),
    frozenset({"个", "家", "所", "处", "支", "座", "户"}),
    frozenset({"人", "户"}),
    frozenset({"次", "场", "场次", "期", "批", "轮"}),
    *(frozenset({unit}) for unit in ("件次", "人次", "项次", "户次", "家次", "台次", "辆次")),
)
_SORTED: Final = frozenset().union(*_SAME_SORT)
_MONEY: Final = frozenset({"元", "美元"})
_SPECIAL: Final = _MONEY | {PERCENT, PERCENTAGE_POINT}
_RATE_NAMES = re.compile(r"[一-龥]{1,8}?(?:率|满意度|比例)")
_BOTH = re.compile(r"(?:率|满意度|比例)(?:和|、|与|及).*(?:均|都)")
_NEAR, _SENTENCE, _ABOVE = 1.0, 0.7, 0.45
_SAME_UNIT: Final = 0.1
_ALIKE: Final = 0.05
_OTHER_UNIT: Final = -0.1
_TELLING_ALIAS: Final = 4
_RARE: Final = 2
_RARE_BONUS: Final = 0.1
_AT_FIGURE: Final = 6
_DENIALS: Final = "不未非无"
_ACT_WITHIN: Final = 12
_OFFERS: Final = 6
_ENOUGH: Final = 0.65
_CERTAIN: Final = 0.9
_CLOSE_CALL: Final = 0.04


def context(statement: Statement) -> str:
    """What a person confirms a binding by: the words around a figure and its unit, numbers left out."""
    words = _IGNORED.sub("", _near(statement))
    return f"{words}|{statement.unit}"


def bind(
    statements: Sequence[Statement],
    catalogue: Catalogue,
    *,
    confirmed: Mapping[str, str] | None = None,
    lexicon: Lexicon | None = None,
) -> list[Statement]:
    """Bind figures to measures.

    A figure is bound when one measure fits clearly better than any other; a measure takes its best figure, and further
    ones that fit as well. One number said of two rates (参考率和合格率均在95%以上) becomes two statements.

    Args:
        statements: what `find` read.
        catalogue: the measures.
        confirmed: bindings people have confirmed, from `context` of a statement to a key. They go first.
        lexicon: the vocabulary that tells acts apart, if not the built-in one.

    Returns:
        All statements, in order, `measure_key` set where bound.
    """
    split = [one for s in statements for one in _one_a_rate(s)]
    binder = _Binder(catalogue, confirmed or {}, lexicon or built_in())
    figures = [s for s in split if s.kind is Kind.MEASURE and s.value is not None and s.place.role is not Role.CHANGE]
    keys = binder.keys(figures)
    bound = [s.bound(keys[id(s)]) if id(s) in keys else s for s in split]
    return _without_unbound_copies(bound)


def _one_a_rate(statement: Statement) -> list[Statement]:
    lead = statement.place.lead
    if statement.unit != PERCENT or not _BOTH.search(lead):
        return [statement]
    names = _RATE_NAMES.findall(lead)
    if len(names) < 2:
        return [statement]
    return [replace(statement, topic=name, place=replace(statement.place, lead=name)) for name in names]


def _without_unbound_copies(statements: Iterable[Statement]) -> list[Statement]:
    """One statement a number, unless several of its readings are bound."""
    kept: list[Statement] = []
    for statement in statements:
        if kept and kept[-1].start == statement.start and kept[-1].surface == statement.surface:
            if statement.measure_key is None:
                continue
            if kept[-1].measure_key is None:
                kept[-1] = statement
                continue
        kept.append(statement)
    return kept


def _near(statement: Statement) -> str:
    place = statement.place
    if place.table:
        return statement.topic
    claim = "" if any(c.isdigit() for c in statement.surface) else statement.surface
    return place.lead + claim + (place.noun if len(place.noun) > len(place.after) else place.after)


def _pairs(text: str) -> set[str]:
    words = _IGNORED.sub("", text)
    return {words[i : i + 2] for i in range(len(words) - 1)}


class _Acts:
    """The words for acts, and the one that stands for each of them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._acts = lexicon.acts
        self._pattern = re.compile("|".join(sorted(lexicon.acts, key=len, reverse=True)))

    def told(self, text: str) -> str:
        """`text` with every act said by the word that stands for it."""
        return self._pattern.sub(lambda found: self._acts[found[0]], text)

    def of(self, text: str) -> set[str]:
        """The acts spoken of in `text`."""
        return {self._acts[found] for found in self._pattern.findall(text)}


class _Known:
    """A measure with what is compared: the characters and pairs of its label, its acts, its aliases split."""

    def __init__(self, measure: Measure, acts: _Acts) -> None:
        self.measure = measure
        bare = _TAIL.sub("", re.sub(r"[（(].*?[）)]", "", measure.label)) or measure.label
        self.label = _IGNORED.sub("", acts.told(bare))
        self.pairs = [self.label[i : i + 2] for i in range(len(self.label) - 1)] or [self.label]
        self.deniable = [pair for pair in self.pairs if not any(no + pair in self.label for no in _DENIALS)]
        self.acts = acts.of(bare)
        self.aliases = [acts.told(alias).split() for alias in measure.aliases if alias.strip()]
        # The head of a row or column is a name; in running text the same characters may only meet by chance.
        self.heads = [*self.aliases, [acts.told(bare)]]


class _Words:
    """The words around one figure, as sets of pairs of characters."""

    def __init__(self, statement: Statement, acts: _Acts) -> None:
        place = statement.place
        self.statement = statement
        self.text = acts.told(_near(statement))
        self.said = acts.told(place.lead + place.after)
        self.around = self.text + acts.told(place.before) + place.heading
        self.near = _pairs(self.text)
        self.before = set() if place.table else _pairs(acts.told(place.before))
        self.above = _pairs(place.heading)
        self.acts = acts.of(place.lead[-_ACT_WITHIN:] + place.after[:_ACT_WITHIN]) if not place.table else set()
        self.sentence_acts = acts.of(place.before)
        lead = _IGNORED.sub("", acts.told(place.lead))
        after = _IGNORED.sub("", acts.told(place.after))
        self.at = self.near if place.table else _pairs(lead[-_AT_FIGURE:]) | _pairs(after[:_AT_FIGURE])

    def weight(self, pair: str) -> float:
        if pair in self.near:
            return _NEAR
        if pair in self.before:
            return _SENTENCE
        return _ABOVE if pair in self.above else 0.0

    def denies(self, pair: str) -> bool:
        """Tell whether the words speak of the opposite: 不合格率 of 合格率."""
        return any(no + pair in self.said for no in _DENIALS)


class _Binder:
    def __init__(self, catalogue: Catalogue, confirmed: Mapping[str, str], lexicon: Lexicon) -> None:
        self.acts = _Acts(lexicon)
        self.known = [_Known(m, self.acts) for m in catalogue]
        self.confirmed = {words: key for words, key in confirmed.items() if key in catalogue}
        counted = Counter(c for known in self.known for c in set(known.label))
        self.rarity = {c: log(1 + len(self.known) / n) for c, n in counted.items()}
        self.vocabulary = {pair for known in self.known for pair in known.pairs}
        units = Counter(m.unit for m in catalogue)
        self.rare_units = {unit for unit, n in units.items() if unit and n <= _RARE} - _SPECIAL
        self.with_pair: dict[str, list[int]] = {}
        self.with_rare_unit: dict[str, list[int]] = {}
        for n, known in enumerate(self.known):
            for pair in set(known.pairs):
                self.with_pair.setdefault(pair, []).append(n)
            if known.measure.unit in self.rare_units:
                self.with_rare_unit.setdefault(known.measure.unit, []).append(n)
        self.aliased = [n for n, known in enumerate(self.known) if known.aliases]

    def keys(self, statements: Sequence[Statement]) -> dict[int, str]:
        """The key of each statement that can be bound, by its identity."""
        bound: dict[int, str] = {}
        offers: list[tuple[float, int, Statement, str]] = []
        for n, statement in enumerate(statements):
            if key := self.confirmed.get(context(statement)):
                bound[id(statement)] = key
                continue
            words = _Words(statement, self.acts)
            scored = sorted(((self.score(k, words), k.measure.key) for k in self._candidates(words)), reverse=True)
            offers.extend((score, -n, statement, key) for score, key in scored[:_OFFERS] if score >= _ENOUGH)
        self._assign(sorted(offers, key=lambda o: o[:2], reverse=True), bound)
        return bound

    def _candidates(self, words: _Words) -> list[_Known]:
        """The measures that share a word right at the figure, a rare unit, or may be meant by an alias."""
        near = {n for pair in words.at for n in self.with_pair.get(pair, ())}
        near.update(self.aliased, self.with_rare_unit.get(words.statement.unit, ()))
        return [self.known[n] for n in sorted(near)]

    def _assign(self, offers: Sequence[tuple[float, int, Statement, str]], bound: dict[int, str]) -> None:
        best: dict[tuple[str, Role], float] = {}
        for score, _, statement, key in offers:
            place = key, statement.place.role
            if id(statement) in bound:
                continue
            # One figure a measure: the best. Another one must fit as well, in words and not by a guess.
            if place in best and score < max(best[place] - _CLOSE_CALL, _CERTAIN):
                continue
            bound[id(statement)] = key
            best.setdefault(place, score)

    def score(self, known: _Known, words: _Words) -> float:
        """How well a measure fits a figure: 0 not at all, about 1 in every word, more by an alias."""
        unit = _unit_fit(known.measure.unit, words.statement.unit)
        if unit is None or not _on_topic(known.measure, words):
            return 0.0
        names = known.heads if words.statement.place.table else known.aliases
        alias = max((_alias_fit(name, words) for name in names), default=0.0) if unit >= _OTHER_UNIT else 0.0
        if alias > 1:
            # Of two measures that go by the same name the one whose label the sentence tells more of is meant.
            return alias + unit + _ALIKE * self._told(known, words)
        # A short alias (结案) fits many things: the rest of the label must stand around it too.
        short = alias + unit + 0.5 * self._told(known, words) if alias else 0.0
        return max(short, self._by_label(known, words, unit))

    def _by_label(self, known: _Known, words: _Words, unit: float) -> float:
        at = self._at(known, words)
        rare = unit == _SAME_UNIT and known.measure.unit in self.rare_units
        if (not at and not rare) or any(map(words.denies, known.deniable)):
            return 0.0
        told = self._told(known, words) * (0.65 + 0.35 * at)
        return told + unit + _act_fit(known, words) + (_RARE_BONUS if rare else 0)

    def _at(self, known: _Known, words: _Words) -> float:
        """Of the words right at the figure that any label holds, the share that this label holds."""
        spoken = [pair for pair in words.at if pair in self.vocabulary]
        return sum(1 for pair in spoken if pair in known.pairs) / len(spoken) if spoken else 0.0

    def _told(self, known: _Known, words: _Words) -> float:
        """The share of a label that stands around the figure, rarer characters counting for more."""
        weights = [0.0] * len(known.label)
        for i, pair in enumerate(known.pairs):
            weight = words.weight(pair)
            for j in (i, i + 1)[: len(pair)]:
                weights[j] = max(weights[j], weight)
        rarity = [self.rarity[c] for c in known.label]
        return sum(w * r for w, r in zip(weights, rarity, strict=True)) / sum(rarity)


def _act_fit(known: _Known, words: _Words) -> float:
    """A bonus where the same act is told, a malus where another one is."""
    if not known.acts:
        return 0.0
    if known.acts & words.acts:
        return 0.08
    if words.acts:
        return -0.25
    return 0.0 if known.acts & words.sentence_acts else -0.2


@lru_cache(maxsize=4096)
def _unit_fit(declared: str, written: str) -> float | None:
    """A bonus for the same unit, a malus for another of its sort, nothing at all for a unit that cannot be meant."""
    if declared == written:
        return _SAME_UNIT
    if not declared or not written:
        return 0.0
    special = ({PERCENT}, {PERCENTAGE_POINT}, _MONEY)
    if any((declared in group) != (written in group) for group in special):
        return None
    if any(declared in group and written in group for group in _SAME_SORT):
        return -0.05
    # 人 and 件, 件 and 件次 count different things.
    return None if declared in _SORTED and written in _SORTED else -0.3


def _on_topic(measure: Measure, words: _Words) -> bool:
    return not measure.topics or any(topic in words.around for topic in measure.topics)


def _alias_fit(alias: Sequence[str], words: _Words) -> float:
    """More than 1 for an alias that says enough by itself, less for a short one, 0 where it does not stand."""
    if alias[-1] not in words.text or not all(word in words.around for word in alias) or words.denies(alias[-1]):
        return 0.0
    length = sum(map(len, alias))
    return 1.0 + length / 100 if length >= _TELLING_ALIAS else 0.35
