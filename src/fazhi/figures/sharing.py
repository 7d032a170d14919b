"""Units that several numbers share: lists (64、512、178件), ranges (10至15人), pairs (由2316件增至2457)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from fazhi.figures.numerals import SCALES
from fazhi.figures.phrases import Grammar, Phrase

_BRACKETED = re.compile(r"（(?P<unit>[^（）\d]{1,6})）[：为]?\Z")
_JOIN = re.compile(r"(?:、|和|及|与|以及|或|，和|·|/)$")
_RANGE = re.compile(r"(?:至|到|-)$")
_LABELLED = re.compile(r"[、，](?:和|及|以及)?[一-龥（）“”]{1,14}$")
_NO_LABEL = re.compile(r"占|比|率|增|降|其中|同期|上年|达|共|合计|累计")
_REACHED = re.compile(r"[一-龥]{0,6}(?:至|到|为|成)(?:了)?$")
_FROM = re.compile(r"由|从|较|比|原")
_SENTENCE_END = re.compile(r"[。！？\n；\t]")


def share_units(norm: str, phrases: Sequence[Phrase], grammar: Grammar) -> dict[int, int]:
    """Give numbers without a unit the one they share with a neighbour.

    Returns, for each number that took its unit from the next, which one (by index into `phrases`): what is said of that
    one holds for both.
    """
    follows: dict[int, int] = {}
    for phrase in phrases:
        if not phrase.unit and not phrase.chinese and (bracket := _BRACKETED.search(norm, 0, phrase.start)):
            _take_bracketed(phrase, grammar, bracket["unit"])
    for i in range(len(phrases) - 2, -1, -1):
        own, following = phrases[i], phrases[i + 1]
        if not own.unit and following.unit and _lacks_unit(norm, own) and _joined(norm, own, following):
            _take(own, following, norm[own.end : following.start])
            follows[i] = i + 1
    for phrase in phrases:
        if (
            not phrase.unit
            and phrase.scaled
            and grammar.lexicon.money_before.search(norm, phrase.start - 16 if phrase.start > 16 else 0, phrase.start)
        ):
            phrase.unit, phrase.sort = "元", "money"
    for i in range(1, len(phrases)):
        if not phrases[i].unit and phrases[i - 1].unit and _paired(norm, phrases[i - 1], phrases[i]):
            phrases[i].unit, phrases[i].sort, phrases[i].shared = phrases[i - 1].unit, phrases[i - 1].sort, True
    return follows


def _take_bracketed(phrase: Phrase, grammar: Grammar, written: str) -> None:
    """罚没款（万元）：120.5 has its unit in the words before it."""
    if found := grammar.unit.match(written):
        phrase.unit, phrase.sort, phrase.shared = found["unit"], grammar.sort_of(found["unit"]), True
        for sign in found["scale"] or "":
            phrase.scale(Decimal(SCALES[sign]))


def _lacks_unit(norm: str, phrase: Phrase) -> bool:
    if phrase.chinese and not phrase.scaled and phrase.digits < 1:
        return False
    # 1、12件…: at the beginning of a line it is the number of an item, after a colon where no number follows.
    if norm[phrase.end : phrase.end + 1] != "、" or (phrase.at and norm[phrase.at - 1] not in "\n：；。"):
        return True
    return phrase.at > 0 and norm[phrase.at - 1] == "：" and norm[phrase.end + 1 : phrase.end + 2].isdigit()


def _joined(norm: str, own: Phrase, following: Phrase) -> bool:
    between = norm[own.end : following.start]
    if _RANGE.match(between):
        return True
    if own.chinese and not own.scaled:
        return False
    if _JOIN.match(between):
        return True
    if not _LABELLED.match(between) or following.sort in ("percent", "period", "ordinal") or _NO_LABEL.search(between):
        return False
    return between[0] == "、" or "分别" in _sentence_before(norm, own.start)


def _sentence_before(norm: str, position: int) -> str:
    start = 0
    for mark in _SENTENCE_END.finditer(norm, max(0, position - 120), position):
        start = mark.end()
    return norm[max(start, position - 120) : position]


def _take(own: Phrase, following: Phrase, between: str) -> None:
    own.unit, own.sort, own.shared = following.unit, following.sort, True
    if following.unit == "成":
        own.digits, own.value, own.place, own.step = own.digits * 10, own.value * 10, own.place * 10, own.step * 10
    if not following.scaled or own.scaled or not following.digits:
        return
    # 3至5万元, 9.2、7.4和5.1万人次: the 万 at the end is said of all.
    factor = following.value / following.digits
    ranged = _RANGE.match(between) is not None and own.digits <= following.digits
    if factor > 1 and (ranged or own.place < 1 or following.sort == "money"):
        own.scale(Decimal(factor))


def _paired(norm: str, earlier: Phrase, own: Phrase) -> bool:
    between = norm[earlier.end : own.start]
    if own.chinese or not _REACHED.match(between):
        return False
    return _FROM.search(_sentence_before(norm, earlier.start)[-12:]) is not None
