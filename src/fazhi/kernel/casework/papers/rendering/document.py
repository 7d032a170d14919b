"""The document model: what a finished paper says, in the standard's own parts, free of any file format.

The order of the parts on paper is fixed by the layout (GB/T 9704-2012 and the formats described in this package's
README), so they are fields rather than blocks: a caller cannot put the imprint before the signature.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from fazhi.kernel.casework.papers.rendering.tables import Align, Table
from fazhi.kernel.casework.papers.rendering.text import (
    Figure,
    PaperError,
    Run,
    plain,
    printable,
    runs_of,
    safe_link,
)


class Layout(StrEnum):
    """The formats a paper may take."""

    REDHEAD = "redhead"  # 红头文件
    LETTER = "letter"  # 信函
    INSTRUMENT = "instrument"  # 法律文书：无红头、无红线
    MINUTES = "minutes"  # 纪要
    FORM = "form"  # 表
    RECORD = "record"  # 笔录
    LEDGER = "ledger"  # 台账：横排
    CERTIFICATE = "certificate"  # 证书、证明
    REPORT = "report"  # 普通报告


class Secrecy(StrEnum):
    """密级. The three grades of state secrets are absent: such papers may not be made or kept in this system."""

    NONE = "非密"
    INTERNAL = "内部"
    WORK_SECRET = "工作秘密"  # noqa: S105 - a grade of secrecy, no password


class Openness(StrEnum):
    """公开属性, as the rules on government information disclosure sort documents."""

    ACTIVE = "主动公开"
    ON_REQUEST = "依申请公开"
    WITHHELD = "不予公开"


@dataclass(frozen=True, slots=True)
class Heading:
    """This heading of level 1 to 4: 一、／（一）／1.／（1）.

    The number is counted by the renderers; `numbered=False` prints the text as it is.
    """

    level: int
    text: str
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise PaperError(f"标题层级只有一至四级，不能是 {self.level}。")
        printable(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """This paragraph of body text, its first line indented by two characters unless told otherwise."""

    runs: tuple[Run, ...]
    indent: bool = True
    align: Align = Align.LEFT

    @classmethod
    def of(cls, *parts: str | Run, indent: bool = True, align: Align = Align.LEFT) -> Paragraph:
        """A paragraph from plain strings and runs."""
        return cls(runs_of(*parts), indent=indent, align=align)


@dataclass(frozen=True, slots=True)
class Labelled:
    """This label in 黑体 with a full-width colon, and text whose further lines align with its first character.

    Minutes use it for 出席, 请假 and 列席, records and instruments for time, place and parties.
    """

    label: str
    runs: tuple[Run, ...]

    def __post_init__(self) -> None:
        printable(self.label)

    @classmethod
    def of(cls, label: str, *parts: str | Run) -> Labelled:
        """A labelled text from plain strings and runs."""
        return cls(label, runs_of(*parts))


@dataclass(frozen=True, slots=True)
class List:
    """These items, each its own paragraph: numbered 1. 2. 3. if ordered, else led by a dash."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False

    @classmethod
    def of(cls, *items: str | Run, ordered: bool = False) -> List:
        """A list with one string or run an item."""
        return cls(tuple(runs_of(item) for item in items), ordered=ordered)


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """This line for a person's own hand: label, the name if it is known, a rule to sign on, and the date."""

    label: str
    name: str = ""
    on: datetime.date | None = None

    def __post_init__(self) -> None:
        printable(self.label)
        printable(self.name)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block: TypeAlias = Heading | Paragraph | Labelled | List | Table | SignatureLine | PageBreak


@dataclass(frozen=True, slots=True)
class Attachment:
    """This attachment (附件): listed by title after the text; with blocks, printed on its own pages at the end."""

    title: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        printable(self.title)


@dataclass(frozen=True, slots=True)
class Seal:
    """This seal over signature and date: whose it is, and its picture (PNG) if the organ's practice allows one.

    Only the PDF carries the picture. A Word file goes on being edited, and text must not change under a seal.
    """

    owner: str
    image: bytes | None = field(default=None, repr=False)
    diameter: float = 42.0  # millimetres

    def __post_init__(self) -> None:
        printable(self.owner)
        if self.image is not None and not self.image.startswith(b"\x89PNG\r\n\x1a\n"):
            raise PaperError(f"“{self.owner}”的印章图片须为 PNG 格式。")


