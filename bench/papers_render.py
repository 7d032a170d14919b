"""Papers in each format, in milliseconds a document, warm, every document with other words.

PDF is held against typst setting the same words without layout, Word against python-docx writing as many paragraphs or
a table of as many rows. Building the documents is not measured.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import docx
import typst

from fazhi.kernel.casework.papers.rendering import (
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Text,
    font_library,
    to_docx,
    to_pdf,
)
from tests.kernel.papers import samples

ROUNDS = 15
ROWS = 300
_BARE = """
#set page(paper: "a4")
#set text(font: ("Noto Serif SC", "Noto Sans SC"), size: 16pt, lang: "zh")
#for words in json(bytes(sys.inputs.words)) { par(words) }
"""


def main() -> None:
    """Prints one line a format: `name ours floor ratio budget ok|over`."""
    with TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.typ"
        bare.write_text(_BARE, "utf-8")
        compiler = typst.Compiler(input=bare, root=folder, font_paths=font_library().fonts, ignore_system_fonts=True)

        def set_bare(document: Document) -> bytes:
            words = json.dumps(paragraphs(document), ensure_ascii=False)
            made = compiler.compile(
                sys_inputs={"words": words}, format="pdf", pdf_standards=["a-2b"], timestamp=samples.AT
            )
            assert isinstance(made, bytes)
            return made

        line("papers.pdf", report, partial(to_pdf, at=samples.AT), set_bare, budget=2.0)
    line("papers.docx", report, partial(to_docx, at=samples.AT), write_bare, budget=1.0)
    line("papers.docx_ledger", ledger, partial(to_docx, at=samples.AT), write_bare_table, budget=1.0)


def report(n: int) -> Document:
    """A report of some ten pages; `n` changes every paragraph, so that no cache can answer."""
    base = samples.report(paragraphs=60)
    return replace(
        base,
        blocks=tuple(
            replace(block, runs=(*block.runs, Text(f"第{n}稿。"))) if isinstance(block, Paragraph) else block
            for block in base.blocks
        ),
    )


def ledger(n: int) -> Document:
    """A ledger of ROWS rows, told apart by `n`."""
    return replace(samples.ledger(ROWS), number=f"第{n}期")


def paragraphs(document: Document) -> list[str]:
    """What this document says, a string a paragraph, a heading or a row."""
    said: list[str] = []
    for block in document.all_blocks():
        if isinstance(block, Paragraph):
            said.append("".join(run.text for run in block.runs))
        elif isinstance(block, Table):
            said += (" ".join(cells(row)) for row in (*block.header, *block.rows))
        elif isinstance(block, Heading):
            said.append(block.text)
    return said


def cells(row: Row) -> list[str]:
    """The words of each cell of this row."""
    return ["".join(run.text for run in cell.runs) for cell in row.cells]


def write_bare(document: Document) -> bytes:
    """The same paragraphs by python-docx, without layout."""
    file = docx.Document()
    for words in paragraphs(document):
        file.add_paragraph(words)
    return saved(file)


def write_bare_table(document: Document) -> bytes:
    """The same rows by python-docx, without layout."""
    (table,) = document.blocks
    assert isinstance(table, Table)
    rows = (*table.header, *table.rows)
    file = docx.Document()
    made = file.add_table(len(rows), len(table.widths))
    for row, target in zip(rows, made.rows, strict=True):
        for words, cell in zip(cells(row), target.cells, strict=True):
            cell.text = words
    return saved(file)


def saved(file: docx.document.Document) -> bytes:
    """This file's bytes."""
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def line(
    name: str,
    build: Callable[[int], Document],
    ours: Callable[[Document], bytes],
    floor: Callable[[Document], bytes],
    *,
    budget: float,
) -> None:
    """Prints one measurement: both in turns, so that what else the machine does falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for n in range(ROUNDS + 1):
        document = build(n)
        for measured, made in zip(taken, (ours, floor), strict=True):
            begun = time.perf_counter()
            made(document)
            measured.append((time.perf_counter() - begun) * 1000)
    own, bare = (median(measured[1:]) for measured in taken)
    ratio = own / bare
    verdict = "ok" if ratio <= budget else "over"
    sys.stdout.write(f"{name} {own:.2f}ms {bare:.2f}ms {ratio:.2f} {budget:.2f} {verdict}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
