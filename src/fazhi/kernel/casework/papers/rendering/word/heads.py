"""What stands before the text: issuing mark, number, red rule, title, as each layout wants them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from fazhi.kernel.casework.papers.rendering import composition, geometry
from fazhi.kernel.casework.papers.rendering.document import Document, Layout
from fazhi.kernel.casework.papers.rendering.tables import Align
from fazhi.kernel.casework.papers.rendering.word import markup, measures, styles
from fazhi.kernel.casework.papers.rendering.word.markup import Element, Indent, Rule, Spacing, Tab

_RED_RULE: Final = 12  # eighths of a point
_THICK: Final = 16
_THIN: Final = 6
_BETWEEN_RULES: Final = 34  # twips: 0.6 mm between the lines of a double rule
_RULE_SPACE: Final = 8  # points from the foot of a line of text to a rule 4 mm below its type
_UNDER_LETTER_RULE: Final = 100  # twips: with the head room of a line, 7/8 of a character
_CERTIFICATE_TITLE: Final = 30.0
_CERTIFICATE_HEAD: Final = 8.0  # millimetres free between the border and the title
_DOUBLE_RULE: Final = round((_THICK + _THIN) / 8 * measures.POINT) + _BETWEEN_RULES
_ONE_CHARACTER_IN: Final = (
    Tab(measures.CHARACTER),
    Tab(measures.TEXT_WIDTH - measures.CHARACTER, "right"),
)
_BEYOND_TEXT: Final = Indent(
    left=-markup.twips((geometry.LETTER_RULE_LENGTH - geometry.PORTRAIT.text_width) / 2),
    right=-markup.twips((geometry.LETTER_RULE_LENGTH - geometry.PORTRAIT.text_width) / 2),
)
_TITLED: Final = frozenset({Layout.FORM, Layout.LEDGER, Layout.CERTIFICATE})


def title(
    lines: Sequence[str],
    *,
    above: int = 0,
    below: int = 0,
    size: float = geometry.SIZE_2_PT,
    width: int = measures.TEXT_WIDTH,
) -> Element:
    """This title as one paragraph that takes whole lines of the grid, with free room in twips above and below."""
    line = measures.TITLE_PITCH if size == geometry.SIZE_2_PT else round(size * measures.POINT * 1.5)
    room = width / measures.POINT / size
    used = sum(max(1, math.ceil(composition.width_in_characters(words) / room)) for words in lines) * line
    rest = measures.to_grid(used)
    own = size != geometry.SIZE_2_PT
    return markup.paragraph(
        styles.TITLE,
        markup.run("\n".join(lines), size=size if own else None),
        spacing=Spacing(before=above + rest // 2, after=below + rest - rest // 2, line=line if own else None),
    )


class _Column:
    """Paragraphs one below the other from the head of the type area, and the height in twips they take."""

    def __init__(self, used: int = 0) -> None:
        self.elements: list[Element] = []
        self.used = used

    def add(self, element: Element, height: int) -> None:
        self.elements.append(element)
        self.used += height

    def notices(self, document: Document) -> None:
        """Adds copy number, 密级 and urgency, a line each."""
        for words in composition.notices(document):
            self.add(markup.paragraph(styles.NOTICE, markup.run(words), align=Align.LEFT), measures.PITCH)

    def mark(self, document: Document) -> None:
        """Adds the issuing mark, its head 35 mm below that of the type area whatever notices stand there."""
        line = measures.line_of(composition.mark_size(document))
        above = max(0, markup.twips(geometry.MARK_BELOW_TYPE_AREA) - self.used)
        words = markup.run(composition.mark(document), size=composition.mark_size(document))
        self.add(markup.paragraph(styles.MARK, words, spacing=Spacing(before=above, line=line)), above + line)

    def number(self, above: int, *words: Element, tabs: Sequence[Tab] = (), ruled: bool = False) -> None:
        """Adds a line of the number, with the red rule 4 mm below it where it stands above one."""
        rule = Rule(_RED_RULE, _RULE_SPACE, geometry.RED) if ruled else None
        line = markup.paragraph(
            styles.NUMBER,
            *words,
            bottom=rule,
            tabs=tabs,
            spacing=Spacing(before=above),
            align=Align.LEFT if tabs else None,
        )
        rule_height = round((_RULE_SPACE + _RED_RULE / 8) * measures.POINT) if ruled else 0
        self.add(line, above + measures.PITCH + rule_height)


def head(document: Document) -> Iterator[Element]:
    """Everything above the text, and the addressees who open it."""
    column = _Column()
    above = 0
    match document.layout:
        case Layout.REDHEAD:
            _red_head(column, document)
        case Layout.MINUTES:
            _minutes_head(column, document)
        case Layout.LETTER:
            column = _letter_head(document)
        case Layout.CERTIFICATE:
            above = markup.twips(_CERTIFICATE_HEAD)
        case _:
            column.notices(document)
    if document.layout in composition.HEADED:
        above = 2 * measures.PITCH + measures.to_grid(column.used)
    yield from column.elements
    yield from _title(document, above)
    if document.addressees:
        yield markup.paragraph(None, markup.run(composition.addressees(document)))


def _title(document: Document, above: int) -> Iterator[Element]:
    titled = document.layout in _TITLED
    subtitle = composition.subtitle(document)
    number = document.number if document.layout in composition.NUMBER_AT_RIGHT else ""
    free = 0 if titled else measures.PITCH
    yield title(
        composition.title_lines(document),
        above=above,
        below=0 if subtitle or number else free,
        size=_CERTIFICATE_TITLE if document.layout is Layout.CERTIFICATE else geometry.SIZE_2_PT,
        width=measures.text_width(document.layout),
    )
    if subtitle:
        yield markup.paragraph(styles.SUBTITLE, markup.run(subtitle), spacing=Spacing(after=free))
    if number:
        words = markup.run(number, size=geometry.SIZE_4_PT if titled else None)
        yield markup.paragraph(styles.NUMBER, words, spacing=Spacing(after=free), align=Align.RIGHT)


def _red_head(column: _Column, document: Document) -> None:
    column.notices(document)
    column.mark(document)
    if document.approver:
        words = (
            markup.run(f"\t{document.number}\t签发人："),
            markup.run(document.approver, family=styles.KAI_FACE),
        )
        column.number(2 * measures.PITCH, *words, tabs=_ONE_CHARACTER_IN, ruled=True)
    else:
        column.number(2 * measures.PITCH, markup.run(document.number), ruled=True)


def _minutes_head(column: _Column, document: Document) -> None:
    column.notices(document)
    column.mark(document)
    column.number(measures.PITCH, markup.run(document.number))
    day = composition.date_text(document.dated) if document.dated else ""
    column.number(measures.PITCH, markup.run(f"\t{document.organ}\t{day}"), tabs=_ONE_CHARACTER_IN, ruled=True)


def _letter_head(document: Document) -> _Column:
    """Notices and number under the mark, which stands in the header of the first page and pushes the text down."""
    header = measures.line_of(composition.mark_size(document)) + _RULE_SPACE * measures.POINT + _DOUBLE_RULE
    top = markup.twips(geometry.LETTER_MARK_FROM_EDGE) + header - markup.twips(geometry.PORTRAIT.top)
    column = _Column(used=top)
    for n, words in enumerate(composition.notices(document) or ("",)):
        number = f"\t{document.number}" if n == 0 else ""
        above = _UNDER_LETTER_RULE if n == 0 else 0
        column.number(
            above, markup.run(words, style=styles.STRONG), markup.run(number), tabs=(Tab(measures.TEXT_WIDTH, "right"),)
        )
    return column


def letter_header(document: Document) -> Iterator[Element]:
    """The mark 30 mm from the page's edge and the double rule 4 mm below it, thick above thin, wider than the text."""
    thick, thin = Rule(_THICK, _RULE_SPACE, geometry.RED), Rule(_THIN, 0, geometry.RED)
    words = markup.run(composition.mark(document), size=composition.mark_size(document))
    line = Spacing(line=measures.line_of(composition.mark_size(document)))
    yield markup.paragraph(styles.MARK, words, spacing=line, bottom=thick, indent=_BEYOND_TEXT)
    yield _empty_ruled(thin)


def letter_footer() -> Iterator[Element]:
    """The second double rule, at the foot of a letter's first page: thin above thick."""
    yield _empty_ruled(Rule(_THIN, 0, geometry.RED))
    yield _empty_ruled(Rule(_THICK, 0, geometry.RED))


def _empty_ruled(rule: Rule) -> Element:
    return markup.paragraph(styles.SPACER, bottom=rule, indent=_BEYOND_TEXT, spacing=Spacing(line=_BETWEEN_RULES))
