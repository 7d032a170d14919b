"""The report as a document: its text with figures that stay findable, and last year's beside this year's as an annex."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.figures import UntrueForm, written
from fazhi.kernel.casework.papers.rendering import (
    Align,
    Attachment,
    Block,
    Document,
    Figure,
    Heading,
    Layout,
    Openness,
    Paragraph,
    Run,
    Table,
)
from fazhi.kernel.casework.papers.rendering.text import Text
from fazhi.kernel.records.measures.figures import Figure as Measured
from fazhi.kernel.records.measures.opening import opens
from fazhi.lines.report.papers.comparing import compared
from fazhi.lines.report.queries.text import Line, Piece, ReportText

_LONG = 20
_WIDTHS = (14, 4, 8, 8, 9)


def document(text: ReportText, *, annex: bool = True) -> Document:
    """This report as a document. ``text`` must have been read with the year before beside, unless without annex."""
    report = text.report
    anchors = {id(piece): f"t{number}" for number, piece in enumerate(text.placed(), start=1)}
    blocks = tuple(_blocks(text, anchors))
    return Document(
        layout=Layout.REPORT,
        organ=report.subject.name,
        title=_title(report.heading, report.year),
        blocks=blocks,
        dated=report.submitted_on,
        openness=Openness.ACTIVE,
        attachments=(Attachment(f"{report.year}年主要数据", (table(text),)),) if annex and text.used() else (),
    )


def _blocks(text: ReportText, anchors: dict[int, str]) -> Iterator[Block]:
    for line in text.lines:
        if not line.text:
            continue
        if line.block.level:
            yield Heading(line.block.level, line.text)
        else:
            yield Paragraph(tuple(_runs(line, anchors)))


def _runs(line: Line, anchors: dict[int, str]) -> Iterator[Run]:
    for piece in line.pieces:
        yield Text(piece.text) if piece.figure is None else _figure(piece, anchors[id(piece)])


def _figure(piece: Piece, anchor: str) -> Figure:
    assert piece.figure is not None
    measure, period = piece.figure.measure, piece.figure.period
    return Figure(
        text=piece.text,
        measure=measure.key,
        anchor=anchor,
        tooltip=f"{measure.label}（{period.label}）：{measure.definition}",
        link=opens(piece.figure),
    )


def _title(heading: str, year: int) -> tuple[str, ...]:
    """This heading in lines; a long one is broken before its year, where the sense allows it."""
    before, at, after = heading.partition(f"{year}年")
    return (before, at + after) if before and at and len(heading) > _LONG else (heading,)


def _number(figure: Measured) -> str:
    """This figure in a table: thousands parted, a rate to one place, a word where there is none."""
    if figure.value is None:
        return figure.state.label
    if figure.measure.unit != "%":
        return written(figure.value, "grouped")
    try:
        return written(figure.value, "percent1").removesuffix("%")
    except UntrueForm:
        # 99.98 is not 100.
        return written(figure.value, "percent2").removesuffix("%")


def table(text: ReportText) -> Table:
    """The figures of a report beside those of the year before."""
    year = text.report.year
    rows = [
        (each.measure.label, each.measure.unit, _number(each.this), _number(each.last), each.change or "—")
        for each in compared(text)
    ]
    return Table.of(
        ("指标", "单位", f"{year}年", f"{year - 1}年", "变化"),
        rows,
        widths=_WIDTHS,
        aligns=(Align.LEFT, Align.CENTER, Align.RIGHT, Align.RIGHT, Align.RIGHT),
        notes=("比率的变化为百分点；“未报”为没有填报或尚未采用，“不适用”为没有这项业务。",),
    )
