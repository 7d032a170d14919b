"""Reads papers back: the XML of a Word file, the lines and strokes of a PDF, the elements of a page."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from fazhi.kernel.casework.papers.rendering import Document, to_docx, to_pdf
from tests.kernel.papers.samples import AT

POINTS_PER_MM = 72 / 25.4
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMESPACES = {
    "w": _W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}


def without_space(text: str) -> str:
    return re.sub(r"\s", "", text)


class Word:
    """One Word file, by part and path."""

    def __init__(self, document: Document) -> None:
        self.bytes = to_docx(document, at=AT)
        with zipfile.ZipFile(io.BytesIO(self.bytes)) as archive:
            self.entries = archive.infolist()
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        self.trees = {
            name: etree.fromstring(content) for name, content in self.parts.items() if name.endswith((".xml", ".rels"))
        }

    def find(self, path: str, part: str = "word/document.xml") -> list[etree._Element]:
        return elements(self.trees[part], path)

    def values(self, path: str, attribute: str = "val", part: str = "word/document.xml") -> list[str]:
        return [value(element, attribute) for element in self.find(path, part)]

    def style(self, name: str) -> etree._Element:
        return self.find(f"//w:style[w:name/@w:val='{name}']", "word/styles.xml")[0]

    def text(self) -> str:
        """Every word of text, headers and footers, in the order of the parts."""
        stories = sorted(name for name in self.parts if re.match(r"word/(document|header|footer)", name))
        return "".join(paragraph for name in stories for paragraph in self.paragraphs(name))

    def paragraphs(self, part: str = "word/document.xml") -> list[str]:
        return [text_of(paragraph) for paragraph in self.find("//w:p", part)]

    def footer(self, kind: str) -> str:
        """The name of the part that is the footer of this kind of page."""
        return self._story("footer", kind)

    def header(self, kind: str) -> str:
        return self._story("header", kind)

    def _story(self, tag: str, kind: str) -> str:
        reference = self.find(f"//w:sectPr/w:{tag}Reference[@w:type='{kind}']")[0]
        relation = reference.get(f"{{{_NAMESPACES['r']}}}id")
        for entry in self.trees["word/_rels/document.xml.rels"]:
            if entry.get("Id") == relation:
                return f"word/{entry.get('Target')}"
        raise AssertionError(f"no part for {relation}")


def elements(node: etree._Element, path: str) -> list[etree._Element]:
    """What the path leads to from this element; a path to attributes or text is a mistake."""
    found = node.xpath(path, namespaces=_NAMESPACES)
    assert isinstance(found, list)
    made = [element for element in found if isinstance(element, etree._Element)]
    assert len(made) == len(found)
    return made


def texts(node: etree._Element, path: str) -> list[str]:
    """The attributes the path leads to from this element."""
    found = node.xpath(path, namespaces=_NAMESPACES)
    assert isinstance(found, list)
    assert all(isinstance(text, str) for text in found)
    return [str(text) for text in found]


def text_of(paragraph: etree._Element) -> str:
    breaks = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    pieces = elements(paragraph, "descendant-or-self::w:r/*[self::w:t or self::w:br or self::w:tab]")
    return "".join(breaks.get(str(piece.tag), piece.text or "") for piece in pieces)


def value(element: etree._Element, attribute: str = "val") -> str:
    found = element.get(f"{_W}{attribute}")
    assert found is not None, f"{element.tag} has no {attribute}"
    return found


@dataclass(frozen=True)
class Line:
    """One line of a page: its text, and its edges in millimetres from the upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Stroke:
    """One drawn path: its edges in millimetres from the upper left corner."""

    left: float
    right: float
    top: float
    bottom: float


class Pdf:
    """One PDF, opened."""

    def __init__(self, document: Document) -> None:
        self.bytes = to_pdf(document, at=AT)
        self._pdf = pypdfium2.PdfDocument(self.bytes)

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, page: int) -> tuple[float, float]:
        width, height = self._pdf[page].get_size()
        return width / POINTS_PER_MM, height / POINTS_PER_MM

    def facts(self) -> dict[str, str]:
        found = self._pdf.get_metadata_dict()
        assert isinstance(found, dict)
        return found

    def text(self, page: int) -> str:
        return str(self._pdf[page].get_textpage().get_text_range())

    def whole_text(self) -> str:
        """The text of all pages without page numbers and space, so that what a page break parted is whole."""
        pages = (re.sub(r"—\d+—$", "", without_space(self.text(page))) for page in range(len(self)))
        return "".join(pages)

    def lines(self, page: int) -> list[Line]:
        """The lines from top to bottom, by the baseline their characters stand on."""
        opened = self._pdf[page]
        height = opened.get_size()[1]
        textpage = opened.get_textpage()
        by_baseline: dict[int, list[tuple[str, float, float, float, float]]] = defaultdict(list)
        for index in range(textpage.count_chars()):
            character = textpage.get_text_range(index, 1)
            if not character.strip():
                continue
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            by_baseline[round(bottom)].append((character, left, right, height - top, height - bottom))
        lines = []
        for characters in by_baseline.values():
            characters.sort(key=lambda found: found[1])
            lines.append(
                Line(
                    "".join(found[0] for found in characters),
                    min(found[1] for found in characters) / POINTS_PER_MM,
                    max(found[2] for found in characters) / POINTS_PER_MM,
                    min(found[3] for found in characters) / POINTS_PER_MM,
                    max(found[4] for found in characters) / POINTS_PER_MM,
                )
            )
        return sorted(lines, key=lambda line: line.top)

    def strokes(self, page: int) -> Iterator[Stroke]:
        opened = self._pdf[page]
        height = opened.get_size()[1]
        for drawn in opened.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = (edge / POINTS_PER_MM for edge in drawn.get_bounds())
            yield Stroke(left, right, height / POINTS_PER_MM - top, height / POINTS_PER_MM - bottom)


class Page(HTMLParser):
    """One HTML page as its elements and words; fails on what is not well nested."""

    _VOID = frozenset({"meta", "link", "br", "hr", "col", "path"})

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: text or "" for name, text in attrs}))
        if tag not in self._VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: text or "" for name, text in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.words.append(data)

    def text(self) -> str:
        return "".join(self.words)

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.elements if found == tag]
