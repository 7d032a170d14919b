"""Papers as HTML: semantic, readable without its style sheet, nothing inline that a strict content policy forbids."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final, TypeAlias

import segno

from fazhi.kernel.casework.papers.rendering import composition
from fazhi.kernel.casework.papers.rendering.document import (
    Block,
    Document,
    Heading,
    Labelled,
    Layout,
    List,
    PageBreak,
    Paragraph,
    SignatureLine,
)
from fazhi.kernel.casework.papers.rendering.tables import Align, Cell, Placed, Row, Table, place
from fazhi.kernel.casework.papers.rendering.text import Figure, Run, safe_link

LinkResolver: TypeAlias = Callable[[Figure], str | None]
"""Where a figure leads: an address, or None for a figure that shall not be a link."""

STYLESHEET: Final = "papers/paper.css"
"""Under this name the style sheet is among the site's static files, for pages that hold a fragment."""


def link_of(figure: Figure) -> str | None:
    """The address the figure itself carries."""
    return figure.link or None


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style sheet of all papers, for screen and print."""
    return (Path(__file__).parents[1] / "static" / STYLESHEET).read_text("utf-8")


def to_html(document: Document, *, stylesheet_address: str | None = None, link: LinkResolver = link_of) -> str:
    """This document as a whole page.

    Without `stylesheet_address` the page carries the style sheet in itself and is complete alone, as a file to keep or
    to send; a site whose content policy forbids that gives the address it serves the style sheet under. `link` decides
    where each figure leads; a figure it resolves to None is printed as a span with the same data and tooltip.
    """
    styled = (
        f"<style>\n{stylesheet()}</style>"
        if stylesheet_address is None
        else f'<link rel="stylesheet" href="{escape(stylesheet_address)}">'
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(document.name)}</title>\n<meta name="author" content="{escape(document.organ)}">\n'
        f'<meta name="keywords" content="{escape(document.secrecy.value)},{escape(document.openness.value)}">\n'
        f"{styled}\n</head>\n<body>\n{to_html_fragment(document, link=link)}</body>\n</html>\n"
    )


def to_html_fragment(document: Document, *, link: LinkResolver = link_of, level: int = 1) -> str:
    """This document as one `<article>` for a page that exists already and loads STYLESHEET, its title an `<h{level}>`.

    Raises ValueError when `level` leaves no room for four levels of headings below the title (1 or 2).
    """
    if level not in (1, 2):
        raise ValueError(f"the title of a paper is an h1 or h2, not an h{level}")
    return "".join(_Writer(document, link, level).article())


class _Writer:
    """One walk over one document; every piece of text goes out through `escape`."""

    def __init__(self, document: Document, link: LinkResolver, level: int) -> None:
        self._document = document
        self._link = link
        self._level = level

    def article(self) -> Iterator[str]:
        document = self._document
        kinds = f"paper paper-{document.layout.value}"
        yield f'<article class="{kinds}" lang="zh-CN">\n'
        yield from self._head()
        yield '<div class="text">\n'
        if document.addressees:
            yield f'<p class="addressees">{_text(composition.addressees(document))}</p>\n'
        yield from self._blocks(document.blocks)
        yield "</div>\n"
        yield from self._attachment_note()
        yield from self._signature()
        if document.note:
            yield f'<p class="note">{_text(composition.note(document))}</p>\n'
        yield from self._attachments()
        yield from self._page_signers()
        yield from self._foot()
        yield "</article>\n"

    def _head(self) -> Iterator[str]:
        document = self._document
        yield "<header>\n"
        for notice in composition.notices(document):
            yield f'<p class="notice">{_text(notice)}</p>\n'
        mark = composition.mark(document)
        if mark:
            yield from self._mark(mark)
        lines = "<br>".join(_text(line) for line in composition.title_lines(document))
        yield f'<h{self._level} class="title">{lines}</h{self._level}>\n'
        subtitle = composition.subtitle(document)
        if subtitle:
            yield f'<p class="subtitle">{_text(subtitle)}</p>\n'
        if document.number and document.layout in composition.NUMBER_AT_RIGHT:
            yield f'<p class="number number-right">{_text(document.number)}</p>\n'
        yield "</header>\n"

    def _mark(self, mark: str) -> Iterator[str]:
        document = self._document
        yield f'<p class="mark">{_text(mark)}</p>\n'
        if document.number:
            yield f'<p class="number">{_text(document.number)}</p>\n'
        if document.approver and document.layout is Layout.REDHEAD:
            yield f'<p class="approver">签发人：{_text(document.approver)}</p>\n'
        if document.layout is Layout.MINUTES:
            day = _day(document.dated) if document.dated else ""
            yield f'<p class="issuing-office"><span>{_text(document.organ)}</span>{day}</p>\n'
        yield '<hr class="rule">\n'

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        described: list[Labelled] = []
        for block in composition.numbered(blocks):
            if isinstance(block, Labelled):
                described.append(block)
                continue
            yield from self._description(described)
            described = []
            yield from self._block(block)
        yield from self._description(described)

    def _description(self, entries: list[Labelled]) -> Iterator[str]:
        if entries:
            yield '<dl class="labelled">\n'
            for entry in entries:
                yield f"<div><dt>{_text(entry.label)}：</dt><dd>{self._runs(entry.runs)}</dd></div>\n"
            yield "</dl>\n"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                tag = f"h{self._level + block.level}"
                yield f'<{tag} class="level-{block.level}">{_text(block.text)}</{tag}>\n'
            case Paragraph():
                kinds = [
                    *([] if block.indent else ["flush"]),
                    *([] if block.align is Align.LEFT else [block.align.value]),
                ]
                yield f"<p{_classes(kinds)}>{self._runs(block.runs)}</p>\n"
            case List():
                tag = "ol" if block.ordered else "ul"
                items = "".join(f"<li>{self._runs(item)}</li>\n" for item in block.items)
                yield f"<{tag}>\n{items}</{tag}>\n"
            case Table():
                yield from self._table(block)
            case SignatureLine():
                on = composition.date_text(block.on) if block.on else composition.BLANK_DATE
                yield (
                    f'<p class="signature-line">{_text(block.label)}：<span class="signed-name">{_text(block.name)}</span>'
                    f"<span>{on}</span></p>\n"
                )
            case PageBreak():
                yield '<hr class="page-break">\n'
            case _:
                raise TypeError(f"no HTML for {type(block).__name__}")

    def _table(self, table: Table) -> Iterator[str]:
        yield (
            '<div class="table" role="group" tabindex="0">\n<table>\n'
            if not table.caption
            else (f'<div class="table" role="group" tabindex="0" aria-label="{escape(table.caption)}">\n<table>\n')
        )
        if table.caption or table.unit:
            unit = f'<span class="unit">{_text(table.unit)}</span>' if table.unit else ""
            yield f"<caption>{_text(table.caption)}{unit}</caption>\n"
        columns = len(table.widths)
        # An attribute, since a strict content policy refuses styles written on elements.
        shares = (f'<col width="{share / sum(table.widths):.1%}">' for share in table.widths)
        yield f"<colgroup>{''.join(shares)}</colgroup>\n"
        if table.header:
            yield from self._rows("thead", table, place(table.header, columns), table.header, heading=True)
        yield from self._rows("tbody", table, place(table.rows, columns), table.rows, heading=False)
        yield "</table>\n"
        for words in table.notes:
            yield f'<p class="table-note">{_text(words)}</p>\n'
        yield "</div>\n"

    def _rows(
        self, part: str, table: Table, cells: Iterable[Placed], rows: Sequence[Row], *, heading: bool
    ) -> Iterator[str]:
        yield f"<{part}>\n"
        lines: list[list[str]] = [[] for _ in rows]
        for placed in cells:
            align = Align.CENTER if heading else table.align(placed)
            lines[placed.row].append(self._cell(placed.cell, align, heading=heading))
        for line in lines:
            yield f"<tr>{''.join(line)}</tr>\n"
        yield f"</{part}>\n"

    def _cell(self, cell: Cell, align: Align, *, heading: bool) -> str:
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        kinds = _classes([] if align is Align.LEFT else [align.value])
        if heading:
            scope = "colgroup" if cell.columns > 1 else "col"
            return f'<th scope="{scope}"{spans}{kinds}>{self._runs(cell.runs)}</th>'
        if cell.label:
            return f'<th scope="row"{spans}{kinds}>{self._runs(cell.runs)}</th>'
        return f"<td{spans}{kinds}>{self._runs(cell.runs)}</td>"

    def _runs(self, runs: Iterable[Run]) -> str:
        return "".join(self._figure(run) if isinstance(run, Figure) else _styled(run.text, run.strong) for run in runs)

    def _figure(self, figure: Figure) -> str:
        address = self._link(figure)
        facts = f' data-measure="{escape(figure.measure)}"'
        if figure.anchor:
            facts = f' id="{escape(figure.anchor)}"{facts}'
        if figure.tooltip:
            facts += f' title="{escape(figure.tooltip)}"'
        if address is None:
            return f'<span class="figure"{facts}>{_text(figure.text)}</span>'
        return f'<a class="figure" href="{escape(safe_link(address))}"{facts}>{_text(figure.text)}</a>'

    def _attachment_note(self) -> Iterator[str]:
        listed = composition.attachment_note(self._document)
        if listed:
            items = "".join(f"<li>{_text(number)}{_text(title)}</li>\n" for number, title in listed)
            yield f'<div class="attachment-note"><p>附件：</p>\n<ul>\n{items}</ul>\n</div>\n'

    def _signature(self) -> Iterator[str]:
        document = self._document
        if document.signature is None:
            return
        yield '<div class="signature">\n'
        for organ in document.signature.organs:
            yield f'<p class="signing-organ">{_text(organ)}</p>\n'
        if document.dated is not None:
            yield f"<p>{_day(document.dated)}</p>\n"
        yield "</div>\n"

    def _attachments(self) -> Iterator[str]:
        document = self._document
        for mark, attachment in zip(composition.attachment_marks(document), document.attachments, strict=True):
            if attachment.blocks:
                tag = f"h{self._level + 1}"
                yield f'<section class="attachment">\n<p class="attachment-mark">{mark}</p>\n'
                yield f'<{tag} class="attachment-title">{_text(attachment.title)}</{tag}>\n'
                yield from self._blocks(attachment.blocks)
                yield "</section>\n"

    def _page_signers(self) -> Iterator[str]:
        """Those who sign every page on paper; a page on screen has one end."""
        if self._document.page_signers:
            places = (
                f'<span>{_text(signer)}：<span class="signed-name"></span></span>'
                for signer in self._document.page_signers
            )
            yield f'<p class="page-signers">{"".join(places)}</p>\n'

    def _foot(self) -> Iterator[str]:
        document = self._document
        lines = composition.imprint_lines(document)
        if document.check is not None:
            picture = segno.make(document.check.address, error="m", micro=False).svg_inline(
                border=2, scale=3, title="核验二维码", svgclass="qr", lineclass=None
            )
            yield (
                f'<p class="check">{picture}<a href="{escape(document.check.address)}">'
                f"{_text(composition.check_lines(document.check)[0])}</a></p>\n"
            )
        if lines:
            yield '<footer class="imprint">\n'
            for line in lines:
                right = f'<span class="imprint-right">{_text(line.right)}</span>' if line.right else ""
                yield f"<p>{_text(line.label)}{_text(line.text)}{right}</p>\n"
            yield "</footer>\n"


def _classes(kinds: Sequence[str]) -> str:
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _day(day: datetime.date) -> str:
    return f'<time datetime="{day.isoformat()}">{composition.date_text(day)}</time>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _styled(text: str, strong: bool) -> str:
    return f"<strong>{_text(text)}</strong>" if strong else _text(text)
