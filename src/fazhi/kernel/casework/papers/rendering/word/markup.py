"""Markup of WordprocessingML, with the children of every property list in the order the schema demands.

Word refuses a file whose properties stand in another order, so callers name properties and never place them. Markup is
text: an object for every element would take two thirds of the time of a long table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NewType
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsmap

from fazhi.kernel.casework.papers.rendering.tables import Align

Element = NewType("Element", str)
"""Finished markup of one element: every word and value in it is escaped. Only `w`, `run` and `drawing` make it."""

_NAMESPACES: Final = f'xmlns:w="{nsmap["w"]}" xmlns:r="{nsmap["r"]}"'
_BREAKS: Final = re.compile(r"([\n\t])")
_BREAK_TAGS: Final = {"\n": "br", "\t": "tab"}


def twips(millimetres: float) -> int:
    """This length in twentieths of a point, the unit of Word's measures."""
    return round(millimetres * 1440 / 25.4)


def w(tag: str, *children: Element | None, relation: str | None = None, **attributes: str | float | None) -> Element:
    """This element of Word's main namespace; children and attributes that are None are left out.

    `relation` is the id of a relation of the part it stands in.
    """
    own = "".join([f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None])
    if relation is not None:
        own += f" r:id={quoteattr(relation)}"
    inner = "".join([child for child in children if child is not None])
    return Element(f"<w:{tag}{own}>{inner}</w:{tag}>" if inner else f"<w:{tag}{own}/>")


def some(tag: str, *children: Element | None) -> Element | None:
    """This element, unless all its children are left out."""
    return w(tag, *children) if any(child is not None for child in children) else None


def flag(tag: str, stands: bool) -> Element | None:
    """This property if it stands."""
    return w(tag) if stands else None


def part(tag: str, *children: Element) -> bytes:
    """A whole part of the file with this root element."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} {_NAMESPACES}>{"".join(children)}</w:{tag}>'
    ).encode()


# ---- runs ------------------------------------------------------------------------------------------------------------


def fonts(family: str) -> Element:
    """One family for every script: quotation marks and 〔〕 are Latin to Word and would change type inside a line."""
    return w("rFonts", hint="eastAsia", ascii=family, hAnsi=family, eastAsia=family, cs=family)


def run(
    text: str,
    *,
    style: str | None = None,
    family: str | None = None,
    underlined: bool = False,
    size: float | None = None,
) -> Element:
    """This text in one run; line breaks and tabs become Word's own. `size` is in points."""
    half_points = None if size is None else int(size * 2)
    properties = some(
        "rPr",
        w("rStyle", val=style) if style else None,
        fonts(family) if family else None,
        w("sz", val=half_points) if half_points else None,
        w("szCs", val=half_points) if half_points else None,
        w("u", val="single") if underlined else None,
    )
    return w("r", properties, *_pieces(text))


