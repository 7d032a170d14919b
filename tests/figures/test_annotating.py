"""Comments in the Word file, at the figures they speak of."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from fazhi.figures import Catalogue, Measure, OtherText, Proof, Verdict, annotate_docx, prove, read_file

CATALOGUE = Catalogue([Measure("accepted", "受理法律援助件数", "件"), Measure("concluded", "法律援助结案件数", "件")])
VALUES = {"accepted": 372, "concluded": 310}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_heading("一、主要工作", 1)
    paragraph = document.add_paragraph()
    run = paragraph.add_run("全年受理法律援助3")
    run.font.size = Pt(16)
    run.bold = True
    paragraph.add_run("72件、结案301件，成效明显。")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ["类型", "受理（件）", "民事", "320"], strict=True
    ):
        cell.text = words
    path = tmp_path / "report.docx"
    document.save(str(path))
    return path


def proof_of(path: Path) -> Proof:
    return prove(read_file(path).text, CATALOGUE, VALUES)


def commented(document: Document) -> dict[str, str]:
    """What each comment says, by the text it stands at."""
    found: dict[str, str] = {}
    texts = {str(c.comment_id): c.text for c in document.comments}
    for number, words in texts.items():
        inside, at = "", False
        for element in document.element.body.iter():
            if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == number:
                at = True
            elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == number:
                at = False
            elif at and element.tag == qn("w:t"):
                inside += element.text or ""
        found[inside] = words
    return found


def test_comments_stand_at_their_figures(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert annotate_docx(report, proof_of(report), out) == 3
    document = docx.Document(str(out))
    comments = commented(document)
    assert set(comments) == {"372件", "301件", "320"}
    assert comments["372件"].startswith("相符")
    assert comments["301件"].startswith("不符")
    assert "310件" in comments["301件"]
    assert {c.author for c in document.comments} == {"数据校核"}


def test_text_and_formatting_stay(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    annotate_docx(report, proof_of(report), out)
    assert read_file(out).text == read_file(report).text
    runs = docx.Document(str(out)).paragraphs[1].runs
    told = [(r.text, r.bold, r.font.size) for r in runs if r.text]
    assert told[:2] == [("全年受理法律援助", True, Pt(16)), ("3", True, Pt(16))]
    assert all(bold is None for _, bold, _ in told[2:])


def test_only_the_verdicts_asked_for(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.docx"
    assert annotate_docx(report, proof_of(report), out, verdicts={Verdict.CONTRADICTS}) == 1
    assert set(commented(docx.Document(str(out)))) == {"301件"}


def test_another_text_is_refused_and_nothing_written(report: Path, tmp_path: Path) -> None:
    other = prove("受理法律援助1件。", CATALOGUE, VALUES)
    out = tmp_path / "out.docx"
    before = report.read_bytes()
    with pytest.raises(OtherText, match="重新校核"):
        annotate_docx(report, other, out)
    assert not out.exists()
    assert report.read_bytes() == before
