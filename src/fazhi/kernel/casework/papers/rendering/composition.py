"""What the layouts add to the caller's words: numbers of headings, fixed labels, dates, who stands where.

Decided once here, so that Word, PDF and HTML cannot tell different stories.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from fazhi.kernel.casework.papers.rendering import geometry
from fazhi.kernel.casework.papers.rendering.document import (
    Block,
    Check,
    Document,
    Heading,
    Labelled,
    Layout,
    List,
    Paragraph,
    Secrecy,
)
from fazhi.kernel.casework.papers.rendering.tables import Row
from fazhi.kernel.casework.papers.rendering.text import Run, plain

_DIGITS = "〇一二三四五六七八九"
_HALF_WIDTH = frozenset({"N", "Na", "H"})
_ENDS_A_LABEL = ("：", ":")
_SHORT_TEXT = 6 * 28  # characters: six lines

FIXED_TEXT = "—0123456789第页共年月日附件核验码扫描二维码可本文书真伪签发人抄送公开属性印发：。"
"""Every character the layouts add of their own, which a font must have too."""

BLANK_DATE = "　　年　　月　　日"
_ROW_MAY_BREAK_FROM = 240  # characters in one cell; a shorter row moves to the next page whole

HEADED = frozenset({Layout.REDHEAD, Layout.LETTER, Layout.MINUTES})
NUMBER_AT_RIGHT = frozenset(Layout) - HEADED - {Layout.REPORT}


def date_text(day: datetime.date) -> str:
    """This day in Arabic figures without leading zeros: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """This number from 1 to 99 as headings count it: 一, 十, 十一, 二十三."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings count from 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


def heading_number(level: int, number: int) -> str:
    """The mark of the `number`-th heading of this level: 一、, （一）, 1. or （1）."""
    match level:
        case 1:
            return f"{chinese_number(number)}、"
        case 2:
            return f"（{chinese_number(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """These blocks with the numbers of their headings written out; a heading restarts the levels below it."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading) and block.numbered:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            mark = heading_number(block.level, counts[block.level - 1])
            yield replace(block, text=mark + block.text, numbered=False)
        else:
            yield block


def mark(document: Document) -> str:
    """The issuing mark (发文机关标志) in red; empty for layouts without one."""
    if document.layout not in HEADED or document.mark:
        return document.mark if document.layout in HEADED else ""
    return document.organ + {Layout.REDHEAD: "文件", Layout.LETTER: "", Layout.MINUTES: "会议纪要"}[document.layout]


def mark_size(document: Document) -> float:
    """The type size of the issuing mark in points: large on a red head, smaller on a letter, always one line."""
    largest = 36.0 if document.layout is Layout.LETTER else 54.0
    return geometry.mark_size(mark(document), largest=largest)


def notices(document: Document) -> tuple[str, ...]:
    """What stands at the upper left, one below the other: copy number, 密级, urgency."""
    secrecy = "" if document.secrecy is Secrecy.NONE else document.secrecy.value
    return tuple(text for text in (document.copy_number, secrecy, document.urgency) if text)


def title_lines(document: Document) -> tuple[str, ...]:
    """The lines of the title; an instrument's begins with the organ."""
    return (document.organ, *document.title) if document.layout is Layout.INSTRUMENT else document.title


def subtitle(document: Document) -> str:
    """What stands in 楷体 under a report's title: its number, or the day of a report nobody signs."""
    if document.layout is not Layout.REPORT:
        return ""
    if document.number:
        return document.number
    return f"（{date_text(document.dated)}）" if document.dated and document.signature is None else ""


def addressees(document: Document) -> str:
    """主送机关 with its full-width colon."""
    given = document.addressees
    return given if not given or given.endswith(_ENDS_A_LABEL) else f"{given}："


def note(document: Document) -> str:
    """附注 in its brackets."""
    given = document.note
    return given if not given or given.startswith("（") else f"（{given}）"


def attachment_note(document: Document) -> tuple[tuple[str, str], ...]:
    """The list after the text (附件说明) as (number, title); a single attachment has no number."""
    if len(document.attachments) == 1:
        return (("", document.attachments[0].title),)
    return tuple((f"{n}.", attachment.title) for n, attachment in enumerate(document.attachments, 1))


