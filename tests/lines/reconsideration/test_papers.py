"""The papers of reconsideration: each can be issued, says what it must, and bears the number of its case."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction

from fazhi.kernel.casework.matters.models import Case, Matter
from fazhi.kernel.casework.papers import composing
from fazhi.kernel.casework.papers.declaring import papers_of
from fazhi.kernel.casework.papers.models import Issued
from fazhi.kernel.casework.papers.rendering import to_docx, to_pdf
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.casework.procedure.expiring import expire
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.reconsideration.models import Application, NormativeReview, Suggestion
from fazhi.lines.reconsideration.workflow import Reconsidering as W
from fazhi.lines.reconsideration.workflow import Reviewing, Suggesting
from tests.lines.reconsideration.factories import AT, PARTIES, accepted, decided, done, heard, letter, opened, review
from tests.world import SHANGHAI, World, world

__all__ = ["world"]

Story = Callable[[World], Case]
FULL = (*PARTIES, PartyFacts("agent", "丙律师"), PartyFacts("third_party", "丁公司"))


def acted(world: World, case: Case, *acts: tuple[Any, date], **more: Any) -> Any:
    for act, on in acts:
        case = done(world, case, act, on, **more)
    return case


def at_length(world: World) -> Case:
    """A case in which everything happens that can happen in one."""
    case = opened(world, channel="oral", parties=FULL)
    case = acted(world, case, (W.acknowledge, date(2026, 3, 2)), (W.ask_supplement, date(2026, 3, 3)))
    case = acted(world, case, (W.supplement, date(2026, 3, 5)))
    case = done(world, case, W.accept, date(2026, 3, 6), track="simplified", simplified_ground="warning")
    march = (W.convert, W.send_copy, W.join, W.stay, W.hear_opinions, W.investigate, W.grant_access, W.answer_hearing,
             W.call_hearing, W.ask_committee, W.consult, W.mediate_once, W.suspend, W.resume)  # fmt: skip
    case = acted(world, case, *((act, date(2026, 3, day)) for day, act in enumerate(march, 9)))
    case = acted(world, case, (W.suspend, date(2026, 4, 1)), (W.resume, date(2026, 4, 7)))
    case = acted(world, case, (W.extend, date(2026, 4, 8)), (W.hold_hearing, date(2026, 6, 30)))
    case = acted(world, case, (W.report, date(2026, 7, 1)))
    case = done(world, case, W.decide, date(2026, 7, 2), evidence="证据一至五", compensation=200_000)
    case = acted(world, case, (W.serve, date(2026, 7, 3)), (W.copy_upward, date(2026, 7, 3)))
    case = acted(world, case, (W.correct_paper, date(2026, 7, 6)), (W.order_performance, date(2026, 9, 1)))
    case = acted(world, case, (W.talk, date(2026, 9, 20)), (W.perform, date(2026, 9, 30)))
    return acted(world, case, (W.archive, date(2026, 10, 12)))  # type: ignore[no-any-return]


def lapsed(world: World) -> Case:
    case = opened(world)
    expire(world.jurisdiction.id, at=AT)
    world.enter()
    return case


STORIES: dict[str, Story] = {
    "at length": at_length,
    "lapsed": lapsed,
    "refused": lambda world: done(world, opened(world), W.refuse, date(2026, 3, 4)),
    "informed": lambda world: done(world, opened(world), W.inform, date(2026, 3, 4)),
    "dismissed": lambda world: done(world, accepted(world), W.dismiss, date(2026, 3, 30)),
    "mediated": lambda world: done(world, accepted(world), W.mediate, date(2026, 3, 30)),
    "terminated": lambda world: done(world, accepted(world), W.terminate, date(2026, 3, 30)),
    "opinion": lambda world: done(world, letter(world, decided(world)), Suggesting.issue, date(2026, 4, 13)),
    "suggestion": lambda world: done(world, letter(world, None), Suggesting.issue, date(2026, 4, 13)),
    "reviewed": lambda world: done(
        world, acted(world, review(world, accepted(world)), (Reviewing.ask_maker, date(2026, 3, 10)),
                     (Reviewing.maker_replies, date(2026, 3, 20))),
        Reviewing.handle, date(2026, 3, 24), finding="抵触上位法", lawful=False,
    ),
    "forwarded": lambda world: done(
        world, review(world, accepted(world)), Reviewing.forward, date(2026, 3, 10), forwarded_to="青江市人民政府"
    ),
}  # fmt: skip


def told(case: Case | Matter, paper: str) -> str:
    """All an issued paper says."""
    issued = Issued.objects.filter(matter_id=case.id, paper=paper).order_by("-id")[0]
    content = json.loads(issued.content.reveal())
    blocks = [f"{block.get('label', '')}{block.get('text', '')}" for block in content["blocks"]]
    return "\n".join([content["organ"], content["title"], content["to"], *blocks, *content["copies"]])


def test_every_paper_can_be_issued_and_rendered(world: World) -> None:
    for story in STORIES.values():
        story(world)
    issued = {(paper.paper): paper for paper in Issued.objects.all()}
    wanted = {key for record in (Application, Suggestion, NormativeReview) for key in papers_of(record)}
    assert wanted == set(issued)
    assert len(wanted) >= 30
    for paper in issued.values():
        document = composing.document(paper, address="https://law.example")
        assert to_pdf(document, at=paper.issued_at)[:4] == b"%PDF"
        assert to_docx(document, at=paper.issued_at)[:2] == b"PK"
        text = told(paper.matter, paper.paper)
        assert not set("{}") & set(text), paper.title
        assert "None" not in text, paper.title


def test_every_paper_belongs_to_an_act() -> None:
    for workflow in (W, Suggesting, Reviewing):
        issuing = {paper.key for act in workflow.acts.values() for paper in act.issues}
        assert issuing == set(papers_of(workflow.record))


def test_one_case_one_number(world: World) -> None:
    first, case = opened(world), at_length(world)
    assert (first.number, case.number) == ("青江复〔2026〕1号", "青江复〔2026〕2号")
    numbers = dict(
        Issued.objects.filter(matter_id=case.id).exclude(number=None).order_by("-id").values_list("paper", "number")
    )
    assert numbers["decision"] == "青江复决〔2026〕2号"
    assert numbers["acceptance_notice"] == "青江复受〔2026〕2号"
    again = Issued.objects.filter(matter_id=case.id, paper="suspension_notice").order_by("id")
    assert list(again.values_list("number", flat=True)) == ["青江复中〔2026〕2号", "青江复中〔2026〕2-2号"]


def test_a_case_from_a_ledger_is_cited_by_its_own_number(world: World) -> None:
    case = opened(world, number="澜府复字第7号")
    done(world, case, W.acknowledge, date(2026, 3, 2))
    assert Issued.objects.get(matter_id=case.id).number == "青江复收（澜府复字第7号）"


def test_the_organ_signs_and_the_bureau_is_named_where_one_may_ask(world: World) -> None:
    text = told(accepted(world), "acceptance_notice")
    assert text.startswith("青江新区管理委员会\n行政复议受理通知书\n甲某")
    assert "青江新区司法局" in text


def test_periods_are_those_of_the_text_that_governs(world: World) -> None:
    case = done(world, opened(world), W.ask_supplement, date(2026, 3, 4))
    assert "自收到本通知之日起10个工作日内" in told(case, "supplement_notice")
    case = done(world, accepted(world), W.send_copy, date(2026, 3, 5))
    assert "自受理之日起60日内" in told(case, "acceptance_notice")
    assert "10个工作日内" in told(case, "reply_notice")
    quick = accepted(world, track="simplified", simplified_ground="disclosure")
    quick = done(world, quick, W.send_copy, date(2026, 3, 5))
    assert "自受理之日起30日内" in told(quick, "acceptance_notice")
    assert "简易程序" in told(quick, "acceptance_notice")
    assert "5个工作日内" in told(quick, "reply_notice")
    at = datetime(2022, 12, 20, 10, 0, tzinfo=SHANGHAI)
    old = opened(world, date(2022, 3, 1), at=at, act_on=None, known_on=None)
    old = done(world, old, W.accept, date(2022, 3, 4), at=at)
    old = done(world, old, W.send_copy, date(2022, 3, 4), at=at)
    assert "自收到之日起10日内" in told(old, "reply_notice")
    assert "2017年修正" in told(old, "acceptance_notice")
    assert "审理。" not in told(old, "acceptance_notice")


def test_remedies_are_told(world: World) -> None:
    decision = told(decided(world), "decision")
    assert "自收到本决定书之日起15日内依法向人民法院提起行政诉讼" in decision
    assert "一经送达，即发生法律效力" in decision
    refusal = told(done(world, opened(world), W.refuse, date(2026, 3, 4)), "nonacceptance_decision")
    assert "6个月内依法向人民法院提起行政诉讼" in refusal
    first = opened(world, reconsideration_first=True)
    refusal = told(done(world, first, W.refuse, date(2026, 3, 4)), "nonacceptance_decision")
    assert "15日内，依法向人民法院提起行政诉讼" in refusal
    assert "6个月" not in refusal
    opinion = told(done(world, letter(world, decided(world)), Suggesting.issue, date(2026, 4, 13)), "opinion_letter")
    assert "自收到本意见书之日起60日内" in opinion


def test_a_decision_says_facts_reasons_basis_and_result(world: World) -> None:
    case = at_length(world)
    text = told(case, "decision")
    for said in (
        "申请人：甲某，住青江新区一号", "委托代理人：丙律师", "被申请人：青江新区财政局", "第三人：丁公司、丙公司",
        "2026年3月2日收到，自2026年3月6日起受理", "本案审理期限延长30日", "撤销该行政处罚决定", "经查明，罚款5000元。",
        "证据一至五", "裁量明显不当。", "第六十三条的规定，本机关决定：变更。", "将罚款变更为2000元。", "赔偿（补偿）金额为2,000.00元",
    ):  # fmt: skip
        assert said in text


def test_new_due_days_are_told(world: World) -> None:
    case = done(world, heard(world), W.extend, date(2026, 4, 1))
    assert "延长30日，至2026年6月2日届满" in told(case, "extension_notice")
    case = done(world, case, W.suspend, date(2026, 4, 2))
    case = done(world, case, W.resume, date(2026, 4, 12))
    # Ten days later than 2 June: Friday 12 June.
    assert "至2026年6月12日届满" in told(case, "resumption_notice")


def test_what_a_paper_needs_is_asked_for_and_nothing_happens_without_it(world: World) -> None:
    case = opened(world, channel="oral", grounds="")
    before = fingerprint([Issued, Application])
    with pytest.raises(Refused, match="口头申请笔录》需要“事实和理由”"), transaction.atomic():
        done(world, case, W.acknowledge, date(2026, 3, 2))
    assert fingerprint([Issued, Application]) == before


def test_what_is_internal_is_kept_and_what_is_served_is_not(world: World) -> None:
    at_length(world)
    kept = set(Issued.objects.filter(kept=True).values_list("paper", flat=True))
    assert {"review_report", "committee_opinion", "hearing_record", "closing_form"} <= kept
    assert not kept & {"decision", "acceptance_notice", "reply_notice", "hearing_notice"}
