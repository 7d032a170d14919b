"""A ledger of five thousand disputes: every fault said, nothing written by looking, all or the good rows as chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.models import Matter, Step, Tally, Visibility
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.records.exchange import importing, refused, working
from fazhi.kernel.records.exchange.models import Import, ImportState, Origin, Writes
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.sheets import opened
from fazhi.lines.mediation.models import Mediation
from tests.kernel.exchange import ledger
from tests.kernel.exchange.ledger import Row, column
from tests.kernel.exchange.steps import asked, checked, hashes, undone, uploaded, written
from tests.world import AT, World, build

HEAD = 3


def put(name: str, value: Any, nth: int = 0) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        row[column(name, nth)] = value

    return spoil


def both(*spoils: Callable[[Row], None]) -> Callable[[Row], None]:
    def spoil(row: Row) -> None:
        for each in spoils:
            each(row)

    return spoil


# What is spoiled, in which column the fault shows, and how the reason begins or what it says.
FAULTS: list[tuple[Callable[[Row], None], str, str]] = [
    (put("纠纷类型", None), "纠纷类型", "请填写“纠纷类型”"),
    (put("纠纷类型", "龙虎争斗"), "纠纷类型", "不在选项中，可填：婚姻家庭纠纷"),
    (put("纠纷类型", "劳动争议纠纷"), "纠纷类型", "用到2017-12-31为止"),
    (put("纠纷类型", "消费纠纷"), "纠纷类型", "用到2017-12-31为止"),
    (put("调解委员会", "西岭街道人民调解委员会"), "调解委员会", "不属于本案的承办单位"),
    (put("调解委员会", "不存在的调委会"), "调解委员会", "没有这个调解组织"),
    (put("调解委员会", None), "调解委员会", "请填写“调解组织”"),
    (put("调解员", "无名氏"), "调解员", "没有这个调解员"),
    (put("调解员", None), "调解员", "请填写“主持调解员”"),
    (put("登记日期", "2022-02-30"), "登记日期", "应为日期"),
    (put("登记日期", "去年春天"), "登记日期", "应为日期"),
    (put("登记日期", date(2022, 12, 1)), "受理时间", "早于前一环节的2022-12-01"),
    (put("登记日期", date(2023, 5, 1)), "登记日期", "晚于今天"),
    (put("受理时间", "2022年13月5日"), "受理时间", "应为日期"),
    (put("受理时间", None), "受理时间", "请填写“受理日期”"),
    (put("受理时间", "08/03/2022"), "受理时间", "应为日期"),
    (put("纠纷简况", None), "纠纷简况", "请填写“纠纷简要情况”"),
    (put("申请人", None), "申请人", "填写了号码或地址，却没有姓名"),
    (both(put("申请人", None), put("身份证号", None), put("联系电话", None)), "申请人", "请填写“申请人”"),
    (both(put("被申请人", None), put("身份证号", None, 1)), "被申请人", "请填写“被申请人”"),
    (put("身份证号", "110101199003070012"), "身份证号", "身份证号码不正确"),
    (put("身份证号", "11010119900307"), "身份证号", "身份证号码不正确"),
    (put("身份证号", 110101199003070000), "身份证号", "号码的末几位已被表格软件改成0"),
    (put("身份证号", "12345", 1), "身份证号", "身份证号码不正确"),
    (put("联系电话", "一三八零零"), "联系电话", "联系电话应为11位手机号码"),
    (put("联系电话", "123"), "联系电话", "联系电话应为11位手机号码"),
    (put("申请人", "甲某、乙某"), "身份证号", "有2名当事人，证件号码却有1个"),
    (put("申请人", "某" * 81), "申请人", "姓名（名称）最多80个字"),
    (put("调解结果", "基本满意"), "调解结果", "不在选项中，可填：调解成功"),
    (put("办结时间", None), "办结时间", "请填写“办结日期”"),
    (put("办结时间", date(2021, 12, 31)), "办结时间", "早于前一环节"),
    (put("办结时间", "待定"), "办结时间", "应为日期"),
    (put("协议形式", None), "协议形式", "调解成功的，请填写协议形式"),
    (put("协议形式", "握手"), "协议形式", "不在选项中"),
    (put("协议金额（元）", "约三万"), "协议金额（元）", "应为金额（元）"),
    (put("协议金额（元）", -5), "协议金额（元）", "协议涉及金额不能为负"),
    (put("协议金额（元）", 12.345), "协议金额（元）", "应为金额（元）"),
    (put("涉及人数", "若干"), "涉及人数", "应为数字"),
    (put("案件来源", "委托移送"), "委托移送单位", "案件来源为“委托移送”，请填写委托移送单位"),
    (put("案件编号", "东人调〔2022〕旧7号"), "案件编号", "编号“东人调〔2022〕旧7号”与第"),
]  # fmt: skip


def spoiled(count: int) -> tuple[list[Row], dict[int, tuple[str, str]]]:
    """A ledger with every fault of the list in a row of its own, spread over it; expected column and reason by row."""
    body = ledger.rows(count)
    step = count // (len(FAULTS) + 1)
    expected = {}
    for place, (spoil, where, reason) in enumerate(FAULTS, 1):
        at = place * step + 1  # never a tenth row: those were not settled
        at += 1 if at % 10 == 9 or (at + 1) % 10 == 0 else 0
        spoil(body[at])
        expected[HEAD + 1 + at] = (where, reason)
    return body, expected


def test_every_fault_is_said_by_row_column_and_reason_and_no_other(committees: World) -> None:
    body, expected = spoiled(5000)
    of = uploaded(committees, ledger.workbook(body, foot=[["合计", None, None, None, None, None, 5000]]))
    before = hashes()
    of, findings = checked(committees, of)
    found = {fault.row: (fault.column, fault.reason) for fault in findings.faults}
    assert len(expected) == len(FAULTS) == 40
    assert sorted(found) == sorted(expected)
    assert len(findings.faults) == len(expected), "one fault each, and none that only follows from it"
    for row, (where, reason) in expected.items():
        assert found[row][0] == where, (row, found[row])
        assert reason in found[row][1], (row, found[row])
    assert (of.state, of.rows, of.bad, findings.fresh) == (ImportState.CHECKED, 5000, 40, 5000)
    assert [(aside.number, aside.what) for aside in findings.asides] == [(5004, "合计行")]
    assert hashes() == before, "a dry run writes nothing"


def test_faults_never_show_a_whole_secret(committees: World) -> None:
    body = ledger.rows(2)
    put("身份证号", "110101199003070012")(body[0])
    put("联系电话", "1380000123")(body[1])
    _, findings = checked(committees, uploaded(committees, ledger.workbook(body)))
    assert [fault.value for fault in findings.faults] == ["110…12", "138…23"]


def test_all_rows_or_none(committees: World) -> None:
    body, _ = spoiled(410)
    of, _ = checked(committees, uploaded(committees, ledger.workbook(body)))
    before = hashes()
    with pytest.raises(Refused, match="有40行有误，不能全部写入"):
        asked(committees, of)
    committees.enter()
    assert hashes() == before


def test_the_good_rows_only(committees: World) -> None:
    body, expected = spoiled(410)
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body)))
    done = written(committees, of, Writes.GOOD)
    assert (done.state, done.written, done.bad) == (ImportState.DONE, 370, 40)
    assert Mediation.objects.count() == Matter.objects.count() == Origin.objects.count() == 370
    assert not set(expected) & set(Origin.objects.values_list("row", flat=True))

    again = opened(refused.workbook(Plan(done, committees.actor("east")), findings)).sheets[0]
    head, *rows = [row.cells for row in again.rows()]
    assert head[0] == "错误原因"
    assert len(rows) == 40
    assert rows[0][0].startswith(f"原第{min(expected)}行：“纠纷类型”请填写“纠纷类型”")


def test_a_refused_row_corrected_is_imported_again_and_the_good_ones_are_not(committees: World) -> None:
    body = ledger.rows(20, numbered=False)
    put("纠纷类型", "龙虎争斗")(body[4])
    of, _ = checked(committees, uploaded(committees, ledger.workbook(body)))
    written(committees, of, Writes.GOOD)
    put("纠纷类型", "邻里纠纷")(body[4])
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body)))
    assert of.bad == 19
    assert all("导入的“台账.xlsx”第" in fault.reason for fault in findings.faults)
    written(committees, of, Writes.GOOD)
    assert Mediation.objects.count() == 20


def test_what_is_written_is_what_was_typed(committees: World) -> None:
    body = ledger.rows(3)
    put("协议金额（元）", "1.2万元")(body[0])
    put("申请人", "甲　某")(body[1])
    put("被申请人", "青江某某物业服务有限公司")(body[1])
    put("身份证号", None, 1)(body[1])
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body)))
    assert findings.faults == []
    done = written(committees, of)
    assert done.written == 3
    case = Mediation.objects.get(number="东人调〔2022〕旧1号")
    assert (case.state, case.phase, case.historical, case.amount) == ("succeeded", "decided", True, 1_200_000)
    assert (case.opened_on, case.concluded_on) == (body[0][5], body[0][14])
    assert case.summary == body[0][7]
    assert case.unit_id == committees.units["east"].id
    assert [step.act for step in Step.objects.filter(matter_id=case.id)] == ["history"]
    second = Mediation.objects.get(number="东人调〔2022〕旧2号")
    parties = {(each.role, each.name, each.kind) for each in Party.objects.filter(matter_id=second.id)}
    assert parties == {
        ("applicant", "甲某", "person"),
        ("respondent", "青江某某物业服务有限公司", "organisation"),
    }
    applicant = Party.objects.get(matter_id=second.id, role="applicant")
    assert applicant.identity is not None
    assert applicant.identity.reveal() == body[1][9]
    assert Visibility.objects.filter(matter_id=case.id).count() == 3
    tally = Tally.objects.filter(unit_id=committees.units["east"].id, record="mediation.mediation")
    assert sum(tally.values_list("delta", flat=True)) == 3


def test_rows_are_new_cases_where_the_ledger_is_no_finished_one(committees: World) -> None:
    headings = ("调解委员会", "纠纷类型", "纠纷简况", "申请人", "被申请人", "登记日期")
    body = [("东桥街道人民调解委员会", "邻里纠纷", "楼道堆物", "甲某", "乙某", date(2022, 12, 19))]
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body, headings=headings), history=False))
    assert findings.faults == []
    written(committees, of)
    case = Mediation.objects.get()
    assert (case.state, case.historical, case.number) == ("registered", False, "青江东桥人调〔2022〕1号")


def test_a_number_brought_from_outside_is_never_handed_out_again(committees: World) -> None:
    body = ledger.rows(2)
    put("案件编号", "青江东桥人调〔2022〕9号")(body[0])
    put("案件编号", None)(body[1])
    of, _ = checked(committees, uploaded(committees, ledger.workbook(body)))
    written(committees, of)
    assert set(Mediation.objects.values_list("number", flat=True)) == {
        "青江东桥人调〔2022〕9号", "青江东桥人调〔2022〕10号",
    }  # fmt: skip


def test_duplicates_of_what_is_registered(committees: World) -> None:
    east = committees.actor("east")
    organisation = Mediation.organisation.field.related_model.objects.get(unit=committees.units["east"])  # type: ignore[attr-defined]
    body = ledger.rows(3, numbered=False)
    of, _ = checked(committees, uploaded(committees, ledger.workbook(body[:1])))
    written(committees, of)
    row = body[1]
    from fazhi.kernel.casework.parties.models import PartyFacts  # noqa: PLC0415

    mediator = Mediation.objects.get().mediator
    procedure.open(
        Mediation,
        {
            "organisation": organisation, "mediator": mediator, "kind": "housing", "summary": row[7], "persons": row[18],
            "accepted_on": row[6], "outcome": "succeeded", "concluded_on": row[14], "agreement_form": "written",
            "amount": round(row[16] * 100), "source": "applied",
        },
        actor=east, at=AT, unit=committees.units["east"], on=row[5], history=True,
        parties=[PartyFacts("applicant", row[8]), PartyFacts("respondent", row[11])],
    )  # fmt: skip
    committees.enter()
    of, findings = checked(committees, uploaded(committees, ledger.workbook([*body, body[2]])))
    said = {fault.row: fault.reason for fault in findings.faults}
    assert sorted(said) == [4, 5, 7]
    assert "导入的“台账.xlsx”第4行相同" in said[4]
    assert "系统中已有内容相同的记录（青江东桥人调〔2022〕" in said[5]
    assert "与第6行内容相同" in said[7]

    of, findings = checked(committees, uploaded(committees, ledger.workbook([*body, body[2]]), same_allowed=True))
    assert findings.faults == []


def test_a_row_taken_meanwhile_by_somebody_else(committees: World) -> None:
    """Between dry run and writing a number is taken: all is refused, or only that row is left out."""
    body = ledger.rows(6)
    first, _ = checked(committees, uploaded(committees, ledger.workbook(body)))
    second, _ = checked(committees, uploaded(committees, ledger.workbook(body[:1]), name="另一份.xlsx"))
    written(committees, second)
    before = Mediation.objects.count()
    done = written(committees, first)
    assert done.state == ImportState.FAILED
    assert "编号“东人调〔2022〕旧1号”已登记" in done.problem
    assert Mediation.objects.count() == before

    of, findings = checked(committees, uploaded(committees, ledger.workbook(body[1:])))
    assert findings.faults == []
    third, _ = checked(committees, uploaded(committees, ledger.workbook(body[1:2]), name="又一份.xlsx"))
    written(committees, third)
    done = written(committees, of, Writes.GOOD)
    assert (done.state, done.written, done.bad) == (ImportState.DONE, 4, 1)
    assert Mediation.objects.count() == 6


def test_undone_whole(committees: World) -> None:
    of, _ = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(300))))
    done = written(committees, of)
    done = undone(committees, done)
    assert done.state == ImportState.UNDONE
    assert (
        Mediation.objects.filter(phase="void", void_reason__startswith="撤销导入“台账.xlsx”：重复导入").count() == 300
    )
    assert set(Matter.objects.values_list("phase", flat=True)) == {"void"}
    assert Step.objects.filter(act="void", note__startswith="撤销导入").count() == 300
    living = Tally.objects.filter(unit_id=committees.units["east"].id).exclude(phase="void")
    assert sum(living.values_list("delta", flat=True)) == 0
    # The numbers came with the file, and may come again.
    of, findings = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(300))))
    assert findings.faults == []
    assert written(committees, of).written == 300


def test_what_was_changed_since_stands_against_undoing(committees: World) -> None:
    of, _ = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(30))))
    done = written(committees, of)
    case = Mediation.objects.get(number="东人调〔2022〕旧7号")
    procedure.correct(Mediation, case.id, {"persons": 9}, reason="漏填", actor=committees.actor("east"), at=AT)
    committees.enter()
    before = hashes(without=set())
    with pytest.raises(Refused, match=r"第10行（东人调〔2022〕旧7号）") as refusal:
        undone(committees, done)
    assert "等" not in str(refusal.value)
    committees.enter()
    assert hashes(without=set()) == before


@pytest.mark.parametrize("who", ["west", "mediator2", "auditor"])
def test_imports_do_not_exist_for_strangers(committees: World, who: str) -> None:
    from fazhi.kernel.ground.core.errors import Unseen  # noqa: PLC0415

    of, _ = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(3))))
    before = hashes(without=set())
    for act in (
        lambda actor: importing.ask_write(of.id, Writes.ALL, actor=actor, at=AT),
        lambda actor: importing.ask_undo(of.id, actor=actor, at=AT, reason="x"),
        lambda actor: importing.map_columns(of.id, {1: "number"}, actor=actor),
        lambda actor: importing.ask_stop(of.id, actor=actor),
        lambda actor: importing.ask_check(of.id, actor=actor, at=AT),
    ):
        with pytest.raises(Unseen), session(jurisdictions=[committees.jurisdiction.id]):
            act(committees.actor(who))
    committees.enter()
    assert hashes(without=set()) == before


def test_the_bureau_imports_for_every_street(committees: World) -> None:
    """A clerk of the bureau needs no column of units: a row belongs where its committee does."""
    body = ledger.rows(2) + [[*row[:1], f"{row[1]}西", "西岭街道人民调解委员会", *row[3:]] for row in ledger.rows(2)]
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body), who="head"), who="head")
    assert findings.faults == []
    written(committees, of, who="head")
    units = list(Mediation.objects.order_by("id").values_list("unit__code", flat=True))
    assert units == ["east", "east", "west", "west"]


def test_a_street_enters_nothing_for_another(committees: World) -> None:
    body = ledger.rows(1, "西岭街道人民调解委员会")
    headings = (*ledger.HEADINGS, "承办单位")
    of = uploaded(committees, ledger.workbook([[*body[0], "西岭街道"]], headings=headings))
    _, findings = checked(committees, of)
    assert [(fault.column, fault.reason) for fault in findings.faults] == [("承办单位", "您不能以“西岭街道”的名义登记")]


def test_an_empty_column_is_said_once(committees: World) -> None:
    headings = [name for name in ledger.HEADINGS if name != "纠纷类型"]
    body = [[cell for place, cell in enumerate(row) if place != 4] for row in ledger.rows(50)]
    of, findings = checked(committees, uploaded(committees, ledger.workbook(body, headings=headings)))
    assert [(fault.row, fault.column) for fault in findings.faults] == [(HEAD, "纠纷类型")]
    assert "全部50行" in findings.faults[0].reason
    assert of.bad == 50


def test_in_chunks_as_in_one_go(committees: World) -> None:
    of, _ = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(45))))
    done = written(committees, of, one_go=10, chunk=10)
    assert (done.state, done.written, done.reached) == (ImportState.DONE, 45, 48)
    assert Mediation.objects.count() == 45
    assert Import.objects.get(pk=of.pk).finished_at is not None
    again = working.work(of.jurisdiction_id, of.pk)
    committees.enter()
    assert (again.state, Mediation.objects.count()) == (ImportState.DONE, 45)


def test_a_chunk_that_fails_takes_the_earlier_ones_back(committees: World) -> None:
    body = ledger.rows(45)
    of, _ = checked(committees, uploaded(committees, ledger.workbook(body)))
    other, _ = checked(committees, uploaded(committees, ledger.workbook(body[40:41]), name="另一份.xlsx"))
    written(committees, other)
    done = written(committees, of, one_go=10, chunk=10)
    assert (done.state, done.written, done.reached) == (ImportState.FAILED, 0, 0)
    assert Mediation.objects.exclude(phase="void").count() == 1
    assert Mediation.objects.filter(void_reason__contains="导入未完成，自动撤回").count() == 40
    assert Origin.objects.filter(of=of).count() == 0


def test_ids_of_another_district_are_nothing(committees: World) -> None:
    other = build("xx", "x")
    of, _ = checked(committees, uploaded(committees, ledger.workbook(ledger.rows(3))))
    from fazhi.kernel.ground.core.errors import Unseen  # noqa: PLC0415

    with pytest.raises(Unseen), session(jurisdictions=[other.jurisdiction.id]):
        importing.fetch(other.actor("head"), of.id)


def test_the_mapping_is_remembered_for_the_person_and_the_register(committees: World) -> None:
    first = uploaded(committees, ledger.workbook(ledger.rows(2)))
    assert "20" not in first.mapping, "nothing is known of 备注"
    with session(jurisdictions=[committees.jurisdiction.id]):
        mapping = {int(place): key for place, key in first.mapping.items()} | {20: "court"}
        importing.map_columns(first.pk, mapping, actor=committees.actor("east"))
    assert uploaded(committees, ledger.workbook(ledger.rows(2))).mapping["20"] == "court"
    assert "20" not in uploaded(committees, ledger.workbook(ledger.rows(2)), who="head").mapping
    headings = ("名称", "备注")
    other = uploaded(committees, ledger.workbook([["甲", "乙"]], headings=headings), register="mediation.organisations")
    assert "1" not in other.mapping


def test_an_import_is_seen_in_its_line_only(committees: World) -> None:
    """Whoever sees a street's work in one line does not see what the street imports in another."""
    of = uploaded(committees, ledger.workbook(ledger.rows(2)))
    hat = committees.actor("head").hats[0]
    elsewhere = replace(committees.actor("head"), hats=(replace(hat, line="reconsideration"),))
    assert importing.visible(committees.actor("head")).filter(pk=of.pk).exists()
    assert not importing.visible(elsewhere).filter(pk=of.pk).exists()


