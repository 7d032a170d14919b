"""From a text as read to one normalised string, every character of which knows where it came from.

What is mended here: full-width and half-width signs, radicals left by PDF, numbers split by a space, lines broken
inside a sentence, furniture of the page around the article. What is kept: the rows of tables.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from fazhi.figures.lexicon import Lexicon

# Radicals that PDF text carries in place of the characters they resemble; NFKC maps only the Kangxi block.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺏⺗⺘⺙⺜⺝⺟⺠⺢⺥⺩⺫⺬⺮⺯⺳⺷⺹⺻⺼⻁⻃⻄⻅⻆⻋⻎⻏⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻞⻟⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻳",
        "厂几小尢心手攵日月母民水爪王目示竹糸网羊耂聿肉虎西西见角车辶邑金长长长门青韦页风飞食食食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
_PUNCTUATION = {
    ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", "．": ".", "﹒": ".", "％": "%", "﹪": "%",
    "＋": "+", "—": "-", "–": "-", "－": "-", "‐": "-", "‑": "-", "―": "-", "~": "-", "～": "-", "〜": "-", "−": "-",
    "⸺": "-", "⸻": "-", "「": "“", "」": "”", "『": "“", "』": "”", "〈": "《", "〉": "》", "﹝": "〔", "﹞": "〕",
    "＞": ">", "｜": "|", "│": "|", "┃": "|", "﹑": "、", "､": "、", "｡": "。", "／": "/", "＂": '"', "‘": "“", "’": "”",
    "・": "·", "•": "·", "‧": "·", "，": "，", "︰": "：", "∶": "：",
}  # fmt: skip


def _character_table() -> dict[int, str]:
    table = {ord(k): v for k, v in (_RADICALS | _PUNCTUATION).items()}
    for start, stop in ((0x2F00, 0x2FD6), (0xF900, 0xFAFF), (0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)):
        for code in range(start, stop):
            mapped = unicodedata.normalize("NFKC", chr(code))
            if len(mapped) == 1 and mapped != chr(code):
                table[code] = mapped
    return table


_CHARACTERS = _character_table()
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
_SPACE = " \u3000\xa0\t\u2002\u2003\u2009"
_BLANKS = re.compile(f"[{_SPACE}{_INVISIBLE}]+")
_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d[,，])\d{1,3}(?:[,，]\d{3})+(?![\d,，])")
_GAP = re.compile(r"\t|\s*\|\s*|[ \u3000\xa0]{2,}")
_NUMERIC_CELL = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:%|万|亿)?[一-龥]{0,2}$")
_RULE = re.compile(r"[\s|:：+=-]+$")
MARKER = re.compile(
    r"(?P<one>(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.])(?!\d{1,3}(?!\d)))"
    r"|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[、.．](?!\d)|\d{1,2}[.．](?=\d{1,9}[件人个次项份起场])|[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_FURNITURE_LENGTH = 90
_WRAPPED = 10
_WRAPPED_PAST_BLANKS = 20
_LONGEST_JOINED = 7

Span = tuple[int, int]


class Layout(NamedTuple):
    """The normalised text, the offset in the raw text of each of its characters, and the cells of its table rows."""

    norm: str
    offsets: array[int]
    rows: tuple[tuple[Span, ...], ...]


def laid_out(raw: str, words: Lexicon) -> Layout:
    """Normalise `raw`; every character of the result comes from one character of it."""
    mapped = _commas(raw.translate(_CHARACTERS))
    lines = _lines(mapped)
    tables = _table_lines(mapped, lines)
    kept = _kept(mapped, lines, words)
    wrapped = _is_wrapped([mapped[slice(*lines[i])] for i in kept if i not in tables])
    out = _Writer(mapped)
    rows: list[tuple[Span, ...]] = []
    for place, i in enumerate(kept):
        if i in tables:
            rows.append(out.row(*lines[i]))
        else:
            out.prose(*lines[i])
        if place + 1 < len(kept):
            following = kept[place + 1]
            joined = i not in tables and following not in tables
            if not joined or not _runs_on(mapped, lines[i], lines[following], following - i, wrapped=wrapped):
                out.put("\n", min(lines[i][1], len(mapped) - 1))
    return Layout("".join(out.parts), out.offsets, tuple(rows))


class _Writer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.offsets: array[int] = array("I")

    def put(self, text: str, start: int) -> None:
        self.parts.append(text)
        self.offsets.extend(range(start, start + len(text)))

    def prose(self, start: int, end: int) -> None:
        """Copy a line without the spaces that mean nothing in Chinese prose."""
        at = start
        for gap in _BLANKS.finditer(self.source, start, end):
            if gap.start() > at:
                self.put(self.source[at : gap.start()], at)
            if at > start or gap.start() > at:
                self.apart(gap.start(), gap.end(), end)
            at = gap.end()
        if at < end:
            self.put(self.source[at:end], at)

    def apart(self, left: int, right: int, end: int) -> None:
        if right < end and _keeps_apart(self.source, left, right, end):
            self.put(" ", left)

    def row(self, start: int, end: int) -> tuple[Span, ...]:
        """Copy a line of a table, cells set apart by tabs; the rules at its ends are none."""
        while start < end and self.source[start] in "| ":
            start += 1
        while start < end and self.source[end - 1] in "| ":
            end -= 1
        cells: list[Span] = []
        at = start
        for gap in [*_cell_gaps(self.source, start, end), (end, end)]:
            begin = len(self.offsets)
            self.prose(at, gap[0])
            cells.append((begin, len(self.offsets)))
            if gap[0] < end:
                self.put("\t", gap[0])
            at = gap[1]
        return tuple(cells)


def _commas(text: str) -> str:
    """Make every comma full-width but those inside 1,234."""
    grouped = {i for m in _THOUSANDS.finditer(text) for i in range(m.start(), m.end()) if text[i] in ",，"}
    if not grouped:
        return text.replace(",", "，")
    return "".join((("," if i in grouped else "，") if c in ",，" else c) for i, c in enumerate(text))


def _lines(text: str) -> list[Span]:
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        lead = len(body) - len(body.lstrip(_SPACE + _INVISIBLE))
        found.append((at + lead, at + len(body)))
        at += len(line)
    return found


def _kept(text: str, lines: Sequence[Span], words: Lexicon) -> list[int]:
    """The numbers of the lines that belong to the article.

    Some words are furniture wherever they stand in a short line; others (浏览量, 无障碍) only before the first or
    after the last sentence of the article.
    """
    filled = [i for i, (a, b) in enumerate(lines) if b > a and not _RULE.match(text, a, b)]
    inside = [i for i in filled if not _is_furniture(text[slice(*lines[i])], words.furniture)]
    told = [i for i in inside if "。" in text[slice(*lines[i])]]
    if not told:
        return inside
    return [
        i
        for i in inside
        if told[0] <= i <= told[-1] or not _is_furniture(text[slice(*lines[i])], words.furniture_around)
    ]


def _is_furniture(line: str, words: re.Pattern[str]) -> bool:
    return len(line) < _FURNITURE_LENGTH and line.count("。") < 2 and words.search(line) is not None


def _cell_gaps(text: str, start: int, end: int) -> list[Span]:
    gaps = [(m.start(), m.end()) for m in _GAP.finditer(text, start, end) if m.end() < end and m.start() > start]
    return gaps or [(m.start(), m.end()) for m in re.finditer(" ", text[:end]) if m.start() > start]


def _cells(line: str) -> list[str]:
    cells = [c.strip() for c in _GAP.split(line.strip("| "))]
    return cells if len(cells) > 1 else line.split(" ")


def _table_lines(text: str, lines: Sequence[Span]) -> set[int]:
    """The numbers of the lines that are rows of a table, its header included."""
    found: set[int] = set()
    widths: dict[int, int] = {}
    for i, (start, end) in enumerate(lines):
        line = text[start:end]
        if "。" in line or not line:
            continue
        cells = _cells(line)
        widths[i] = len(cells)
        if _is_row(line, cells):
            found.add(i)
    for i in sorted(found):
        above = i - 1
        while above in widths and above not in found and _heads(text, lines[above], widths[above], widths[i]):
            found.add(above)
            above -= 1
    return found


def _is_row(line: str, cells: Sequence[str]) -> bool:
    numeric = sum(1 for c in cells[1:] if _NUMERIC_CELL.match(c))
    if len(cells) < 2 or not numeric:
        return False
    if "\t" in line or line.count("|") >= 2:
        return True
    return (numeric >= 2 or _GAP.search(line.strip()) is not None) and "，" not in line


def _heads(text: str, line: Span, width: int, below: int) -> bool:
    """Tell whether a line above a row belongs to its table: as wide, or a rule between header and body."""
    return _RULE.match(text, *line) is not None or (width > 1 and width >= below - 1)


def _keeps_apart(text: str, left: int, right: int, end: int) -> bool:
    before, after = text[left - 1], text[right]
    if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
        return True
    if not (before.isdigit() and after.isdigit()):
        return False
    digits = re.match(r"\d+", text[right:end])
    head = re.search(r"\d+$", text[max(0, left - 20) : left])
    if digits is None or head is None:
        return True
    # 表1 2022年: the second number is a year of its own.
    if len(digits[0]) == 4 and text[right + 4 : right + 5] == "年":
        return True
    return len(digits[0]) + len(head[0]) > _LONGEST_JOINED


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines are broken at the page's width: most of the longer ones end inside a sentence."""
    longer = [line for line in lines if len(line) >= _WRAPPED]
    broken = sum(1 for line in longer if line[-1] not in "。！？；：”》.;")
    return broken * 5 >= len(longer) * 2


def _runs_on(text: str, line: Span, following: Span, apart: int, *, wrapped: bool) -> bool:
    """Tell whether a line break stands inside a sentence."""
    last, first = text[line[1] - 1], text[following[0]]
    if last in "。！？；：”》" and not (last in "”》" and first in "，。、；"):
        return False
    marked = MARKER.match(text, *following)
    if marked and not (last.isdigit() and first.isdigit()):
        return False
    if first in "，。、；）”%" or last in "，、":
        return True
    whole = text[slice(*line)]
    if MARKER.match(whole) and "。" not in whole and len(whole) < 30 and apart == 1:
        return False
    return wrapped and len(whole) >= (_WRAPPED if apart == 1 else _WRAPPED_PAST_BLANKS)