def _pieces(text: str) -> Iterator[Element]:
    for piece in _BREAKS.split(text):
        if piece in _BREAK_TAGS:
            yield w(_BREAK_TAGS[piece])
        elif piece:
            yield Element(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')


def field(instruction: str, size: float | None = None) -> Element:
    """A field that Word computes, such as PAGE; it shows 1 until then."""
    return w("fldSimple", run("1", size=size), instr=f" {instruction} ")


def drawing(inline: str) -> Element:
    """A run with this drawing, given as markup that names its own namespaces."""
    return w("r", w("drawing", Element(inline)))


def link(relation: str, tooltip: str, *content: Element) -> Element:
    """These runs as a link over this relation of the document."""
    return w("hyperlink", *content, relation=relation, tooltip=tooltip or None)


def bookmark(number: int, label: str, content: Iterable[Element]) -> Iterator[Element]:
    """These elements with a bookmark around them; `number` is unique in the file."""
    yield w("bookmarkStart", id=number, name=label)
    yield from content
    yield w("bookmarkEnd", id=number)


# ---- paragraphs ------------------------------------------------------------------------------------------------------


AS_TALL_AS_CONTENT: Final = 0
_ONE_LINE: Final = 240  # of a line of automatic height, in the unit of such lines


@dataclass(frozen=True, slots=True)
class Spacing:
    """Room in twips: before and after the paragraph, and the exact height of its lines; None leaves the style's.

    A `line` of AS_TALL_AS_CONTENT lets a picture have its height.
    """

    before: int | None = None
    after: int | None = None
    line: int | None = None

    def element(self) -> Element:
        """As a property of a paragraph or a style."""
        rule = None if self.line is None else "exact"
        if self.line == AS_TALL_AS_CONTENT:
            return w("spacing", before=self.before, after=self.after, line=_ONE_LINE, lineRule="auto")
        return w("spacing", before=self.before, after=self.after, line=self.line, lineRule=rule)


@dataclass(frozen=True, slots=True)
class Indent:
    """Indents in twips; `first` and `right_characters` in characters, which Word keeps when the type size changes."""

    left: int | None = None
    right: int | None = None
    hanging: int | None = None
    first: float | None = None
    right_characters: float | None = None
    character: int = 0  # twips one character takes, for programs that do not count in characters

    def element(self) -> Element:
        """As a property of a paragraph or a style."""
        first, right = self.first, self.right_characters
        return w(
            "ind",
            left=self.left,
            rightChars=None if right is None else round(right * 100),
            right=self.right if right is None else round(right * self.character),
            hanging=self.hanging,
            firstLineChars=None if first is None else round(first * 100),
            firstLine=None if first is None else round(first * self.character),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule along a paragraph's or cell's edge: weight in eighths of a point, distance from the text in points."""

    weight: int
    space: int = 0
    colour: str = "auto"

    def element(self, edge: str) -> Element:
        """As the rule at this edge (top, bottom, left, right, insideH …)."""
        return w(edge, val="single", sz=self.weight, space=self.space, color=self.colour)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop in twips from the left edge of the type area."""

    at: int
    kind: str = "left"


def paragraph(
    style: str | None,
    *content: Element,
    keep_next: bool = False,
    page_break: bool = False,
    bottom: Rule | None = None,
    tabs: Iterable[Tab] = (),
    spacing: Spacing | None = None,
    indent: Indent | None = None,
    align: Align | None = None,
) -> Element:
    """This paragraph in this style (None: the body's own), with what it sets for itself."""
    properties = some(
        "pPr",
        w("pStyle", val=style) if style else None,
        flag("keepNext", keep_next),
        flag("pageBreakBefore", page_break),
        _borders("pBdr", bottom=bottom),
        _tabs(tabs),
        spacing.element() if spacing else None,
        indent.element() if indent else None,
        w("jc", val=align.value) if align else None,
    )
    return w("p", properties, *content)


def _tabs(stops: Iterable[Tab]) -> Element | None:
    return some("tabs", *(w("tab", val=stop.kind, pos=stop.at) for stop in stops))


def _borders(tag: str, **edges: Rule | None) -> Element | None:
    return some(tag, *(rule.element(edge) for edge, rule in edges.items() if rule is not None))


# ---- tables ----------------------------------------------------------------------------------------------------------


def cell_borders(**edges: Rule | None) -> Element | None:
    """These rules of one cell, named top, left, bottom, right; None when there is none."""
    return _borders("tcBorders", **edges)


def table_borders(**edges: Rule | None) -> Element | None:
    """These rules of a table, named top, left, bottom, right, insideH, insideV; None when there is none."""
    return _borders("tblBorders", **edges)


def cell(
    width: int,
    *content: Element,
    columns: int = 1,
    merge: str | None = None,
    borders: Element | None = None,
    centred: bool = True,
) -> Element:
    """This cell over `columns` columns; `merge` is `restart` or `continue` where it covers several rows."""
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=columns) if columns > 1 else None,
        w("vMerge", val=merge) if merge else None,
        borders,
        w("vAlign", val="center") if centred else None,
    )
    return w("tc", properties, *content)


def row(*cells: Element, heading: bool = False, whole: bool = True, least: int = 0) -> Element:
    """This row: repeated on every page if heading, never split if whole, at least so many twips high."""
    properties = some(
        "trPr",
        flag("cantSplit", whole),
        w("trHeight", val=least, hRule="atLeast") if least else None,
        flag("tblHeader", heading),
    )
    return w("tr", properties, *cells)


def table(
    style: str,
    widths: Iterable[int],
    *rows: Element,
    floating: Element | None = None,
    borders: Element | None = None,
    margins: Element | None = None,
) -> Element:
    """This table of fixed column widths in twips."""
    columns = tuple(widths)
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        floating,
        w("tblOverlap", val="never") if floating is not None else None,
        w("tblW", w=sum(columns), type="dxa"),
        borders,
        w("tblLayout", type="fixed"),
        margins,
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in columns)), *rows)