def test_what_the_database_would_refuse_is_known_before(committees: World) -> None:
    headings = ("名称", "类型", "自", "至")
    body: list[Row] = [
        ["甲村调委会", "村（居）民委员会", "2015-01-01", None],
        ["乙村调委会", "村（居）民委员会", "2015-01-01", "2014-01-01"],
        ["甲村调委会", "村（居）民委员会", "2016-01-01", None],
        ["东桥街道人民调解委员会", "乡镇（街道）", "2015-01-01", None],
        ["甲村调委会", "村（居）民委员会", "2001-01-01", "2010-01-01"],
    ]
    content = ledger.workbook(body, headings=headings)
    of, findings = checked(committees, uploaded(committees, content, register="mediation.organisations"))
    assert [(fault.row, fault.column, fault.reason) for fault in findings.faults] == [
        (5, "至", "截止日期不能早于起始日期"),
        (6, "名称", "“名称”与第4行相同，请核对是否重复"),
        (7, "名称", "已有相同的“名称”，请核对是否重复登记"),
    ]
    done = written(committees, of, Writes.GOOD)
    assert (done.state, done.written) == (ImportState.DONE, 2)


def test_a_register_of_a_part_fills_in_what_it_presets(committees: World) -> None:
    headings = ("调解委员会", "调解员", "纠纷类型", "纠纷简况", "受理时间", "办结时间", "申请人", "被申请人")
    body = [["东桥街道人民调解委员会", "丁一", "邻里纠纷", "当场和解", "2022-03-01", "2022-03-01", "甲", "乙"]]
    content = ledger.workbook(body, headings=headings)
    of, findings = checked(committees, uploaded(committees, content, register="mediation.oral", history=False))
    assert findings.faults == []
    written(committees, of)
    case = Mediation.objects.get()
    assert (case.state, case.agreement_form, case.opened_on) == ("succeeded", "oral", date(2022, 3, 1))


def test_a_mediator_imports_as_the_own_work(committees: World) -> None:
    of, findings = checked(
        committees, uploaded(committees, ledger.workbook(ledger.rows(2)), who="mediator"), who="mediator"
    )
    assert findings.faults == []
    written(committees, of, who="mediator")
    assert set(Mediation.objects.values_list("handler_id", flat=True)) == {committees.accounts["mediator"].id}
