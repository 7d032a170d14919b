"""Stories of a report: begun, written block by block, refused at the place, moved to a new year, sent up, published."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.deadlines.models import Run
from fazhi.kernel.casework.matters.models import Step
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.report.codes import DEMANDED, Part
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations import editing, outlining
from fazhi.lines.report.papers.comparing import compared
from fazhi.lines.report.queries import text, tokens, values
from fazhi.lines.report.workflow import Writing
from tests.kernel.measures.samples import ledger
from tests.lines.report.samples import CASES, begun, empty, given, written
from tests.world import AT, World, world

__all__ = ["world"]


def test_a_report_begins_from_the_outline(world: World) -> None:
    ledger(world)
    report = begun(world)
    assert report.heading == "青江新区2022年法治政府建设年度报告"
    assert report.number == "青江法治报告〔2022〕1号"
    blocks = text.blocks_of(report)
    assert {block.part for block in blocks} == set(Part.values)
    assert {block.part for block in blocks if not block.level} >= {part.value for part in DEMANDED}
    used = {token.key for token in text.tokens_of(blocks, 2022)}
    assert [fault for block in blocks for fault in tokens.faults(block.text, 2022)] == []
    assert used <= set(MEASURES)
    assert len(used) > 70
    assert {token.period for token in text.tokens_of(blocks, 2022)} == {"2022"}
    read = text.read(report)
    assert "受理人民调解案件5件。调解办结4件，其中调解成功3件，调解成功率75.0%" in read.plain
    assert "一、推进法治政府建设的主要举措和成效\n（一）统筹推进依法治区工作\n" in read.plain
    assert "三、主要负责人履行推进法治建设第一责任人职责情况" in read.plain
    assert "四、2023年主要安排" in read.plain
    assert "{" not in read.plain


def test_what_is_not_reported_shows_as_missing_until_it_is(world: World) -> None:
    report = begun(world)
    key = "governance.committee_meetings"
    assert "召开全面依法治区委员会会议〔未报〕次" in text.read(report).plain
    assert key in {piece.token.key for piece in text.read(report).unready() if piece.token}
    given(world, key, 2)
    assert "召开全面依法治区委员会会议2次" in text.read(report).plain
    given(world, "governance.written_inspections", None)
    assert "书面法治督察开展〔不适用〕次" in text.read(report).plain


def test_the_outline_takes_another_form_where_its_own_is_not_true(world: World) -> None:
    given(world, "public_legal_services.village_adviser_users", 113_450)
    given(world, "public_legal_services.village_adviser_consultations", 12_000)
    read = text.read(begun(world))
    assert "村居法律顾问平台用户11.3万余人，提供咨询12000件次" in read.plain


def test_a_block_is_written_and_its_figure_counted(world: World) -> None:
    ledger(world)
    report = empty(world)
    block = written(report)[0]
    editing.write(
        report.id, block.id, "　　受理⟦mediation.cases⟧件。\r\n", actor=world.actor("clerk"), at=AT, version=1
    )
    world.enter()
    block.refresh_from_db()
    assert (block.text, block.version) == ("受理⟦mediation.cases|plain|2022⟧件。", 2)
    assert text.read(report).lines[0].text == "受理5件。"
    assert list(Step.objects.filter(matter_id=report.id).order_by("id").values_list("act", flat=True)) == [
        "open",
        "edit",
    ]
    assert Report.objects.get(pk=report.id).version == 2


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("受理⟦mediation.none⟧件", "第3字：没有指标“mediation.none”；相近的有：mediation.agreement_amount"),
        ("受理⟦mediation.cases|fancy⟧件", "第3字：没有写法“fancy”"),
        ("受理⟦mediation.cases|plain|去年⟧件", "不是期间"),
        ("受理⟦mediation.cases|plain|2022|x⟧件", "多了一段"),
        ("受理⟦mediation.cases件", "没有配对"),
        ("受理⟦mediation.cases|wan_over⟧件", "“人民调解案件数”：5不足10000"),
        ("受理⟦mediation.cases|hundred_over⟧件", "不足100"),
        ("成功率⟦mediation.success_rate|all⟧", "不是100%"),
        ("长" * (editing.LONGEST + 1), "最多5000字"),
    ],
)
def test_what_is_no_token_or_not_true_is_refused_at_the_place(world: World, words: str, reason: str) -> None:
    ledger(world)
    report = empty(world)
    block = written(report)[0]
    with pytest.raises(Refused, match=re.escape(reason)) as refusal:
        editing.write(report.id, block.id, words, actor=world.actor("clerk"), at=AT)
    assert {fault.field for fault in refusal.value.faults} == {"text"}
    world.enter()
    block.refresh_from_db()
    assert (block.text, block.version) == ("依法履行职责。", 1)
    assert Report.objects.get(pk=report.id).version == 1


@pytest.mark.parametrize(
    "words", ["{{ 7 * 7 }}", "{% load x %}", "${jndi}", "<script>1</script>", "⟦mediation.cases⟧{0}"]
)
def test_nothing_written_is_ever_run(world: World, words: str) -> None:
    report = empty(world)
    block = written(report)[0]
    editing.write(report.id, block.id, words, actor=world.actor("clerk"), at=AT)
    world.enter()
    assert text.read(report).lines[0].text == words.replace("⟦mediation.cases⟧", "0")


def test_two_writers_of_one_block(world: World) -> None:
    report = empty(world)
    first, second, *_ = written(report)
    editing.write(report.id, first.id, "甲写的。", actor=world.actor("clerk"), at=AT, version=1)
    world.enter()
    editing.write(report.id, second.id, "另一段不受影响。", actor=world.actor("head"), at=AT, version=1)
    world.enter()
    with pytest.raises(Conflict) as conflict:
        editing.write(report.id, first.id, "乙写的。", actor=world.actor("head"), at=AT, version=1)
    assert conflict.value.theirs == {"text": "甲写的。"}
    world.enter()
    first.refresh_from_db()
    assert first.text == "甲写的。"


def test_paragraphs_pasted_together_become_blocks(world: World) -> None:
    report = empty(world)
    block = written(report)[0]
    editing.write(report.id, block.id, "第一段。\n\n第二段。\n第三段。", actor=world.actor("clerk"), at=AT)
    world.enter()
    assert [line.text for line in text.read(report).lines] == [
        "第一段。",
        "第二段。",
        "第三段。",
        *["依法履行职责。"] * 3,
    ]
    assert {each.part for each in text.blocks_of(report)[:3]} == {Part.EFFECTS.value}


def test_blocks_are_put_in_and_taken_out(world: World) -> None:
    report = empty(world)
    clerk = world.actor("clerk")
    first = written(report)[0]
    heading = editing.add(report.id, first.id, "新的一节", level=2, actor=clerk, at=AT)
    world.enter()
    for number in range(9):
        editing.add(report.id, heading.id, f"第{number}句。", actor=clerk, at=AT)
        world.enter()
    lines = text.read(report).lines
    assert [line.number + line.text for line in lines][:4] == ["依法履行职责。", "（一）新的一节", "第8句。", "第7句。"]
    with pytest.raises(Refused, match="标题下还有内容"):
        editing.remove(report.id, heading.id, actor=clerk, at=AT)
    world.enter()
    editing.remove(report.id, lines[2].block.id, actor=clerk, at=AT, version=1)
    world.enter()
    assert [line.text for line in text.read(report).lines][2] == "第7句。"
    assert Block.objects.filter(pk=lines[2].block.id, removed=True).exists()
    with pytest.raises(Unseen):
        editing.write(report.id, lines[2].block.id, "又来", actor=clerk, at=AT)
    world.enter()
    with pytest.raises(Refused, match="标题里不写数据"):
        editing.write(report.id, heading.id, f"共{CASES}件", actor=clerk, at=AT)


def test_a_new_year_begins_from_the_last_report(world: World) -> None:
    ledger(world)
    last = empty(world, 2021)
    first, second, *_ = written(
        last,
        "2021年受理⟦mediation.cases|plain|2021⟧件，2月⟦mediation.cases|plain|2021-02⟧件，2020年为⟦mediation.cases|plain|2020⟧件。",
        "自2015年起试行；2022年继续。",
    )
    Block.objects.filter(pk=second.pk).update(unit=world.units["east"])
    report = begun(world, 2022, last=last.id)
    lines = text.read(report).lines
    assert lines[0].block.text == (
        "2022年受理⟦mediation.cases|plain|2022⟧件，2月⟦mediation.cases|plain|2022-02⟧件，2021年为⟦mediation.cases|plain|2021⟧件。"
    )
    assert lines[0].text == "2022年受理5件，2月1件，2021年为2件。"
    assert lines[1].text == "自2015年起试行；2023年继续。"
    assert lines[1].block.unit_id == world.units["east"].id
    assert first.text.startswith("2021年")
    with pytest.raises(Refused, match="不早于2021年"):
        outlining.start(
            year=2021, subject=world.units["bureau"], unit=world.units["law"], last=last.id, kind="department",
            actor=world.actor("clerk"), at=AT,
        )  # fmt: skip
    world.enter()
    assert Report.objects.count() == 2


def test_one_report_a_year(world: World) -> None:
    empty(world)
    with pytest.raises(Refused, match="已有相同的"):
        empty(world)
    world.enter()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("values_", "field", "reason"),
    [
        ({"year": 2023}, "year", "尚未开始"),
        ({"year": 22}, "year", "22"),
        ({"kind": "department"}, "subject", "应为本地区的报告"),
        ({"subject": "east"}, "subject", "只能撰写本单位或上级单位的报告"),
        ({"subject": "law"}, "subject", "请改报告类别"),
        ({"heading": ""}, "heading", "报告标题"),
    ],
)
def test_a_report_that_cannot_be_is_refused(world: World, values_: dict[str, object], field: str, reason: str) -> None:
    facts: dict[str, object] = {"year": 2022, "subject": "area", "heading": "报告", **values_}
    facts["subject"] = world.units[str(facts["subject"])]
    with pytest.raises(Refused) as refusal:
        procedure.open(Report, facts, actor=world.actor("clerk"), at=AT, unit=world.units["law"])
    assert any(fault.field == field and reason in fault.reason for fault in refusal.value.faults)
    world.enter()
    assert Report.objects.count() == 0


def test_an_unfinished_report_is_not_passed(world: World) -> None:
    ledger(world)
    report = begun(world)
    with pytest.raises(Refused, match="“存在的不足和原因”还没有写"):
        procedure.act(Report, report.id, Writing.review, actor=world.actor("head"), at=AT)
    world.enter()
    other = empty(world, 2021)
    blocks = written(other, "召开会议⟦governance.committee_meetings|plain|2021⟧次。")
    with pytest.raises(Refused, match="有1处数据缺少或写法不符：全面依法治区委员会会议次数"):
        procedure.act(Report, other.id, Writing.review, actor=world.actor("head"), at=AT)
    world.enter()
    given(world, "governance.committee_meetings", 1, 2021)
    Block.objects.filter(pk=blocks[3].pk).update(text=" ")
    with pytest.raises(Refused, match="下一年度主要安排"):
        procedure.act(Report, other.id, Writing.review, actor=world.actor("head"), at=AT)
    world.enter()
    assert Report.objects.get(pk=other.id).state == "drafting"


def test_from_draft_to_publication_within_the_days_the_law_gives(world: World) -> None:
    report = empty(world, 2021)
    first = written(report)[0]
    runs = {run.clock: run.due_on for run in Run.objects.filter(matter_id=report.id)}
    assert runs == {"submit": date(2022, 2, 28), "publish": date(2022, 3, 31)}
    assert report.due_on == date(2022, 2, 28)
    day = date(2022, 12, 20)
    done = [
        (Writing.review, "head", {}), (Writing.give_back, "leader", {"returned_for": "标题再议"}),
        (Writing.review, "head", {}), (Writing.approve, "leader", {}),
        (Writing.submit, "clerk", {"submitted_to": "区委、管委会，市司法局"}),
        (Writing.publish, "clerk", {"published_at": "https://www.example.gov.cn/"}),
    ]  # fmt: skip
    for act, who, answers in done:
        procedure.act(Report, report.id, act, answers, actor=world.actor(who), at=AT, on=day)
        world.enter()
        if act is not Writing.give_back:
            with pytest.raises(NotYours, match="只能在“起草中”时办理"):
                editing.add(report.id, first.id, "改", actor=world.actor("clerk"), at=AT)
            world.enter()
    report.refresh_from_db()
    assert (report.state, report.submitted_on, report.published_on) == ("published", day, day)
    standing = {run.clock: run.standing for run in Run.objects.filter(matter_id=report.id)}
    assert standing == {"submit": "late", "publish": "late"}
    assert text.blocks_of(report)[-1].text != "改"


def test_a_street_does_not_see_the_areas_report(world: World) -> None:
    report = empty(world)
    block = written(report)[0]
    with pytest.raises(Unseen):
        editing.write(report.id, block.id, "改", actor=world.actor("east"), at=AT)
    world.enter()
    block.refresh_from_db()
    assert block.version == 1


def test_this_year_beside_last(world: World) -> None:
    ledger(world)
    report = empty(world)
    rate = "⟦mediation.success_rate|percent1|2022⟧"
    written(report, f"受理{CASES}件，成功率{rate}，办结⟦mediation.ended|plain|2022⟧件，涉及⟦mediation.confirmed⟧件。")
    read = text.read(report, beside=[Period.year(2021)])
    rows = {each.measure.key: each for each in compared(read)}
    assert [(each.this.text, each.last.text, each.change) for each in rows.values()] == [
        ("5", "2", "+150.0%"), ("75", "100", "-25.0个百分点"), ("4", "1", "+300.0%"), ("0", "0", "持平"),
    ]  # fmt: skip


def test_a_token_says_what_it_means() -> None:
    token = tokens.Token("mediation.cases", "plain", "2022-01-01~2022-09-30")
    assert tokens.tokens(token.write(), 2021) == [token]
    assert token.moved(2).period == "2024-01-01~2024-09-30"
    assert tokens.normalised("⟦ mediation.success_rate ⟧", 2022) == "⟦mediation.success_rate|percent1|2022⟧"
    assert tokens.normalised("没有数字{x}", 2022) == "没有数字{x}"
    assert [each.at for each in tokens.faults("甲⟧乙⟦丙", 2022)] == [1, 3]


def test_forms_offered_are_true(world: World) -> None:
    ledger(world)
    report = begun(world)
    read = text.read(report)
    shown = {token.key: values.offered(read.figures[token.key, token.period]) for token in read.used()}
    assert shown["mediation.cases"] == [("plain", "5"), ("chinese", "五")]
    assert [text_ for _, text_ in shown["mediation.success_rate"]][:3] == ["75.0%", "75%", "75.00%"]
    assert ("grouped", "3,500") in shown["mediation.agreement_amount"]
    assert shown["governance.committee_meetings"] == []


def test_an_edit_is_held_to_the_records_of_the_moment(world: World) -> None:
    cases = ledger(world)
    report = empty(world)
    block = written(report)[0]
    rate = "成功率⟦mediation.success_rate|over_percent|2022⟧"
    with pytest.raises(Refused, match="没有零头"):
        editing.write(report.id, block.id, rate, actor=world.actor("clerk"), at=AT)
    world.enter()
    Mediation.objects.filter(pk=cases["feb"].pk).update(concluded_on=date(2021, 3, 1) + timedelta(3))
    editing.write(report.id, block.id, rate, actor=world.actor("clerk"), at=AT)
    world.enter()
    assert text.read(report).lines[0].text == "成功率超66%"
    Mediation.objects.filter(pk=cases["feb"].pk).update(concluded_on=date(2022, 2, 28))
    (piece,) = text.read(report).unready()
    assert (piece.text, piece.stand) == ("百分之七十五", values.Stand.UNTRUE)
