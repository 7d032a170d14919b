"""The blocks of a paper as paragraphs and tables of a Word file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from fazhi.kernel.casework.papers.rendering import composition
from fazhi.kernel.casework.papers.rendering.document import (
    Block,
    Document,
    Heading,
    Labelled,
    List,
    PageBreak,
    Paragraph,
    SignatureLine,
)
from fazhi.kernel.casework.papers.rendering.tables import Align, Placed, Table, place
from fazhi.kernel.casework.papers.rendering.text import Figure, Run
from fazhi.kernel.casework.papers.rendering.word import heads, markup, measures, styles
from fazhi.kernel.casework.papers.rendering.word.markup import Element, Indent, Spacing, Tab

Relate: TypeAlias = Callable[[str], str]
"""Gives the id of the document's relation to this web address."""

_ROOM_FOR_A_NAME: Final = markup.twips(52)
_ROOM_FOR_A_DATE: Final = 10 * measures.CHARACTER
_GAP: Final = 12 * measures.POINT
_WEB: Final = ("http://", "https://")


class Blocks:
    """One walk over the blocks of one document, in the order they print.

    It counts bookmarks, and carries a page break to the paragraph it stands before: a break of its own would leave an
    empty line at the head of the new page.
    """

    def __init__(self, document: Document, relate: Relate) -> None:
        self._document = document
        self._relate = relate
        self._bookmarks = 0
        self._break = False

    def text(self) -> Iterator[Element]:
        """The blocks of the text."""
        return self._blocks(self._document.blocks)

    def attachments(self) -> Iterator[Element]:
        """The attachments that are printed, each on pages of its own."""
        document = self._document
        for mark, attachment in zip(composition.attachment_marks(document), document.attachments, strict=True):
            if attachment.blocks:
                self._break = False
                yield markup.paragraph(styles.ATTACHMENT_MARK, markup.run(mark), page_break=True)
                yield heads.title((attachment.title,), above=measures.PITCH, below=measures.PITCH)
                yield from self._blocks(attachment.blocks)

    def take_break(self) -> bool:
        """Whether a page break is owed to the next paragraph; it is paid by asking."""
        owed, self._break = self._break, False
        return owed

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Element]:
        composed = tuple(composition.numbered(blocks))
        freed = composition.block_after_free_line(self._document)
        for block, following in zip(composed, (*composed[1:], None), strict=True):
            above = measures.PITCH if block is freed else None
            yield from self._block(block, following, above)

    def _block(self, block: Block, following: Block | None, above: int | None) -> Iterator[Element]:
        match block:
            case Heading():
                yield markup.paragraph(
                    styles.heading(block.level), markup.run(block.text), page_break=self.take_break()
                )
            case Paragraph():
                yield self._paragraph(block)
            case Labelled():
                yield self._labelled(block, above)
            case List():
                for mark, runs in composition.list_items(block):
                    content = (markup.run(mark), *self._runs(runs))
                    yield markup.paragraph(styles.BODY, *content, page_break=self.take_break())
            case Table():
                yield from self._table(block, following)
            case SignatureLine():
                yield self._signature_line(block)
            case PageBreak():
                self._break = True

    def _paragraph(self, block: Paragraph) -> Element:
        aligned = None if block.align is Align.LEFT else block.align
        return markup.paragraph(
            styles.BODY if block.indent and aligned is None else None,
            *self._runs(block.runs),
            keep_next=composition.stays_with_signature(self._document, block),
            page_break=self.take_break(),
            align=aligned,
        )

    def _labelled(self, block: Labelled, above: int | None) -> Element:
        hanging = round((composition.width_in_characters(block.label) + 1) * measures.CHARACTER)
        return markup.paragraph(
            styles.LABELLED,
            markup.run(f"{block.label}：", style=styles.STRONG),
            *self._runs(block.runs),
            page_break=self.take_break(),
            spacing=None if above is None else Spacing(before=above),
            indent=Indent(left=2 * measures.CHARACTER + hanging, hanging=hanging),
        )

    def _signature_line(self, block: SignatureLine) -> Element:
        label = round((composition.width_in_characters(block.label) + 1) * measures.CHARACTER)
        width = measures.text_width(self._document.layout)
        return markup.paragraph(
            None,
            markup.run(f"{block.label}："),
            markup.run(f"{block.name}\t", underlined=True),
            markup.run(f"\t{composition.date_text(block.on) if block.on else composition.BLANK_DATE}"),
            page_break=self.take_break(),
            tabs=(Tab(min(label + _ROOM_FOR_A_NAME, width - _ROOM_FOR_A_DATE)), Tab(width, "right")),
            align=Align.LEFT,
        )

    # ---- runs --------------------------------------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Run]) -> Iterator[Element]:
        for run in runs:
            if isinstance(run, Figure):
                yield from self._figure(run)
            else:
                yield markup.run(run.text, style=styles.STRONG if run.strong else None)

    def _figure(self, figure: Figure) -> Iterator[Element]:
        content = markup.run(figure.text)
        if figure.link.startswith(_WEB):  # a path of the site leads nowhere from a file
            content = markup.link(self._relate(figure.link), figure.tooltip, content)
        if not figure.anchor:
            yield content
            return
        self._bookmarks += 1
        yield from markup.bookmark(self._bookmarks, figure.anchor, (content,))

    # ---- tables ------------------------------------------------------------------------------------------------------

    def _table(self, table: Table, following: Block | None) -> Iterator[Element]:
        if table.caption:
            words = markup.run(table.caption)
            yield markup.paragraph(styles.CAPTION, words, page_break=self.take_break())
        if table.unit:
            words = markup.run(table.unit)
            yield markup.paragraph(
                styles.TABLE_TEXT,
                words,
                keep_next=True,
                page_break=self.take_break(),
                spacing=Spacing(after=_GAP // 4),
                align=Align.RIGHT,
            )
        if not table.caption and not table.unit:
            room = None if self._break else Spacing(line=_GAP // 2)
            yield markup.paragraph(styles.SPACER, page_break=self.take_break(), spacing=room)
        yield self._grid(table)
        for n, note in enumerate(table.notes):
            room = Spacing(before=_GAP // 2) if n == 0 else None
            yield markup.paragraph(styles.TABLE_NOTE, markup.run(note), spacing=room)
        if not table.notes or isinstance(following, Table):
            # Word would join two tables that touch, and needs a paragraph after the last one.
            yield markup.paragraph(styles.SPACER, spacing=Spacing(line=_GAP) if following is not None else None)

    def _grid(self, table: Table) -> Element:
        total = measures.text_width(self._document.layout)
        ends = [0, *(round(total * share / sum(table.widths)) for share in accumulate(table.widths))]
        widths = [right - left for left, right in pairwise(ends)]
        rows = (*table.header, *table.rows)
        covered: dict[tuple[int, int], Placed] = {}
        for placed in place(rows, len(widths), table.caption):
            for below in range(placed.cell.rows):
                covered[placed.row + below, placed.column] = placed
        made = (
            markup.row(
                *self._cells(table, n, covered, widths),
                heading=n < len(table.header),
                whole=not composition.row_may_break(row),
                least=markup.twips(row.height),
            )
            for n, row in enumerate(rows)
        )
        return markup.table(styles.TABLE, widths, *made)

    def _cells(
        self, table: Table, row: int, covered: dict[tuple[int, int], Placed], widths: Sequence[int]
    ) -> Iterator[Element]:
        heading = row < len(table.header)
        for column in range(len(widths)):
            placed = covered.get((row, column))
            if placed is None:
                continue  # covered by the cell to its left
            cell = placed.cell
            width = sum(widths[column : column + cell.columns])
            style = styles.TABLE_LABEL if heading or cell.label else styles.TABLE_TEXT
            if placed.row < row:
                yield markup.cell(width, markup.paragraph(style), columns=cell.columns, merge="continue")
                continue
            align = Align.CENTER if heading else table.align(placed)
            content = markup.paragraph(style, *self._runs(cell.runs), align=align)
            yield markup.cell(width, content, columns=cell.columns, merge="restart" if cell.rows > 1 else None)
