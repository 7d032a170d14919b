"""A text as read and as analysed: one normalised string, every character of which knows where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from .lexicon import Lexicon, built_in

# Radicals that PDF text carries in place of the characters they resemble; NFKC maps only the Kangxi block.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺏⺗⺘⺙⺜⺝⺟⺠⺢⺥⺩⺫⺬⺮⺯⺳⺷⺹⺻⺼⻁⻃⻄⻅⻆⻋⻎⻏⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻞⻟⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻳",
        "厂几小尢心手攵日月母民水爪王目示竹糸网羊耂聿肉虎西西见角车辶邑金长长长门青韦页风飞食食食首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
_PUNCTUATION = {
    ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）", "．": ".", "﹒": ".", "％": "%", "﹪": "%", "＋": "+",
    "—": "-", "–": "-", "－": "-", "‐": "-", "‑": "-", "―": "-", "~": "-", "～": "-", "〜": "-", "−": "-", "「": "“", "」": "”", "『": "“", "』": "”",
    "〈": "《", "〉": "》", "﹝": "〔", "﹞": "〕", "＞": ">", "｜": "|", "│": "|", "┃": "|", "﹑": "、", "､": "、", "｡": "。", "／": "/", "＂": '"',
    "‘": "“", "’": "”", "・": "·", "•": "·", "‧": "·",
}  # fmt: skip


def _character_table() -> dict[int, str]:
    table = {ord(k): v for k, v in (_RADICALS | _PUNCTUATION).items()}
    for start, stop in ((0x2F00, 0x2FD6), (0xF900, 0xFAFF), (0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)):
        for code in range(start, stop):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    return table


_CHARACTERS = _character_table()
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_HEADING = re.compile(
    r"(?P<one>(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}[、.])(?!\d))"
    r"|(?P<two>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<three>\d{1,2}[、.．](?!\d)|\d{1,2}[.．](?=\d{1,9}[件人个次项份起场])|[（(]\d{1,2}[）)]|[①②③④⑤⑥⑦⑧⑨⑩])"
)
_GAP = re.compile(r"\t|\s*\|\s*|[ \u3000\xa0]{2,}")
_NUMERIC_CELL = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:%|万|亿)?[一-龥]{0,2}$")
_SENTENCE_END = re.compile(r"[。！？\n]+")
_CLAUSE_END = re.compile(r"[，；：、。！？（）\n\t|]")
_SPACE = " \u3000\xa0\t\u2002\u2003\u2009"
_WRAPPED = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered or plain heading: `level` 1 to 3, offset in the normalised text, words."""

    start: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text as read (`raw`) with its analysed form.

    `norm` has half-width digits, full-width punctuation, no spaces inside prose and no line breaks inside sentences;
    `offsets[i]` is the place in `raw` of the i-th character of `norm`. `headings`, `sentences`, `rows` and the plan
    `plans` (spans that state what is aimed at) count in `norm`.
    """

    raw: str
    norm: str
    offsets: array[int]
    headings: tuple[Heading, ...]
    sentences: tuple[tuple[int, int], ...]
    rows: tuple[tuple[tuple[int, int], ...], ...]
    plans: tuple[tuple[int, int], ...]
    lexicon: Lexicon = field(repr=False)
    _starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, raw: str, lexicon: Lexicon | None = None) -> Text:
        """Analyse `raw`; offsets of everything found in it count its characters."""
        words = lexicon or built_in()
        norm, offsets, rows = _normalised(raw, words)
        headings = _headings(norm)
        sentences = tuple(_spans(norm, _SENTENCE_END))
        return cls(
            raw,
            norm,
            offsets,
            headings,
            sentences,
            rows,
            tuple(_plans(norm, headings, words)),
            words,
            tuple(start for start, _ in sentences),
        )

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The span of the sentence that holds `position` (an offset in `norm`)."""
        return self.sentences[max(0, bisect_right(self._starts, position) - 1)] if self.sentences else (0, 0)

    def sentence_index(self, position: int) -> int:
        """The running number of that sentence."""
        return max(0, bisect_right(self._starts, position) - 1)

    def clause_at(self, start: int, end: int) -> tuple[int, int]:
        """The span between the punctuation marks around `start` and `end`."""
        low, high = self.sentence_at(start)
        before = [m.end() for m in _CLAUSE_END.finditer(self.norm, low, start)]
        after = _CLAUSE_END.search(self.norm, end, max(high, end))
        return (before[-1] if before else low, after.start() if after else max(high, end))

    def headings_above(self, position: int) -> list[Heading]:
        """The headings in force at `position`, outermost first."""
        open_: list[Heading] = []
        for heading in self.headings:
            if heading.start > position:
                break
            while open_ and open_[-1].level >= heading.level:
                open_.pop()
            open_.append(heading)
        return open_

    def planned(self, position: int) -> bool:
        """Tell whether `position` lies in a part that states what is aimed at."""
        return any(start <= position < end for start, end in self.plans)

    def surface(self, start: int, end: int) -> tuple[str, int]:
        """The characters as read of the span `start:end` of `norm`, and where they begin."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return self.raw[first:last], first


def _normalised(raw: str, words: Lexicon) -> tuple[str, array[int], tuple[tuple[tuple[int, int], ...], ...]]:
    mapped = _commas(raw.translate(_CHARACTERS))
    lines = _lines(mapped)
    out: list[str] = []
    offsets: array[int] = array("I")
    length = 0

    def put(text: str, start: int) -> None:
        nonlocal length
        out.append(text)
        offsets.extend(range(start, start + len(text)))
        length += len(text)

    tables = _table_lines(mapped, lines)
    kept = [i for i, (a, b) in enumerate(lines) if b > a and not _is_furniture(mapped[a:b], words)]
    rows: list[tuple[tuple[int, int], ...]] = []
    for place, i in enumerate(kept):
        start, end = lines[i]
        if i in tables:
            cells: list[tuple[int, int]] = []
            at = start
            for gap in [*_cell_gaps(mapped, start, end), (end, end)]:
                begin = length
                _put_prose(mapped, at, gap[0], put)
                cells.append((begin, length))
                if gap[0] < end:
                    put("\t", gap[0])
                at = gap[1]
            rows.append(tuple(cells))
        else:
            _put_prose(mapped, start, end, put)
        if place + 1 < len(kept):
            following = kept[place + 1]
            if i in tables or following in tables or not _runs_on(mapped[start:end], mapped[slice(*lines[following])], following - i):
                put("\n", min(end, len(mapped) - 1))
    return "".join(out), offsets, tuple(rows)


def _commas(text: str) -> str:
    """Make every comma full-width but those inside 1,234."""
    grouped = {i for m in _THOUSANDS.finditer(text) for i in range(m.start(), m.end()) if text[i] == ","}
    if not grouped:
        return text.replace(",", "，")
    return "".join("，" if c == "," and i not in grouped else c for i, c in enumerate(text))


def _lines(text: str) -> list[tuple[int, int]]:
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        lead = len(body) - len(body.lstrip(_SPACE + _INVISIBLE))
        found.append((at + lead, at + len(body)))
        at += len(line)
    return found


def _is_furniture(line: str, words: Lexicon) -> bool:
    return len(line) < 90 and line.count("。") < 2 and words.furniture.search(line) is not None


def _cell_gaps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    gaps = [(m.start(), m.end()) for m in _GAP.finditer(text, start, end) if m.end() < end and m.start() > start]
    return gaps or [(m.start(), m.end()) for m in re.finditer(" ", text[:end]) if m.start() > start]


def _cells(line: str) -> list[str]:
    cells = [c.strip() for c in _GAP.split(line.strip("| "))]
    return cells if len(cells) > 1 else line.split(" ")


def _table_lines(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """The numbers of the lines that are rows of a table, its header included."""
    found: set[int] = set()
    widths: dict[int, int] = {}
    for i, (start, end) in enumerate(lines):
        line = text[start:end]
        if "。" in line or not line:
            continue
        cells = _cells(line)
        widths[i] = len(cells)
        numeric = sum(1 for c in cells[1:] if _NUMERIC_CELL.match(c))
        ruled = "\t" in line or line.count("|") >= 2
        if len(cells) > 1 and numeric and (ruled or numeric >= 2 or (_GAP.search(line.strip()) and "，" not in line)):
            found.add(i)
    for i in sorted(found):
        above = i - 1
        while above in widths and above not in found and widths[above] > 1 and widths[above] >= widths[i] - 1:
            found.add(above)
            above -= 1
    return found


def _put_prose(text: str, start: int, end: int, put: object) -> None:
    """Copy a line without the spaces that mean nothing in Chinese prose."""
    write = put if callable(put) else None
    assert write is not None
    at = start
    for gap in re.finditer(f"[{_SPACE}{_INVISIBLE}]+", text[start:end]):
        left, right = start + gap.start(), start + gap.end()
        if left > at:
            write(text[at:left], at)
        if _keeps_apart(text, left, right, end):
            write(" ", left)
        at = right
    if at < end:
        write(text[at:end], at)


def _keeps_apart(text: str, left: int, right: int, end: int) -> bool:
    before, after = text[left - 1], text[right] if right < end else ""
    if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
        return True
    if not (before.isdigit() and after.isdigit()):
        return False
    digits = re.match(r"\d+", text[right:end])
    head = re.search(r"\d+$", text[:left])
    if digits is None or head is None:
        return True
    # 表1 2022年: the second number is a year of its own.
    if len(digits[0]) == 4 and text[right + 4 : right + 5] == "年":
        return True
    return len(digits[0]) + len(head[0]) > 7


def _runs_on(line: str, following: str, apart: int) -> bool:
    """Tell whether a line break stands inside a sentence."""
    if line[-1] in "。！？；：”》" and not (line[-1] in "”》" and following[0] in "，。、；"):
        return False
    marked = _HEADING.match(following)
    if marked and not (line[-1].isdigit() and following[0].isdigit()):
        return False
    if following[0] in "，。、；）”%":
        return True
    if _HEADING.match(line) and "。" not in line and "，" not in line[-1] and len(line) < 30 and apart == 1:
        return False
    return len(line) >= (_WRAPPED if apart == 1 else 20)


def _spans(text: str, end: re.Pattern[str]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for mark in end.finditer(text):
        spans.append((at, mark.end()))
        at = mark.end()
    if at < len(text):
        spans.append((at, len(text)))
    return spans


def _headings(norm: str) -> tuple[Heading, ...]:
    found = []
    at = 0
    for line in norm.split("\n"):
        mark = _HEADING.match(line)
        if mark and "\t" not in line:
            level = 1 if mark["one"] else 2 if mark["two"] else 3
            title = re.split(r"[。；\n]", line[mark.end() :], maxsplit=1)[0]
            if len(title) <= 60:
                found.append(Heading(at, level, title))
        elif 2 <= len(line) <= 16 and not re.search(r"[，。；：、\t]|\d", line):
            found.append(Heading(at, 1, line))
        at += len(line) + 1
    return tuple(found)


def _plans(norm: str, headings: tuple[Heading, ...], words: Lexicon) -> list[tuple[int, int]]:
    spans = []
    for i, heading in enumerate(headings):
        opening = words.plan_heading.search(heading.title)
        if not opening:
            continue
        stop = next((h.start for h in headings[i + 1 :] if h.level <= heading.level), len(norm))
        # 存在的问题及下一步打算: the plan begins where the text turns to it.
        if words.other_heading.search(heading.title):
            turn = re.compile("|".join(f"(?:{p})" for p in words.data["targets"]["openings"])).search(
                norm, heading.start + len(heading.title), stop
            )
            spans.append((turn.start() if turn else stop, stop))
        else:
            spans.append((heading.start, stop))
    at = 0
    for line in norm.split("\n"):
        if words.plan_opening.match(line):
            stop = next((h.start for h in headings if h.start > at and h.level <= 2), len(norm))
            spans.append((at, stop))
        at += len(line) + 1
    return sorted(spans)
