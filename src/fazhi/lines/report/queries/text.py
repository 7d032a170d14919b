"""A report as it reads now: its blocks in order, numbered, with every figure in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fazhi.kernel.casework.papers.rendering.composition import heading_number
from fazhi.kernel.records.measures.declaring import Measure
from fazhi.kernel.records.measures.figures import Figure
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.queries import values
from fazhi.lines.report.queries.tokens import Broken, Token, pieces, tokens
from fazhi.lines.report.queries.values import Figures, Stand, Words


@dataclass(frozen=True, slots=True)
class Piece:
    """This stretch of a block: words, or a figure with its token and how it stands. ``start`` counts in the whole text."""

    text: str
    start: int = 0
    token: Token | None = None
    figure: Figure | None = None
    stand: Stand | None = None
    reason: str = ""

    @property
    def end(self) -> int:
        """Where it ends in the whole text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """This block as it reads: its number, if it is a heading, and its pieces."""

    block: Block
    number: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words, without the number."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ReportText:
    """This report as it reads, line by line, and the figures it was written with."""

    report: Report
    lines: tuple[Line, ...]
    figures: Figures = field(repr=False)

    @property
    def plain(self) -> str:
        """The whole text, one line a block, as a reader of the printed report reads it."""
        return "\n".join(line.number + line.text for line in self.lines)

    def placed(self) -> Iterator[Piece]:
        """The pieces that are figures, in order."""
        return (piece for line in self.lines for piece in line.pieces if piece.token is not None)

    def unready(self) -> list[Piece]:
        """The figures that cannot be printed: missing, or written in a form that is not true."""
        return [piece for piece in self.placed() if piece.stand is not Stand.TRUE]

    def used(self) -> list[Token]:
        """The tokens, each once, in order."""
        return list(dict.fromkeys(piece.token for piece in self.placed() if piece.token is not None))


def blocks_of(report: Report) -> list[Block]:
    """The blocks of a report, in order. Needs the jurisdiction in session."""
    return list(Block.objects.filter(report=report, removed=False).order_by("order", "id"))


def tokens_of(blocks: Iterable[Block], year: int) -> list[Token]:
    """The tokens of all blocks, in order."""
    return [token for block in blocks for token in tokens(block.text, year)]


def read(report: Report, *, beside: Sequence[Period] = (), measures: Iterable[Measure] = ()) -> ReportText:
    """This report as it reads at this moment, with the figures of its periods and of those ``beside``.

    ``measures`` are further ones whose figures are wanted. Needs the jurisdiction in session and ``report.subject`` at
    hand.
    """
    blocks = blocks_of(report)
    wanted = tokens_of(blocks, report.year)
    found = values.figures(wanted, values.scope_of(report.subject), beside=beside, measures=measures)
    return compose(report, blocks, found)


def compose(report: Report, blocks: Iterable[Block], found: Figures) -> ReportText:
    """This report of its blocks and the figures for their tokens."""
    counts = [0, 0, 0]
    at = 0
    lines = []
    for block in blocks:
        number = _number(block, counts)
        start = at + len(number)
        made: list[Piece] = []
        for piece in pieces(block.text, report.year):
            made.append(_piece(piece, start, found))
            start = made[-1].end
        lines.append(Line(block, number, tuple(made)))
        at = start + 1
    return ReportText(report, tuple(lines), found)


def _number(block: Block, counts: list[int]) -> str:
    if not block.level:
        return ""
    counts[block.level - 1] += 1
    counts[block.level :] = [0] * (len(counts) - block.level)
    return heading_number(block.level, counts[block.level - 1])


def _piece(piece: str | Token | Broken, start: int, found: Figures) -> Piece:
    if isinstance(piece, str):
        return Piece(piece, start)
    if isinstance(piece, Broken):
        return Piece(piece.text, start, stand=Stand.UNTRUE, reason=piece.reason)
    figure = found[piece.key, piece.period]
    words: Words = values.write(figure, piece.form)
    return Piece(words.text, start, piece, figure, words.stand, words.reason)
