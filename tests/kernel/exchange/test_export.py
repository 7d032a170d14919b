"""What is exported is the list shown, can be edited, and comes back as a preview of corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from fazhi.kernel.casework import procedure
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import exporting, exports, importing
from fazhi.kernel.records.exchange.exporting import export
from fazhi.kernel.records.exchange.models import ExportState, ImportState, Progress
from fazhi.kernel.records.exchange.targets import ID_LABEL
from fazhi.kernel.records.exchange.workbooks import FileFormat
from fazhi.kernel.records.exchange.written import safe
from fazhi.kernel.records.register import REGISTERS, Listing, register_of
from fazhi.lines.mediation.models import Appraisal, Brand, Mediation, Mediator, Organisation
from tests.kernel.exchange import ledger
from tests.kernel.exchange.steps import checked, hashes, uploaded, written
from tests.world import AT, World

CASES = register_of("mediation.cases")
XLSX, CSV = FileFormat.XLSX, FileFormat.CSV


@pytest.fixture
def filled(committees: World) -> World:
    """Some of every record kind of mediation, with texts that are meant to trip."""
    of, findings = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(40))))
    assert findings.faults == []
    written(committees, of)
    east, unit = committees.actor("east"), committees.units["east"]
    organisation = Organisation.objects.get(unit=unit)
    mediator = Mediator.objects.get(organisation=organisation)
    case = Mediation.objects.order_by("id").first()
    assert case is not None
    procedure.correct(
        Mediation, case.id, {"summary": "=cmd|' /C calc'!A0\n（第二行）+1", "court": "'单引号开头"},
        reason="x", actor=east, at=AT,
    )  # fmt: skip
    procedure.correct(Mediator, mediator.id, {"phone": "13800001234"}, reason="x", actor=east, at=AT)
    values = {"organisation": organisation, "name": "-老丁工作室", "valid_from": date(2020, 1, 1)}
    procedure.open(Brand, values, actor=east, at=AT, unit=unit)
    procedure.open(
        Appraisal, {"mediator": mediator, "result": "excellent", "reward": 123_456, "note": "+表现突出"},
        actor=east, at=AT, unit=unit, on=date(2022, 6, 1),
    )  # fmt: skip
    procedure.open(
        Mediation, {"organisation": organisation, "kind": "neighbour", "summary": "　首尾空白与１２全角 "},
        actor=east, at=AT, unit=unit, on=date(2022, 12, 1),
        parties=[procedure_party("applicant", "甲"), procedure_party("respondent", "乙")],
    )  # fmt: skip
    committees.enter()
    return committees


def procedure_party(role: str, name: str) -> Any:
    from fazhi.kernel.casework.parties.models import PartyFacts  # noqa: PLC0415

    return PartyFacts(role, name)


def taken(world: World, key: str, form: FileFormat = XLSX, *, who: str = "east", **more: Any) -> bytes:
    target = io.BytesIO()
    register = register_of(key)
    names = more.pop("columns", None)
    columns = exporting.columns_of(register, names) if names is not None else None
    with session(jurisdictions=[world.jurisdiction.id], actor=world.actor(who).account_id, act=f"{key}.export", at=AT):
        export(register, target, form, actor=world.actor(who), columns=columns, **more)
    world.enter()
    return target.getvalue()


def cells(content: bytes) -> list[list[Any]]:
    sheet: Any = load_workbook(io.BytesIO(content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def edited(content: bytes, change: Any) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_list_shown_is_what_is_exported(filled: World) -> None:
    parameters = {"kind": "neighbour", "order": "accepted_on", "accepted_on_from": "2022-01-05"}
    rows = cells(taken(filled, "mediation.cases", parameters=parameters))
    listing = Listing(CASES, filled.actor("east"), parameters, size=200)
    page = listing.page()
    assert rows[0] == [*(column.label for column in CASES.shown), ID_LABEL]
    assert len(rows) - 1 == listing.total() == len(page.rows) > 3
    assert [row[-1].partition("-")[0] for row in rows[1:]] == [str(row.id) for row in page.rows]
    amounts = [row[CASES.shown.index(CASES.all_columns["amount"])] for row in rows[1:]]
    assert any(isinstance(each, float) for each in amounts), "an amount is a number, in 元"


def test_chosen_columns_in_their_order(filled: World) -> None:
    rows = cells(taken(filled, "mediation.cases", columns=["due_on", "number", "summary"]))
    assert rows[0] == ["到期日", "编号", "纠纷简要情况", ID_LABEL]


@pytest.mark.parametrize("form", [XLSX, CSV])
@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_every_export_comes_back_as_it_went(filled: World, key: str, form: FileFormat) -> None:
    register = register_of(key)
    content = taken(filled, key, form, who="head", columns=list(register.all_columns))
    with session(jurisdictions=[filled.jurisdiction.id]):
        try:
            of = importing.upload(register, content, f"x.{form}", actor=filled.actor("head"), at=AT, history=True)
        except NotYours:
            pytest.skip(f"a head enters nothing in {key}")
    mapped = sorted(of.mapping.values())
    assert mapped == sorted([*register.all_columns, "id"]), "every heading is known again"
    before = hashes()
    total = Listing(register, filled.actor("head")).total()
    done, findings = checked(filled, of, who="head")
    if not total:
        assert "没有数据行" in done.problem
        return
    assert findings.faults == []
    assert findings.changes == []
    assert (findings.rows, findings.unchanged, findings.fresh) == (total, total, 0)
    assert hashes() == before


def test_changed_cells_are_corrections_shown_before_they_are_made(filled: World) -> None:
    content = taken(filled, "mediation.cases", columns=["number", "summary", "persons", "amount", "court"])

    def change(sheet: Any) -> None:
        sheet["B3"] = "改写后的情况"
        sheet["C3"] = 12
        sheet["D4"] = None

    of = uploaded(filled, edited(content, change), history=False)
    before = hashes()
    done, findings = checked(filled, of)
    assert findings.faults == []
    assert hashes() == before, "the preview writes nothing"
    assert [(each.row, [value[0] for value in each.values]) for each in findings.changes] == [
        (3, ["纠纷简要情况", "涉及人数"]),
        (4, ["协议涉及金额"]),
    ]
    was, would_be = findings.changes[0].values[0][1:]
    assert was.startswith("因")
    assert would_be == "改写后的情况"
    with pytest.raises(Refused, match="请写明更正原因"):
        written(filled, done)
    filled.enter()
    done = written(filled, done, reason="按原始卷宗更正")
    assert (done.state, done.written) == (ImportState.DONE, 2)
    case = Mediation.objects.get(pk=findings.changes[0].record_id)
    assert (case.summary, case.persons, case.version) == ("改写后的情况", 12, findings.changes[0].version + 1)
    assert case.title.endswith("改写后的情况")
    assert Mediation.objects.get(pk=findings.changes[1].record_id).amount is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM matters_step WHERE act = 'correct' AND note = '按原始卷宗更正'")
        assert len(cursor.fetchall()) == 2


def test_what_cannot_be_corrected_in_a_sheet_is_said(filled: World) -> None:
    content = taken(filled, "mediation.cases", columns=["number", "state", "unit", "summary", "accepted_on"])

    def change(sheet: Any) -> None:
        sheet["B2"] = "调解不成"
        sheet["C3"] = "西岭"
        sheet["D4"] = None
        sheet["E5"] = "明天"
        sheet["F6"] = "999999999-1"
        sheet["F7"] = "第七行"

    _, findings = checked(filled, uploaded(filled, edited(content, change)))
    said = {(fault.row, fault.column): fault.reason for fault in findings.faults}
    assert said.pop((2, "状态")).endswith("由系统得出，不能在表格中更改")
    assert said.pop((3, "承办单位")).endswith("请用“分派”更改")
    assert said.pop((4, "纠纷简要情况")) == "请填写“纠纷简要情况”"
    assert "应为日期" in said.pop((5, "受理日期"))
    assert said.pop((6, ID_LABEL)) == "没有这条记录，或者您无权查看"
    assert "系统编号应为导出时的原样" in said.pop((7, ID_LABEL))
    assert {row for row, _ in said} <= {7}, "a row without its record is read as a new one"
    assert findings.changes == []


def test_a_correction_never_overwrites_what_somebody_changed_since(filled: World) -> None:
    content = taken(filled, "mediation.cases", columns=["number", "persons"])
    first = int(cells(content)[1][-1].partition("-")[0])
    procedure.correct(Mediation, first, {"persons": 77}, reason="x", actor=filled.actor("east"), at=AT)
    filled.enter()
    _, findings = checked(filled, uploaded(filled, content))
    assert [fault.reason for fault in findings.faults] == [
        "导出之后这条记录已被修改，请重新导出后再改，以免覆盖他人的修改"
    ]
    assert Mediation.objects.get(pk=first).persons == 77


def test_secrets_are_masked_unless_the_register_says_so(filled: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mediators = register_of("mediation.mediators")
    rows = cells(taken(filled, "mediation.mediators", columns=["name", "phone"]))
    assert "138****1234" in [row[1] for row in rows]
    monkeypatch.setattr(mediators, "in_clear", frozenset({"phone"}))
    rows = cells(taken(filled, "mediation.mediators", columns=["name", "phone"]))
    assert "13800001234" in [row[1] for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT image FROM audit_entry JOIN audit_payload USING (id) WHERE op = 'N' AND act = %s ORDER BY id",
            ["mediation.mediators.export"],
        )
        notes = [row[0] for row in cursor.fetchall()]
    assert ['"in_clear": []' in note for note in notes] == [True, False]
    assert all("138" not in note for note in notes)


def test_the_audit_says_who_took_what(filled: World) -> None:
    taken(filled, "mediation.cases", parameters={"kind": "neighbour"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, table_name, image FROM audit_entry JOIN audit_payload USING (id)"
            " WHERE op = 'N' AND act = 'mediation.cases.export'"
        )
        [(actor, table, image)] = cursor.fetchall()
    assert (actor, table) == (filled.accounts["east"].id, "mediation_mediation")
    for part in ('"exported": "mediation.cases"', '"filters": {"kind": "neighbour"}', '"rows": '):
        assert part in image


@pytest.mark.parametrize("form", [XLSX, CSV])
def test_no_cell_is_a_formula(filled: World, form: FileFormat) -> None:
    content = taken(filled, "mediation.cases", form, columns=["summary"])
    texts = _texts(content, form)
    assert "'=cmd|' /C calc'!A0\n（第二行）+1" in texts
    for key in ("mediation.brands", "mediation.appraisals"):
        assert not [text for text in _texts(taken(filled, key, form), form) if text[:1] in ("=", "+", "-", "@")]


def _texts(content: bytes, form: FileFormat) -> list[str]:
    rows: Iterable[Sequence[Any]] = (
        cells(content) if form is XLSX else csv.reader(io.StringIO(content.decode("utf-8-sig")))
    )
    return [cell for row in rows for cell in row if isinstance(cell, str)]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@x", "\t=1", "＝1"])
def test_what_leads_a_formula_is_quoted(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_csv_opens_in_excel(filled: World) -> None:
    content = taken(filled, "mediation.cases", CSV, columns=["number", "accepted_on", "amount"])
    assert content.startswith("\ufeff编号,受理日期,协议涉及金额,系统编号\r\n".encode())


def test_who_may_not_export_takes_nothing(filled: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from fazhi.kernel.ground.access.roles import LEADER  # noqa: PLC0415

    monkeypatch.setattr(CASES, "exports", (LEADER,))
    target = io.BytesIO()
    with pytest.raises(NotYours, match="导出“人民调解案件”由局领导办理"):
        export(CASES, target, XLSX, actor=filled.actor("east"))
    assert target.getvalue() == b""
    with pytest.raises(NotYours):
        exports.ask(CASES, actor=filled.actor("east"), at=AT, form=XLSX)


def test_a_filter_that_cannot_be_read_exports_nothing(filled: World) -> None:
    target = io.BytesIO()
    with pytest.raises(Refused, match="看不懂，没有导出"):
        export(CASES, target, XLSX, actor=filled.actor("east"), parameters={"accepted_on_from": "前年"})
    assert target.getvalue() == b""


def test_another_street_exports_an_empty_list(filled: World) -> None:
    assert cells(taken(filled, "mediation.cases", who="west")) == [[*(each.label for each in CASES.shown), ID_LABEL]]


def test_an_export_in_the_background_is_the_persons_own(filled: World) -> None:
    from fazhi.kernel.ground.core.errors import Unseen  # noqa: PLC0415

    east = filled.actor("east")
    of = exports.ask(CASES, actor=east, at=AT, form=XLSX, parameters={"kind": "neighbour"}, columns=["number"])
    done = exports.run(of.jurisdiction_id, of.pk)
    filled.enter()
    assert (done.state, done.rows) == (ExportState.DONE, Listing(CASES, east, {"kind": "neighbour"}).total())
    assert cells(exports.content(done))[0] == ["编号", ID_LABEL]
    assert Progress.objects.count() == 0
    with pytest.raises(Unseen):
        exports.fetch(filled.actor("head"), of.pk)
    again = exports.run(of.jurisdiction_id, of.pk)
    filled.enter()
    assert again.stored == done.stored, "done once"


def test_new_rows_below_an_export_are_new_records(filled: World) -> None:
    names = [column.name for _, columns in CASES.entering for column in columns]
    content = taken(filled, "mediation.cases", columns=[*names, "opened_on"])

    def change(sheet: Any) -> None:
        width = sheet.max_column
        row = [sheet.cell(2, place).value for place in range(1, width)]
        row[names.index("summary")] = "新的一件"
        sheet.append(row)
        sheet.cell(1, width + 1).value, sheet.cell(1, width + 2).value = "申请人", "被申请人"
        sheet.cell(sheet.max_row, width + 1).value = "甲"
        sheet.cell(sheet.max_row, width + 2).value = "乙"

    total = Mediation.objects.count()
    of, findings = checked(filled, uploaded(filled, edited(content, change), history=False))
    assert findings.faults == []
    assert (findings.fresh, findings.unchanged, findings.changes) == (1, total, [])
    assert written(filled, of).written == 1
    assert Mediation.objects.filter(summary="新的一件").count() == 1


def test_an_empty_sheet_of_a_register(filled: World) -> None:
    from fazhi.kernel.records.exchange import refused, targets  # noqa: PLC0415

    book: Any = cells(refused.blank(targets.targets_of(CASES, history=True), CASES.label))
    assert book[0][:4] == ["调解组织", "纠纷类型", "纠纷简要情况", "申请人"]
