"""Files of every kind, to one text whose offsets lead back into the file."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pylopdf_fonts_zh_cn
import pytest
import typst

from fazhi import figures
from fazhi.figures import Reading, Statement, UnreadableFile, read_file, read_many
from fazhi.figures.__main__ import main

SENTENCE = "全年受理法律援助372件、结案301件，满意度超98%。"


def read(path: Path) -> list[tuple[str, str]]:
    return [(s.surface, s.unit) for s in figures.find(read_file(path).text) if s.kind == "measure"]


EXPECTED = [("372件", "件"), ("301件", "件"), ("超98%", "%")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(SENTENCE.encode(encoding))
    assert read(path) == EXPECTED


def test_offsets_of_a_text_count_its_characters(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("\ufeff第一行\r\n" + SENTENCE).encode())
    source = read_file(path)
    assert source.text == path.read_bytes().decode()
    first = next(s for s in figures.find(source.text) if s.kind == "measure")
    assert source.text[first.start : first.end] == "372件"
    assert source.spot(first.start) is None


def test_html_with_a_table_and_furniture(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        """<?xml version="1.0" encoding="utf-8"?><html><head><title>12件</title><style>p{width:12px}</style></head><body>
        <div>当前位置: 首页 &gt; 政务公开</div><script>var a = "99件";</script><p style="display: none">7件</p>
        <h2>一、主要工作</h2><p>全年受理<b>法律援助</b>372件、结
        案301件，满意度超98%。</p>
        <table><tr><th>类型</th><th>受理（件）</th></tr><tr><td>民事</td><td>320</td></tr></table>
        <div>责任编辑：某某 电话：010-12345678</div></body></html>""",
        encoding="utf-8",
    )
    assert read(path) == [*EXPECTED, ("320", "件")]
    assert SENTENCE.replace("结案", "结 案") in read_file(path).text


def test_html_that_declares_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes(
        f'<html><head><meta charset="gb2312"></head><body><p>{SENTENCE}</p></body></html>'.encode("gb18030")
    )
    assert read(path) == EXPECTED


def test_docx_with_runs_and_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_heading("一、主要工作", 1)
    paragraph = document.add_paragraph("全年受理法律援助")
    paragraph.add_run("37").bold = True
    paragraph.add_run("2件、结案301件，满意度超98%。")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ["类型", "受理（件）", "民事", "320"], strict=True
    ):
        cell.text = words
    document.add_paragraph("完")
    document.save(str(path))
    source = read_file(path)
    assert read(path) == [*EXPECTED, ("320", "件")]
    start = source.text.index("372件")
    spots = [source.spot(start), source.spot(start + 2)]
    assert [(s.paragraph, s.run) for s in spots if s] == [(1, 1), (1, 2)]


def printed(source: str, folder: Path, *, fonts: list[str] | None = None) -> bytes:
    written = folder / "source.typ"
    written.write_text(source, encoding="utf-8")
    made = typst.Compiler(input=str(written), font_paths=fonts or [], ignore_system_fonts=True).compile(format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages of a narrow column, so that sentences and numbers are broken by lines."""
    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    source = f"""#set page(width: 70mm, height: 60mm, margin: 10mm)
#set text(font: "Noto Serif SC", size: 12pt)
一、主要工作情况

{SENTENCE}全年办理各类行政处罚案件1456件，罚没款项1,042.6万元。

#pagebreak()
建成司法所14个、法治广场36处，组织培训120余场次。
"""
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(source, tmp_path, fonts=[str(fonts)]))
    return path


def test_pdf_with_broken_lines(pdf: Path) -> None:
    source = read_file(pdf)
    assert "\n" in source.text.strip()
    found: list[Statement] = [s for s in figures.find(source.text) if s.kind == "measure"]
    assert [(int(s.value or 0), s.unit) for s in found] == [
        (372, "件"), (301, "件"), (98, "%"), (1456, "件"), (10_426_000, "元"), (14, "个"), (36, "处"), (120, "场次"),
    ]  # fmt: skip
    pages = [spot.page for s in found if (spot := source.spot(s.start))]
    assert pages == [1, 1, 1, 1, 1, 2, 2, 2]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    odd = tmp_path / "a.xyz"
    odd.write_text("1件", encoding="utf-8")
    torn = tmp_path / "a.docx"
    torn.write_bytes(b"no zip")
    broken = tmp_path / "a.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    empty = tmp_path / "b.pdf"
    empty.write_bytes(printed("#rect()", tmp_path))
    for path, words in (
        (odd, "只支持"),
        (torn, "Word"),
        (broken, "损坏"),
        (empty, "扫描件"),
        (tmp_path / "c.txt", "找不到"),
    ):
        with pytest.raises(UnreadableFile, match=words):
            read_file(path)


def test_many_files_are_read_one_at_a_time(tmp_path: Path) -> None:
    paths = []
    for i in range(3):
        paths.append(tmp_path / f"{i}.txt")
        paths[-1].write_text(f"受理案件{i + 2}件。", encoding="utf-8")
    paths.insert(1, tmp_path / "gone.txt")
    asked: list[Path] = []
    told: list[int] = []

    def files() -> list[Path]:
        asked.extend(paths)
        return paths

    readings: list[Reading] = []
    for reading in read_many(files(), progress=lambda done, _: told.append(done)):
        readings.append(reading)
        assert told == list(range(1, len(readings)))
    assert told == [1, 2, 3, 4]
    assert [len(r.statements) for r in readings] == [1, 0, 1, 1]
    assert "找不到" in readings[1].error


def test_the_command_line_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("走访商铺12爿，收到谢函3通知。发现问题63个，已整改61个，整改率98.6%。", encoding="utf-8")
    words = tmp_path / "more.toml"
    words.write_text('[units.count]\n"爿" = ""\n', encoding="utf-8")
    assert main([str(path), "--lexicon", str(words)]) == 0
    printed = capsys.readouterr()
    row = json.loads(printed.out)
    assert next(s["surface"] for s in row["statements"] if s["kind"] == "measure") == "12爿"
    assert [f["verdict"] for f in row["findings"]] == ["contradicts"]
    assert "1/1" in printed.err
    assert main([str(tmp_path / "none.txt")]) == 1
