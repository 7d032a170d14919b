"""Reading files: text, HTML, Word and PDF with text, each to one string whose offsets lead back into the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import html

_BLOCKS: Final = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "table",
     "tr", "br", "blockquote", "dl", "dt", "dd", "main", "aside", "pre", "hr", "form", "tbody", "thead"}
)  # fmt: skip
_SILENT: Final = frozenset({"script", "style", "noscript", "template", "head", "select", "option", "button", "svg"})
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


class UnreadableFile(ValueError):
    """What was given is not a file that figures can be read from."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of the text of a source: from `start` it is run `run` of paragraph `paragraph`, or page `page`.

    Paragraphs of a Word file are counted as `paragraphs_of` yields them, cells of tables included.
    """

    start: int
    paragraph: int = 0
    run: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and where its characters stand in it."""

    path: Path
    text: str
    spots: tuple[Spot, ...] = ()

    def spot(self, offset: int) -> Spot | None:
        """Where the character at `offset` stands; nothing for files without inner places."""
        at = bisect_right([s.start for s in self.spots], offset) - 1
        return self.spots[at] if at >= 0 else None


def read_file(path: Path | str) -> Source:
    """Read the text of a txt, html, docx or pdf file.

    The text of a txt file is the file itself, character by character. Raises `UnreadableFile` when the kind of file is
    not known, the file is damaged, or a PDF holds no text.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"不能读取“{path.name}”:只支持 {'、'.join(sorted(_READERS))} 文件。")
    if not path.is_file():
        raise UnreadableFile(f"找不到文件“{path}”。请检查路径。")
    return reader(path)


def _from_text(path: Path) -> Source:
    return Source(path, _decoded(path.read_bytes(), path))


def _decoded(data: bytes, path: Path, declared: str | None = None) -> str:
    for encoding in (declared, "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None, "utf-8", "gb18030"):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnreadableFile(f"不能读取“{path.name}”:文字编码既不是 UTF-8 也不是 GB18030。请另存为 UTF-8 后重试。")


def _from_html(path: Path) -> Source:
    data = path.read_bytes()
    charset = _CHARSET.search(data[:2048])
    text = _decoded(data, path, charset[1].decode("ascii") if charset else None)
    if not text.strip():
        return Source(path, "")
    # A declaration of encoding is refused in text already decoded.
    root = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    out: list[str] = []
    _write_html(root, out)
    lines = (_SPACES.sub(" ", line).strip(" ") if "\t" not in line else line for line in "".join(out).split("\n"))
    return Source(path, "\n".join(line for line in lines if line.strip()))


def _write_html(element: Any, out: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else None
    if tag is not None and tag not in _SILENT and not _is_hidden(element):
        if tag == "tr":
            cells = [_cell_text(cell) for cell in element if cell.tag in ("td", "th")]
            out.append("\n" + "\t".join(cells) + "\n")
        else:
            if tag in _BLOCKS:
                out.append("\n")
            out.append(_SPACES.sub(" ", element.text or ""))
            for child in element:
                _write_html(child, out)
            if tag in _BLOCKS:
                out.append("\n")
    if element.tail:
        out.append(_SPACES.sub(" ", element.tail))


def _is_hidden(element: Any) -> bool:
    return "display:none" in (element.get("style") or "").replace(" ", "").lower() or element.get("hidden") is not None


def _cell_text(cell: Any) -> str:
    return _SPACES.sub(" ", cell.text_content()).strip()


def paragraphs_of(document: Document) -> Iterator[tuple[Paragraph, bool]]:
    """Every paragraph of a Word document in the order of reading, those in cells included.

    Yields each with whether a cell of a table goes on after it in the same row.
    """
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block, False
        else:
            yield from _in_table(block)


def runs_of(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph in order, those of links included."""
    found: list[Run] = []
    for item in paragraph.iter_inner_content():
        found.extend(item.runs if isinstance(item, Hyperlink) else [item])
    return found


def _in_table(table: Table) -> Iterator[tuple[Paragraph, bool]]:
    for row in table.rows:
        # A merged cell comes up once for every column it spans.
        cells = list({id(cell._tc): cell for cell in row.cells}.values())  # noqa: SLF001 - python-docx gives no identity
        for i, cell in enumerate(cells):
            for j, paragraph in enumerate(cell.paragraphs):
                yield paragraph, i + 1 < len(cells) and j + 1 == len(cell.paragraphs)


def _from_docx(path: Path) -> Source:
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile(f"不能读取“{path.name}”:不是完好的 Word 文件({error})。") from error
    parts: list[str] = []
    spots: list[Spot] = []
    length = 0
    for number, (paragraph, in_row) in enumerate(paragraphs_of(document)):
        for i, run in enumerate(runs_of(paragraph)):
            if run.text:
                spots.append(Spot(length, paragraph=number, run=i))
                parts.append(run.text)
                length += len(run.text)
        parts.append("\t" if in_row else "\n")
        length += 1
    return Source(path, "".join(parts), tuple(spots))


def _from_pdf(path: Path) -> Source:
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(f"不能读取“{path.name}”:PDF 文件损坏或有密码({error})。") from error
    parts: list[str] = []
    spots: list[Spot] = []
    length = 0
    with document:
        for number, page in enumerate(document):
            text = page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "") + "\n"
            spots.append(Spot(length, page=number + 1))
            parts.append(text)
            length += len(text)
    if not "".join(parts).strip():
        raise UnreadableFile(f"“{path.name}”中没有文字,可能是扫描件。请先作文字识别。")
    return Source(path, "".join(parts), tuple(spots))


_READERS: Final[dict[str, Callable[[Path], Source]]] = {
    ".txt": _from_text,
    ".html": _from_html,
    ".htm": _from_html,
    ".docx": _from_docx,
    ".pdf": _from_pdf,
}