def attachment_marks(document: Document) -> tuple[str, ...]:
    """What stands at the upper left of each attachment's first page: 附件, or 附件1, 附件2 and so on."""
    if len(document.attachments) == 1:
        return ("附件",)
    return tuple(f"附件{n}" for n, _ in enumerate(document.attachments, 1))


def list_items(block: List) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """Each item of this list with its mark: 1. 2. 3., or a dash."""
    for n, item in enumerate(block.items, 1):
        yield (f"{n}." if block.ordered else "——"), item


@dataclass(frozen=True, slots=True)
class Signed:
    """This line of the signature and how many characters of room it leaves at its right."""

    text: str
    room: float


def width_in_characters(text: str) -> float:
    """About how wide this text runs, in full-width characters; a Latin letter or digit counts half."""
    return sum(0.5 if unicodedata.east_asian_width(character) in _HALF_WIDTH else 1.0 for character in text)


def signature_lines(document: Document) -> tuple[Signed, ...]:
    """Organs and day (发文机关署名、成文日期) with the room the standard leaves at their right.

    Under a seal the day stands four characters in and the organs are centred over it; without one the organ stands two
    characters in and the day begins two characters after the organ does. Whichever would pass the margin moves in.
    """
    if document.signature is None:
        return ()
    organs = document.signature.organs
    if document.dated is None:
        return tuple(Signed(organ, 2.0) for organ in organs)
    day = date_text(document.dated)
    day_width = width_in_characters(day)
    widest = max((width_in_characters(organ) for organ in organs), default=0.0)
    if document.signature.seal is not None:
        middle = max(4.0 + day_width / 2, widest / 2)
        organ_lines = tuple(Signed(organ, middle - width_in_characters(organ) / 2) for organ in organs)
        return (*organ_lines, Signed(day, middle - day_width / 2))
    organ_room = max(2.0, 4.0 + day_width - widest)
    right_edge = organ_room + widest  # distance of the organs' first character from the right margin
    organ_lines = tuple(Signed(organ, right_edge - width_in_characters(organ)) for organ in organs)
    return (*organ_lines, Signed(day, right_edge - 2.0 - day_width))


@dataclass(frozen=True, slots=True)
class ImprintLine:
    """This line of the imprint: text at the left (hanging after its label) and at the right."""

    label: str
    text: str
    right: str = ""


def imprint_lines(document: Document) -> tuple[ImprintLine, ...]:
    """The lines of the imprint (版记). A letter prints the copies only."""
    imprint = document.imprint
    if imprint is None:
        return ()
    copies = (ImprintLine("抄送：", "，".join(imprint.copies_to) + "。"),) if imprint.copies_to else ()
    if document.layout is Layout.LETTER:
        return copies
    printed = f"{date_text(imprint.issued_on)}印发" if imprint.issued_on else ""
    issued = (ImprintLine("", imprint.issued_by, printed),) if imprint.issued_by or printed else ()
    return (ImprintLine("公开属性：", document.openness.value), *copies, *issued)


def row_may_break(row: Row) -> bool:
    """Whether this row may go over to the next page: one that could not fit on a page must."""
    return any(len(plain(cell.runs)) >= _ROW_MAY_BREAK_FROM for cell in row.cells)


def check_lines(check: Check) -> tuple[str, str]:
    """The words beside the QR code."""
    return f"核验码：{check.code}", "扫描二维码可核验本文书真伪。"


def stays_with_signature(document: Document, block: Block) -> bool:
    """Whether this block is a last paragraph short enough to move to the signature's page.

    No page shall hold a signature alone.
    """
    if document.signature is None or not document.blocks or block is not document.blocks[-1]:
        return False
    return isinstance(block, Paragraph) and len(plain(block.runs)) <= _SHORT_TEXT


def block_after_free_line(document: Document) -> Block | None:
    """The first of those present and absent in minutes, which stand a free line below the text; None elsewhere."""
    if document.layout is not Layout.MINUTES:
        return None
    for before, block in pairwise(document.blocks):
        if isinstance(block, Labelled) and not isinstance(before, Labelled):
            return block
    return None
