"""Elements of WordprocessingML, with the children of every property list in the order the schema demands.

Word refuses a file whose properties stand in another order, so callers name properties and never place them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from docx.oxml.ns import nsmap
from lxml import etree

from fazhi.kernel.casework.papers.rendering.tables import Align

Element: TypeAlias = etree._Element  # noqa: SLF001 - the class of all elements has no public name

_MAIN: Final = nsmap["w"]
_RELATED: Final = nsmap["r"]
RELATION: Final = f"{{{_RELATED}}}id"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_PREFIXES: Final = {"w": _MAIN, "r": _RELATED}
_BREAKS: Final = re.compile(r"([\n\t])")
_BREAK_TAGS: Final = {"\n": "br", "\t": "tab"}


def twips(millimetres: float) -> int:
    """This length in twentieths of a point, the unit of Word's measures."""
    return round(millimetres * 1440 / 25.4)


def name(tag: str) -> str:
    """This tag or attribute in the main namespace of Word, as lxml writes it."""
    return f"{{{_MAIN}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: str | float | None) -> Element:
    """This element of Word's main namespace; children and attributes that are None are left out."""
    made = etree.Element(name(tag), nsmap=_PREFIXES)
    for key, value in attributes.items():
        if value is not None:
            made.set(name(key), str(value))
    made.extend(child for child in children if child is not None)
    return made


def flag(tag: str, stands: bool) -> Element | None:
    """This property if it stands."""
    return w(tag) if stands else None


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
    properties = w(
        "rPr",
        w("rStyle", val=style) if style else None,
        fonts(family) if family else None,
        w("sz", val=half_points) if half_points else None,
        w("szCs", val=half_points) if half_points else None,
        w("u", val="single") if underlined else None,
    )
    made = w("r", properties if len(properties) else None)
    for piece in _BREAKS.split(text):
        if piece in _BREAK_TAGS:
            made.append(w(_BREAK_TAGS[piece]))
        elif piece:
            words = w("t")
            words.text = piece
            words.set(_SPACE, "preserve")
            made.append(words)
    return made


def field(instruction: str, size: float | None = None) -> Element:
    """A field that Word computes, such as PAGE; it shows 1 until then."""
    return w("fldSimple", run("1", size=size), instr=f" {instruction} ")


def link(relation: str, tooltip: str, *content: Element) -> Element:
    """These runs as a link over this relation of the document."""
    made = w("hyperlink", *content, tooltip=tooltip or None)
    made.set(RELATION, relation)
    return made


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
        made = w("ind", left=self.left, right=self.right, hanging=self.hanging)
        if self.first is not None:
            made.set(name("firstLineChars"), str(round(self.first * 100)))
            made.set(name("firstLine"), str(round(self.first * self.character)))
        if self.right_characters is not None:
            made.set(name("rightChars"), str(round(self.right_characters * 100)))
            made.set(name("right"), str(round(self.right_characters * self.character)))
        return made


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
    properties = w(
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
    return w("p", properties if len(properties) else None, *content)


def _tabs(stops: Iterable[Tab]) -> Element | None:
    made = w("tabs", *(w("tab", val=stop.kind, pos=stop.at) for stop in stops))
    return made if len(made) else None


def _borders(tag: str, **edges: Rule | None) -> Element | None:
    made = w(tag, *(rule.element(edge) for edge, rule in edges.items() if rule is not None))
    return made if len(made) else None


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
    properties = w(
        "trPr",
        flag("cantSplit", whole),
        w("trHeight", val=least, hRule="atLeast") if least else None,
        flag("tblHeader", heading),
    )
    return w("tr", properties if len(properties) else None, *cells)


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
