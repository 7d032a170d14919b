"""The rules that come with the package, against the facts they were taken from."""

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from fazhi.kernel.ground import law
from fazhi.kernel.ground.calendar import Method, NotComputable, Reason, term
from fazhi.kernel.ground.calendar.counting import Mode, parse
from fazhi.kernel.ground.law import Certainty, Kind, Rule, Unit
from fazhi.kernel.ground.law.entries import parse as entry_of

CHECKOUT = Path(__file__).resolve().parents[3]
FOLDER = files("fazhi.kernel.ground.law") / "rules"
README = Path(law.__file__).with_name("README.md")


def _facts() -> list[dict[str, Any]]:
    """The list of time limits the rules were taken from, when it lies in a folder beside the checkout."""
    file = next(iter(sorted(CHECKOUT.parent.glob("*/law/time_limits.yaml"))), None)
    if file is None:
        pytest.skip(f"law/time_limits.yaml, the collected time limits, lies in no folder beside {CHECKOUT.name}")
    found: list[dict[str, Any]] = yaml.safe_load(file.read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(each.name for each in FOLDER.iterdir()))
def test_every_file_parses(name: str) -> None:
    raw = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    entries = [entry_of(each, name.removesuffix(".yaml")) for each in raw]
    assert entries
    assert set(entries) == set(law.rules(line=name.removesuffix(".yaml")))


def test_every_fact_is_there_once_and_no_rule_is_without_one() -> None:
    facts = _facts()
    assert [each["id"] for each in facts] == list(dict.fromkeys(each["id"] for each in facts))
    assert {each["id"] for each in facts} == {each.id for each in law.rules()}


def test_every_rule_says_what_its_fact_says() -> None:
    for fact in _facts():
        found = law.shipped().entry(fact["id"])
        period = fact["period"] or {}
        assert (found.rule, found.line, found.regime) == (fact["rule"], fact["line"], fact.get("regime")), found.id
        assert (found.period.value, found.period.unit) == (period.get("value"), period.get("unit")), found.id
        assert _month_and_day(period.get("fixed_date")) == found.period.fixed_date, found.id
        assert (found.article, found.law_zh) == (str(fact["article"]), fact["law_zh"]), found.id
        assert (found.certainty, found.kind) == (fact["certainty"], fact["kind"]), found.id
        until = fact["effective_to"]
        assert found.effective_from.isoformat() == fact["effective_from"], found.id
        assert (found.effective_to and found.effective_to.isoformat()) == until, found.id
        assert found.suspends == tuple(fact["suspends"]), found.id
        assert found.extension == fact["extension"], found.id


def test_every_way_of_counting_is_that_of_the_fact_or_explained() -> None:
    for fact in _facts():
        found = law.shipped().entry(fact["id"])
        stated = fact["computing_rule"]
        if found.computing_rule != stated:
            # What was said in words is a code here, and the words that the code leaves unsaid are a note.
            assert found.computing_note, found.id
            assert found.computing_note in stated or stated.startswith(found.computing_rule), found.id


def test_every_rule_is_counted_by_a_known_code_in_a_unit_that_fits() -> None:
    outcomes = {each.id: _outcome(each) for each in law.rules()}
    assert Reason.CONTRADICTION not in outcomes.values()
    for each in law.rules():
        method, _ = parse(each.computing_rule)
        has_number = each.period.value is not None or each.period.fixed_date is not None
        assert (outcomes[each.id] is method) == (method.mode is not Mode.NONE and has_number), each.id
    assert sum(isinstance(outcome, Method) for outcome in outcomes.values()) > 200


def test_working_days_stand_only_where_the_law_says_so() -> None:
    for each in law.rules():
        in_working_days = parse(each.computing_rule)[0].mode is Mode.WORKING
        assert in_working_days == (each.period.unit is Unit.WORKING_DAY), each.id
    # 行政复议法 88(2): of its periods in days, those of 3, 5, 7 and 10 are working days, others are not.
    for each in law.rules(line="reconsideration", on=date(2026, 6, 1)):
        if each.law_zh.startswith("中华人民共和国行政复议法（2023") and each.period.unit in (
            Unit.DAY,
            Unit.WORKING_DAY,
        ):
            assert (each.period.value in (3, 5, 7, 10)) == (each.period.unit is Unit.WORKING_DAY), each.id


def test_a_date_before_which_something_is_due_excludes_the_day_itself() -> None:
    assert {each.id for each in law.rules() if not each.period.inclusive} == {
        "report.annual.submit",
        "report.annual.publish",
        "report.annual.provincial",
    }


def test_the_readme_names_every_field_kind_code_and_certainty() -> None:
    text = README.read_text("utf-8")
    fields = {name for each in FOLDER.iterdir() for entry in yaml.safe_load(each.read_text("utf-8")) for name in entry}
    codes = {each.computing_rule.removeprefix("BEFORE; ") for each in law.rules()}
    for name in fields | codes | set(Kind) | set(Certainty) | set(Unit):
        assert f"`{name}`" in text, name


def _outcome(rule: Rule) -> Method | Reason:
    try:
        return term(rule).method
    except NotComputable as refusal:
        return refusal.reason


def _month_and_day(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    month, day = text.split("-")
    return int(month), int(day)
