"""Figures bound to measures by label, alias, unit, headings and confirmation."""

from __future__ import annotations

import pytest

from fazhi import figures
from fazhi.figures import Catalogue, Measure, Role, bind, context

CATALOGUE = Catalogue(
    [
        Measure("fuyi.received", "收到行政复议申请数", "件"),
        Measure("fuyi.accepted", "受理行政复议案件数", "件"),
        Measure("fuyi.concluded", "办结行政复议案件数", "件"),
        Measure("aid.accepted", "受理法律援助件数", "件"),
        Measure("aid.concluded", "法律援助结案件数", "件"),
        Measure("mediation.cases", "人民调解案件数", "件"),
        Measure("mediation.rate", "调解成功率", "%"),
        Measure("exam.rate", "考试参考率", "%"),
        Measure("exam.pass", "考试合格率", "%"),
        Measure("appearance.rate", "负责人出庭应诉率", "%"),
        Measure("published", "公开行政处罚决定数", "件"),
        Measure("satisfaction", "群众满意度", "%", aliases=("12345 满意率",)),
        Measure("bureau.meetings", "党组会次数", "次", topics=("主要负责人",)),
    ]
)


def keys(text: str, **more: object) -> list[tuple[str, str | None]]:
    read = bind(figures.find(text), CATALOGUE, **more)  # type: ignore[arg-type]
    return [(s.surface, s.measure_key) for s in read if s.kind == "measure"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年收到行政复议申请93件，受理79件，已办结82件。", ["fuyi.received", "fuyi.accepted", "fuyi.concluded"]),
        ("全年新收行政复议申请93件，审结82件。", ["fuyi.received", "fuyi.concluded"]),
        ("全年受理法律援助372件、结案301件。", ["aid.accepted", "aid.concluded"]),
        ("人民调解案件3314件，成功率98%。", ["mediation.cases", "mediation.rate"]),
        ("作出行政处罚决定1456件。", [None]),
        ("公示行政处罚决定1456件。", ["published"]),
        ("考试不合格率2%。", [None]),
        ("办理信访事项55件。", [None]),
        ("负责人出庭应诉率由91%提高到100%。", ["appearance.rate", "appearance.rate"]),
        ("办理12345热线工单，按期办结，满意率98%。", ["satisfaction"]),
        ("公开行政处罚决定1456人。", [None]),
        ("召开党组会23次。", [None]),
        ("二、主要负责人履职情况\n召开党组会23次。", ["bureau.meetings"]),
        ("考试参考率、合格率分别为100%、96%。", ["exam.rate", "exam.pass"]),
    ],
)
def test_figures_are_bound(text: str, expected: list[str | None]) -> None:
    assert [key for _, key in keys(text)] == expected


def test_one_number_of_two_rates_is_two_statements() -> None:
    assert keys("组织考试，参考率和合格率均在95%以上。") == [("95%以上", "exam.rate"), ("95%以上", "exam.pass")]


def test_one_number_of_two_rates_that_are_not_known_stays_one() -> None:
    assert keys("整改率和知晓率均为100%。") == [("100%", None)]


def test_what_people_confirmed_goes_first() -> None:
    text = "接待来电来访12件，收到行政复议申请93件。"
    odd = next(s for s in figures.find(text) if s.surface == "12件")
    assert keys(text)[0] == ("12件", None)
    confirmed = {context(odd): "aid.accepted"}
    assert keys(text, confirmed=confirmed) == [("12件", "aid.accepted"), ("93件", "fuyi.received")]
    assert keys("接待来电来访15件。", confirmed=confirmed) == [("15件", "aid.accepted")]
    assert keys("接待来电来访15件。", confirmed={context(odd): "no.such"}) == [("15件", None)]


def test_earlier_values_and_changes_are_told_apart() -> None:
    read = bind(figures.find("负责人出庭应诉率由91%提高到100%，提高9个百分点。"), CATALOGUE)
    assert [(s.place.role, s.measure_key) for s in read] == [
        (Role.PREVIOUS, "appearance.rate"),
        (Role.CURRENT, "appearance.rate"),
        (Role.CHANGE, None),
    ]


def test_columns_of_earlier_years_are_earlier() -> None:
    read = bind(figures.find("指标\t2022年\t2023年\n人民调解案件数（件）\t310\t325"), CATALOGUE)
    assert [(s.surface, s.place.role, s.measure_key) for s in read if s.kind == "measure"] == [
        ("310", Role.PREVIOUS, "mediation.cases"),
        ("325", Role.CURRENT, "mediation.cases"),
    ]


def test_two_measures_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="重复"):
        Catalogue([Measure("a", "甲"), Measure("a", "乙")])


def test_aliases_are_added_and_the_catalogue_stays() -> None:
    more = CATALOGUE.with_aliases({"published": ["作出处罚决定"], "unknown": ["无"]})
    assert more["published"].aliases == ("作出处罚决定",)
    assert CATALOGUE["published"].aliases == ()
    read = bind(figures.find("作出处罚决定1456件。"), more)
    assert [s.measure_key for s in read] == ["published"]
    assert len(more) == len(CATALOGUE)
    assert "published" in more
    assert more.get("nothing") is None


ALIASED = Catalogue(
    [
        Measure("aid.concluded", "法律援助结案件数", "件", aliases=("结案",)),
        Measure("exam.pass", "法治理论考试合格率", "%", aliases=("合格率",)),
        Measure("officers", "执法人员人数", "人", aliases=("行政执法人员",)),
        Measure("officers.trained", "培训行政执法人员人数", "人", aliases=("行政执法人员",)),
        Measure("penalties", "行政处罚案件数", "件"),
    ]
)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("受理法律援助372件、结案301件。", "aid.concluded"),
        ("综合执法立案371宗，结案355件。", None),
        ("平均结案用时61天。", None),
        ("产品抽检不合格率1.8%。", None),
        ("组织法治理论考试，合格率96%。", "exam.pass"),
        ("在册行政执法人员836人。", "officers"),
        ("培训行政执法人员836人。", "officers.trained"),
        ("指标\t2023年\n行政处罚案件数（件）\t1456", "penalties"),
    ],
)
def test_a_short_alias_does_not_bind_by_itself(text: str, key: str | None) -> None:
    bound = [s for s in bind(figures.find(text), ALIASED) if s.kind == "measure"]
    assert bound[-1].measure_key == key