@dataclass(frozen=True, slots=True)
class Signature:
    """The organs that sign (发文机关署名), and the seal if there is one."""

    organs: tuple[str, ...]
    seal: Seal | None = None

    def __post_init__(self) -> None:
        for organ in self.organs:
            printable(organ)


@dataclass(frozen=True, slots=True)
class Imprint:
    """The imprint (版记) at the foot of the last page: copies, issuing office, day of printing.

    A letter's imprint prints the copies only.
    """

    copies_to: tuple[str, ...] = ()
    issued_by: str = ""
    issued_on: datetime.date | None = None

    def __post_init__(self) -> None:
        for text in (*self.copies_to, self.issued_by):
            printable(text)


@dataclass(frozen=True, slots=True)
class Check:
    """Where a reader can check that this paper is genuine: an address (printed as QR code) and a short code."""

    address: str
    code: str

    def __post_init__(self) -> None:
        safe_link(self.address)
        printable(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """This paper, complete: what it says in the parts of its layout.

    `title` holds the lines as a person broke them (词意完整); a line too long for the page wraps. `mark` is the issuing
    mark (发文机关标志), by default made from the organ. `number` and `dated` (成文日期) stay empty on a draft.
    `page_signers` are asked to sign the foot of every page of a record. Raises PaperError when a title is missing, an
    anchor is used twice, or a text cannot be printed.
    """

    layout: Layout
    organ: str
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    mark: str = ""
    number: str = ""
    dated: datetime.date | None = None
    addressees: str = ""  # 主送机关
    approver: str = ""  # 签发人，上行文
    copy_number: str = ""  # 份号
    secrecy: Secrecy = Secrecy.NONE
    openness: Openness = Openness.ON_REQUEST
    urgency: str = ""  # 紧急程度：特急、加急
    signature: Signature | None = None
    note: str = ""  # 附注
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    check: Check | None = None
    page_signers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not any(line.strip() for line in self.title):
            raise PaperError("文书没有标题。")
        for text in self.texts():
            printable(text)
        seen: set[str] = set()
        for run in self.runs():
            if isinstance(run, Figure) and run.anchor:
                if run.anchor in seen:
                    raise PaperError(f"锚点“{run.anchor}”在同一文书中用了两次。")
                seen.add(run.anchor)

    @property
    def name(self) -> str:
        """The title on one line, as indexes and file properties show it."""
        return "".join(self.title)

    def all_blocks(self) -> Iterator[Block]:
        """Every block, of the text and of the attachments."""
        yield from self.blocks
        for attachment in self.attachments:
            yield from attachment.blocks

    def runs(self) -> Iterator[Run]:
        """Every run of every block, in the order they print."""
        for block in self.all_blocks():
            if isinstance(block, Paragraph | Labelled):
                yield from block.runs
            elif isinstance(block, List):
                for item in block.items:
                    yield from item
            elif isinstance(block, Table):
                yield from block.runs()

    def figures(self) -> Iterator[Figure]:
        """Every figure, in the order they print."""
        return (run for run in self.runs() if isinstance(run, Figure))

    def texts(self) -> Iterator[str]:
        """Every word given by the caller, for checks that concern characters rather than layout."""
        yield from (self.organ, *self.title, self.mark, self.number, self.addressees, self.approver)
        yield from (self.copy_number, self.urgency, self.note, *self.page_signers)
        yield from (attachment.title for attachment in self.attachments)
        if self.signature is not None:
            yield from self.signature.organs
        if self.imprint is not None:
            yield from (*self.imprint.copies_to, self.imprint.issued_by)
        if self.check is not None:
            yield self.check.code
        yield plain(self.runs())
        for block in self.all_blocks():
            if isinstance(block, Heading):
                yield block.text
            elif isinstance(block, Labelled):
                yield block.label
            elif isinstance(block, SignatureLine):
                yield from (block.label, block.name)
            elif isinstance(block, Table):
                yield from block.texts()
