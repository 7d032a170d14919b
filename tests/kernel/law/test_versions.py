"""A rule id and a day give one version; regimes are tracks the law treats apart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fazhi.kernel.ground import law
from fazhi.kernel.ground.law import NotInForce, Period, Rulebook, Unit, UnknownRegime, UnknownRule
from fazhi.kernel.ground.law.entries import parse

LAST_OLD, FIRST_NEW = date(2023, 12, 31), date(2024, 1, 1)


def test_the_version_is_that_of_the_day() -> None:
    old, new = law.rule("reconsideration.reply", on=LAST_OLD), law.rule("reconsideration.reply", on=FIRST_NEW)
    assert (old.id, str(old.period)) == ("reconsideration.reply.old", "10 日")
    assert (new.id, str(new.period)) == ("reconsideration.reply", "10个工作日")
    assert [each.id for each in law.versions("reconsideration.reply")] == [
        "reconsideration.reply.old",
        "reconsideration.reply",
        "reconsideration.reply.simplified",
    ]


@pytest.mark.parametrize("rule_id", sorted({each.rule for each in law.rules()}))
def test_every_version_answers_for_its_days_and_no_other(rule_id: str) -> None:
    for each in law.versions(rule_id):
        for day in (each.effective_from, each.effective_to or date(2026, 12, 31)):
            assert law.rule(rule_id, on=day, regime=each.regime) == each
        before = each.effective_from - timedelta(1)
        assert not each.in_force(before)
        if each.effective_to is not None:
            assert not each.in_force(each.effective_to + timedelta(1))


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(NotInForce, match=r"mediation\.confirm\.apply\.procedure_law 在 2021-12-31 没有有效版本"):
        law.rule("mediation.confirm.apply.procedure_law", on=date(2021, 12, 31))


def test_a_regime_has_its_own_version_or_shares_the_ordinary_one() -> None:
    simplified = law.rule("reconsideration.decide", on=FIRST_NEW, regime="simplified")
    ordinary = law.rule("reconsideration.decide", on=FIRST_NEW)
    assert (str(simplified.period), str(ordinary.period)) == ("30 日", "60 日")
    common = law.rule("reconsideration.accept", on=FIRST_NEW, regime="simplified")
    assert common == law.rule("reconsideration.accept", on=FIRST_NEW)


def test_a_regime_that_did_not_exist_yet_has_no_version() -> None:
    with pytest.raises(NotInForce):
        law.rule("reconsideration.decide", on=LAST_OLD, regime="simplified")


def test_a_misspelt_rule_or_regime_is_refused() -> None:
    with pytest.raises(UnknownRule, match=r"没有编号为“reconsideration\.acept”"):
        law.rule("reconsideration.acept", on=FIRST_NEW)
    with pytest.raises(UnknownRegime, match="simplified"):
        law.rule("reconsideration.accept", on=FIRST_NEW, regime="simple")
    with pytest.raises(UnknownRule):
        law.shipped().entry("reconsideration.reply.older")


def test_a_book_refuses_two_answers_for_one_day() -> None:
    one = law.shipped().entry("reconsideration.accept")
    old = law.shipped().entry("reconsideration.accept.old")
    Rulebook([one, old])
    with pytest.raises(ValueError, match="both in force on 2024-01-01"):
        Rulebook([one, replace(old, effective_to=FIRST_NEW)])
    with pytest.raises(ValueError, match="two entries with this id"):
        Rulebook([one, one])
    with pytest.raises(ValueError, match="ends before it begins"):
        Rulebook([replace(old, effective_to=date(1999, 9, 30))])


def test_rules_of_a_line_and_a_day() -> None:
    found = law.rules(line="reconsideration", on=LAST_OLD)
    assert found
    assert all(each.line == "reconsideration" and each.in_force(LAST_OLD) for each in found)
    assert "reconsideration.accept.old" in {each.id for each in found}
    assert "reconsideration.accept" not in {each.id for each in found}


def test_the_citation_names_law_and_article() -> None:
    assert law.shipped().entry("reconsideration.accept").basis == "《中华人民共和国行政复议法（2023年修订）》30; 31(3)"
    assert "》-" not in law.shipped().entry("report.leader_annual").basis


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"period": {"value": 0, "unit": "day"}}, "positive number"),
        ({"period": {"value": 5}}, "a unit"),
        ({"period": {"value": 5, "unit": "week"}}, "week"),
        ({"period": {"fixed_date": "02-30"}}, "day"),
        ({"period": {"value": 1, "unit": "day", "fixed_date": "03-01"}}, "neither number nor unit"),
        ({"kind": "wish"}, "wish"),
        ({"certainty": "probably"}, "probably"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_malformed_entry_is_refused_by_name(changed: dict[str, object], message: str) -> None:
    raw: dict[str, object] = {
        "id": "test.rule",
        "rule": "test.rule",
        "title_zh": "试",
        "title_en": "test",
        "period": {"value": 5, "unit": "day"},
        "kind": "deadline_authority",
        "starts": "a",
        "ends_by": "b",
        "law_zh": "试行办法",
        "law_en": "Measures",
        "article": "1",
        "effective_from": date(2020, 1, 1),
        "computing_rule": "ND-CIV",
        "certainty": "verified",
    }
    assert parse(raw, "test").period == Period(5, Unit.DAY)
    with pytest.raises(ValueError, match=r"test\.yaml, test\.rule: .*" + message):
        parse({**raw, **changed}, "test")


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValueError, match=r"test\.yaml, \?"):
        parse({}, "test")
