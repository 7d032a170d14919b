"""Files as people keep them: titles, merged cells, two-row heads, codings, notes below, dates from 1904."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.records.exchange import heads, sheets, targets
from fazhi.kernel.records.exchange.heads import Aside, Head
from fazhi.kernel.records.exchange.sheets import Row, opened
from fazhi.kernel.records.exchange.sheets import Workbook as Opened
from fazhi.kernel.records.register import register_of
from fazhi.lines.mediation.models import Mediation
from tests.kernel.exchange import ledger
from tests.kernel.exchange.steps import checked, uploaded, written
from tests.world import World

CASES = register_of("mediation.cases")
TARGETS = targets.targets_of(CASES, history=True)


def headed(book: Opened) -> Head:
    return heads.found_in(book, targets.knows(TARGETS.values()))


def mapped(head: Head, **remembered: str) -> dict[str, str]:
    guesses = targets.guessed(head.headings, TARGETS, remembered)
    return {heading.shown: guesses[heading.place].key for heading in head.headings if heading.place in guesses}


def records(book: Opened, head: Head) -> tuple[list[Sequence[Any]], list[Aside]]:
    body = list(heads.body(book.sheet(head.sheet), head))
    return [row.cells for row in body if isinstance(row, Row)], [row for row in body if isinstance(row, Aside)]


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_head_under_a_title_and_a_blank_row() -> None:
    book = opened(ledger.workbook(ledger.rows(3)))
    head = headed(book)
    assert (head.sheet, head.first, head.last) == ("台账", 3, 3)
    found = mapped(head)
    assert found["受理时间"] == "accepted_on"
    assert found["纠纷简况"] == "summary"
    assert found["协议金额（元）"] == "amount"
    assert found["案件编号"] == "number"
    assert found["序号"] == ""
    assert "备注" not in found, "what nothing looks like is left to the person"
    rows, asides = records(book, head)
    assert (len(rows), asides) == (3, [])


def test_a_bare_identity_number_belongs_to_the_party_on_its_left() -> None:
    head = headed(opened(ledger.workbook(ledger.rows(1))))
    guesses = targets.guessed(head.headings, TARGETS, {})
    at = [place for place, name in enumerate(ledger.HEADINGS) if name == "身份证号"]
    assert [guesses[place].key for place in at] == ["party.applicant.identity", "party.respondent.identity"]
    assert guesses[at[1]].why == "紧跟“被申请人”"


def test_a_head_of_two_rows_with_merged_groups() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["二〇二二年度台账"])
    sheet.append(["序号", "纠纷类型", "申请人", None, "被申请人", None, "办理情况", None])
    sheet.append([None, None, "姓名", "证件号码", "姓名", "电话", "受理日期", "结案日期"])
    for area in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "A1:H1"):
        sheet.merge_cells(area)
    sheet.append(
        [1, "邻里纠纷", "甲某", "110101199003074514", "乙某", "13800001234", date(2022, 3, 8), date(2022, 3, 9)]
    )
    found = opened(saved(book))
    head = headed(found)
    assert (head.first, head.last) == (2, 3)
    assert mapped(head) == {
        "序号": "", "纠纷类型": "kind", "申请人·姓名": "party.applicant.name", "申请人·证件号码": "party.applicant.identity",
        "被申请人·姓名": "party.respondent.name", "被申请人·电话": "party.respondent.phone",
        "办理情况·受理日期": "accepted_on", "办理情况·结案日期": "concluded_on",
    }  # fmt: skip
    rows, _ = records(found, head)
    assert rows == [
        [1, "邻里纠纷", "甲某", "110101199003074514", "乙某", "13800001234", date(2022, 3, 8), date(2022, 3, 9)]
    ]


def test_a_merged_cell_counts_for_every_row_but_an_amount_only_once(committees: World) -> None:
    body = ledger.rows(3)

    def merge(book: Workbook) -> None:
        sheet: Any = book.active
        for name in ("调解委员会", "协议金额（元）"):
            letter = chr(ord("A") + ledger.column(name))
            sheet.merge_cells(f"{letter}4:{letter}6")

    of, findings = checked(committees, uploaded(committees, ledger.workbook(body, change=merge)))
    assert findings.faults == []
    written(committees, of)
    amounts = list(Mediation.objects.order_by("id").values_list("amount", flat=True))
    assert amounts == [1050, None, None]
    assert Mediation.objects.values("organisation").distinct().count() == 1


def test_totals_notes_blank_rows_and_repeated_heads_are_no_records() -> None:
    body = ledger.rows(4)
    width = len(ledger.HEADINGS)
    book = opened(
        ledger.workbook(
            [body[0], [], body[1], ["小计", *[None] * 15, 21.5], list(ledger.HEADINGS), body[2], body[3]],
            foot=[
                ["合　计", *[None] * 15, 63.0, None, 18],
                [],
                ["填表人：某某", None, "审核人：某某"],
                ["注：本表不含司法确认案件。"],
            ],
        )
    )
    rows, asides = records(book, headed(book))
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert width == len(rows[0])
    assert [(each.number, each.what) for each in asides] == [
        (7, "合计行"), (8, "重复的表头"), (11, "合计行"), (13, "说明行"), (14, "说明行"),
    ]  # fmt: skip


def test_a_row_with_little_in_it_is_a_record_with_faults_and_not_passed_over() -> None:
    book = opened(ledger.workbook([[None, None, None, None, "邻里纠纷"], ledger.rows(1)[0]]))
    rows, asides = records(book, headed(book))
    assert (len(rows), asides) == (2, [])


def test_the_sheet_with_the_ledger_is_found_and_hidden_ones_are_not_read() -> None:
    def add(book: Workbook) -> None:
        cover = book.create_sheet("封面", 0)
        cover.append(["青江新区司法局"])
        cover.append(["人民调解台账", "2022年"])
        hidden = book.create_sheet("旧数据")
        hidden.append(list(ledger.HEADINGS))
        hidden.append(ledger.rows(1)[0])
        hidden.sheet_state = "hidden"

    book = opened(ledger.workbook(ledger.rows(2), change=add))
    assert [sheet.name for sheet in book.sheets] == ["封面", "台账"]
    assert book.hidden == ("旧数据",)
    assert headed(book).sheet == "台账"


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_any_coding_and_separator(coding: str, separator: str) -> None:
    lines = [
        ["人民调解台账"],
        ["案件编号", "纠纷类型", "纠纷简况", "申请人", "被申请人", "受理日期"],
        ["1号", "邻里纠纷", "噪音，漏水；多次争执", "王㛃", "乙某", "２０２２年３月８日"],
    ]
    quoted = [f'"{cell}"' if separator in cell else cell for row in lines for cell in row]
    text = "\r\n".join([quoted[0], separator.join(quoted[1:7]), separator.join(quoted[7:])])
    book = opened(text.encode(coding))
    head = headed(book)
    assert mapped(head) == {
        "案件编号": "number", "纠纷类型": "kind", "纠纷简况": "summary", "申请人": "party.applicant.name",
        "被申请人": "party.respondent.name", "受理日期": "accepted_on",
    }  # fmt: skip
    assert records(book, head)[0] == [["1号", "邻里纠纷", "噪音，漏水；多次争执", "王㛃", "乙某", "2022年3月8日"]]


def test_gb18030_is_imported(committees: World) -> None:
    head = [
        "案件编号",
        "调解委员会",
        "调解员",
        "纠纷类型",
        "登记日期",
        "受理日期",
        "纠纷简况",
        "申请人",
        "被申请人",
        "调解结果",
    ]
    row = [
        "甲1",
        "东桥街道人民调解委员会",
        "丁一",
        "邻里纠纷",
        "2022.3.8",
        "20220308",
        "楼道堆物",
        "王㛃",
        "乙某",
        "调解不成",
    ]
    text = ",".join([*head, "办结日期", "未成原因"]) + "\r\n" + ",".join([*row, "2022年3月20日", "分歧大"])
    of, findings = checked(committees, uploaded(committees, text.encode("gb18030"), name="台账.csv"))
    assert findings.faults == []
    assert written(committees, of).written == 1
    case = Mediation.objects.get()
    assert (case.accepted_on, case.state) == (date(2022, 3, 8), "failed")


def test_dates_counted_from_1904(committees: World) -> None:
    """A workbook of the other epoch: real dates, and a serial number in a cell that is no date."""
    body = ledger.rows(2)
    serial = (date(2022, 1, 5) - date(1904, 1, 1)).days
    body[1][ledger.column("登记日期")] = serial
    body[1][ledger.column("受理时间")] = date(2022, 1, 6)

    def change(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    content = ledger.workbook(body, change=change)
    assert b'date1904="1"' in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml")
    of, findings = checked(committees, uploaded(committees, content))
    assert findings.faults == []
    written(committees, of)
    days = list(Mediation.objects.order_by("id").values_list("opened_on", "accepted_on"))
    assert days == [(body[0][5], body[0][6]), (date(2022, 1, 5), date(2022, 1, 6))]


def test_amounts_in_ten_thousands_by_their_heading(committees: World) -> None:
    headings = tuple("协议金额（万元）" if name.startswith("协议金额") else name for name in ledger.HEADINGS)
    body = ledger.rows(3)
    for row, amount in zip(body, (1.25, "３", "5000元"), strict=True):
        row[ledger.column("协议金额（元）")] = amount
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body, headings=headings)))
    assert findings.faults == []
    written(committees, of)
    amounts = list(Mediation.objects.order_by("id").values_list("amount", flat=True))
    assert amounts == [1_250_000, 3_000_000, 500_000]


def test_signs_that_say_nothing_belongs_here(committees: World) -> None:
    body = ledger.rows(1)
    for name, sign in (("协议金额（元）", "/"), ("涉及人数", "—"), ("联系电话", "无"), ("案件来源", "－")):
        body[0][ledger.column(name)] = sign
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body)))
    assert findings.faults == []
    written(committees, of)
    case = Mediation.objects.get()
    assert (case.amount, case.persons, case.source) == (None, None, "applied")


def test_the_mapping_is_remembered() -> None:
    head = headed(opened(ledger.workbook(ledger.rows(1))))
    kept = targets.remembering(head.headings, {20: "court", 7: "agreement"})
    assert kept["备注"] == "court"
    found = targets.guessed(head.headings, TARGETS, kept)
    assert (found[20].key, found[20].why) == ("court", "上次这样对应")
    assert found[7].key == "agreement"
    assert "身份证号" not in kept, "a heading that stands twice cannot be told apart next time"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件里没有内容"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "应为 Excel"),
        (b"PK\x03\x04broken", "可能已损坏"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b"\xd0\xcf\x11\xe0broken", "可能已损坏"),
        (b" , ,\r\n,,\r\n", "文件里没有内容"),
    ],
)
def test_files_that_are_none(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        opened(content)


def test_a_file_that_unfolds_to_fill_the_memory_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_UNPACKED", 1024 * 1024)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", bytes(2 * 1024 * 1024))
    assert len(stream.getvalue()) < 10_000
    with pytest.raises(Refused, match="展开后过大"):
        opened(stream.getvalue())


def test_an_open_document() -> None:
    rows = "".join(
        "<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>"
        for row in (["纠纷类型", "受理日期", "涉及人数"], ["邻里纠纷", date(2022, 3, 8), 3])
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
        packed.writestr("content.xml", _ODS_CONTENT.format(rows=rows))
    book = opened(stream.getvalue())
    head = headed(book)
    assert mapped(head) == {"纠纷类型": "kind", "受理日期": "accepted_on", "涉及人数": "persons"}
    assert records(book, head)[0] == [["邻里纠纷", date(2022, 3, 8), 3]]


_ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""
_ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="台账">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def _ods_cell(value: Any) -> str:
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def test_an_xls_of_old() -> None:
    book = opened(Path(__file__).with_name("old.xls").read_bytes())
    head = headed(book)
    assert (head.sheet, head.first) == ("台账", 3)
    rows, asides = records(book, head)
    assert asides == []
    assert [row[2] for row in rows] == ["东桥街道人民调解委员会"] * 3, "merged over three rows"
    assert rows[0][:8] == ledger.rows(3)[0][:8]
