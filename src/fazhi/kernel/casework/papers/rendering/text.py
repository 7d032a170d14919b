"""What a paper may contain as text: plain runs, emphasised runs, figures, and nothing that cannot be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_WEB_ADDRESS = re.compile(r"(https?://|/(?!/)|[?#])[^\s\\]*")
_KEPT_CONTROLS = frozenset("\n\t")
_TURNS_THE_LINE = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


class PaperError(ValueError):
    """This paper cannot be made as asked; the message says what to change."""


class UnprintableText(PaperError):
    """This text holds characters that are no text: control codes, half surrogates, noncharacters, turns of direction.

    XML forbids the first three, so Word could not open the file; they come from spreadsheets and damaged encodings. The
    last make a line read otherwise than it is stored.
    """

    def __init__(self, text: str, characters: tuple[str, ...]) -> None:
        self.characters = characters
        codes = "、".join(f"U+{ord(character):04X}" for character in characters)
        super().__init__(f"文字“{text[:20]}”含有无法打印的控制字符 {codes}，请删除后重试。")


def printable(text: str) -> str:
    """This text unchanged, once it is known to hold only printable characters, line breaks and tabs.

    Raises UnprintableText naming the characters that are not.
    """
    bad = sorted({character for character in text if _is_unprintable(character)})
    if bad:
        raise UnprintableText(text.encode("utf-8", "replace").decode("utf-8"), tuple(bad))
    return text


def _is_unprintable(character: str) -> bool:
    category = unicodedata.category(character)
    if unicodedata.bidirectional(character) in _TURNS_THE_LINE:
        return True
    if category == "Cc":
        return character not in _KEPT_CONTROLS
    return category == "Cs" or ord(character) & 0xFFFE == 0xFFFE


def safe_link(address: str) -> str:
    """This address unchanged, once it is known to be http(s), or a path, query or fragment of the same site.

    Raises PaperError for every other scheme: a `javascript:` address in a published report would run in readers'
    browsers.
    """
    if _WEB_ADDRESS.fullmatch(printable(address)) is None:
        raise PaperError(f"链接“{address[:60]}”须以 http://、https://、/、? 或 # 开头。")
    return address


@dataclass(frozen=True, slots=True)
class Text:
    """This stretch of text in one style; a newline breaks the line inside its paragraph. Strong text is set in 黑体."""

    text: str
    strong: bool = False

    def __post_init__(self) -> None:
        printable(self.text)


@dataclass(frozen=True, slots=True)
class Figure:
    """This figure inside prose: it prints as ordinary text, and stays findable in every format.

    `measure` is the measure's key. `anchor` becomes the HTML id and the Word bookmark, so it is a letter followed by
    at most 39 letters, digits or underscores, unique in its document. `tooltip` is the definition shown on hover,
    `link` where a click leads (http, https or a path on the same site).
    """

    text: str
    measure: str
    anchor: str = ""
    tooltip: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        for value in (self.text, self.measure, self.tooltip):
            printable(value)
        if self.anchor and not _ANCHOR.fullmatch(self.anchor):
            raise PaperError(f"锚点“{self.anchor}”须以字母开头，只含字母、数字和下划线，不超过 40 个字符。")
        if self.link:
            safe_link(self.link)


Run: TypeAlias = Text | Figure


def runs_of(*parts: str | Run) -> tuple[Run, ...]:
    """These parts as runs; plain strings become plain text."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def plain(runs: Iterable[Run]) -> str:
    """The words of these runs, without style."""
    return "".join(run.text for run in runs)
