"""Tables of a paper: a rectangular grid in which cells may span, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from fazhi.kernel.casework.papers.rendering.text import Figure, PaperError, Run, Text, plain, printable, runs_of


class UnevenTable(PaperError):
    """This table is not a rectangle: some row covers more or fewer columns than the table has."""


class Align(StrEnum):
    """How text stands in its cell or line."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """This cell: text, how many columns and rows it covers, and whether it is a label (set in 黑体).

    `align` overrides the column's alignment.
    """

    runs: tuple[Run, ...] = ()
    columns: int = 1
    rows: int = 1
    label: bool = False
    align: Align | None = None

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1:
            raise UnevenTable("单元格至少占一行一列。")

    @classmethod
    def of(
        cls, *parts: str | Run, columns: int = 1, rows: int = 1, label: bool = False, align: Align | None = None
    ) -> Cell:
        """A cell from plain strings and runs."""
        return cls(runs_of(*parts), columns=columns, rows=rows, label=label, align=align)


@dataclass(frozen=True, slots=True)
class Row:
    """This row of cells, at least `height` millimetres high (0: as high as its text)."""

    cells: tuple[Cell, ...]
    height: float = 0.0


CellLike: TypeAlias = str | Text | Figure | Cell
RowLike: TypeAlias = Row | Sequence[CellLike]


@dataclass(frozen=True, slots=True)
class Placed:
    """This cell at its place in the grid: zero-based row and first column."""

    cell: Cell
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """This table: heading rows repeated on every page, body rows, and what stands around them.

    `widths` are relative column widths, one a column. `unit` (单位：件) stands above the right corner, `notes` below.
    Raises UnevenTable when heading or body is not a rectangle of as many columns as there are widths.
    """

    widths: tuple[float, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    aligns: tuple[Align, ...] = ()
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.caption, self.unit, *self.notes):
            printable(text)
        if not self.widths or min(self.widths) <= 0:
            raise UnevenTable("表格至少有一列，列宽须大于零。")
        if self.aligns and len(self.aligns) != len(self.widths):
            raise UnevenTable(f"表格有 {len(self.widths)} 列，却给了 {len(self.aligns)} 个对齐方式。")
        for part in (self.header, self.rows):
            for _ in place(part, len(self.widths), self.caption):
                pass

    @classmethod
    def of(
        cls,
        header: RowLike | None,
        rows: Iterable[RowLike],
        *,
        widths: Sequence[float] | None = None,
        aligns: Sequence[Align] = (),
        caption: str = "",
        unit: str = "",
        notes: Sequence[str] = (),
    ) -> Table:
        """A table from rows of strings, runs or cells, with one heading row or none.

        Widths default to equal ones; heading rows of several tiers need the constructor itself.
        """
        head = () if header is None else (_row(header),)
        body = tuple(_row(row) for row in rows)
        first = (head or body or (Row(()),))[0]
        count = sum(cell.columns for cell in first.cells)
        return cls(
            widths=tuple(widths) if widths is not None else (1.0,) * count,
            header=head,
            rows=body,
            aligns=tuple(aligns),
            caption=caption,
            unit=unit,
            notes=tuple(notes),
        )

    def align(self, placed: Placed) -> Align:
        """How this placed cell's text stands: its own wish, else its column's, else centred."""
        if placed.cell.align is not None:
            return placed.cell.align
        return self.aligns[placed.column] if self.aligns else Align.CENTER

    def runs(self) -> Iterator[Run]:
        """Every run of every cell, heading first."""
        for row in (*self.header, *self.rows):
            for cell in row.cells:
                yield from cell.runs

    def texts(self) -> Iterator[str]:
        """Every word this table prints."""
        yield from (self.caption, self.unit, *self.notes)
        yield plain(self.runs())


def _row(row: RowLike) -> Row:
    return row if isinstance(row, Row) else Row(tuple(_cell(cell) for cell in row))


def _cell(cell: CellLike) -> Cell:
    return cell if isinstance(cell, Cell) else Cell.of(cell)


def place(rows: Sequence[Row], columns: int, name: str = "") -> Iterator[Placed]:
    """Each cell of these rows with its place, in reading order.

    Raises UnevenTable, naming table and row, when the cells with their spans do not tile a rectangle exactly.
    """
    blocked = [0] * columns  # how many further rows a spanning cell above still covers, by column
    for index, row in enumerate(rows):
        free = [column for column in range(columns) if blocked[column] == 0]
        blocked = [max(left - 1, 0) for left in blocked]
        position = 0
        for cell in row.cells:
            taken = free[position : position + cell.columns]
            if len(taken) < cell.columns or taken[-1] - taken[0] != cell.columns - 1:
                raise UnevenTable(f"表格“{name}”第 {index + 1} 行的单元格多于 {columns} 列。")
            yield Placed(cell, index, taken[0])
            for column in taken:
                blocked[column] = cell.rows - 1
            position += cell.columns
        if position != len(free):
            raise UnevenTable(f"表格“{name}”第 {index + 1} 行只占 {position} 列，应占 {len(free)} 列。")
    if any(blocked):
        raise UnevenTable(f"表格“{name}”有单元格向下超出了最后一行。")
