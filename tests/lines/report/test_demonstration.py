"""The report over the demonstration: it says what the published one says, and proves itself; commands over both."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fazhi.figures import Verdict, read_file
from fazhi.kernel.records.measures.periods import Period
from fazhi.lines.report.models import Report
from fazhi.lines.report.papers import issuing
from fazhi.lines.report.queries import proof
from tests.demonstration import Demonstration, demonstration, demonstration_database
from tests.seed import CHECKOUT, stated

__all__ = ["demonstration", "demonstration_database"]

_NAME = "real/annual_report_2022.txt"


@pytest.fixture
def published() -> Path:
    """A real report as it was published; tests of it skip where it does not lie beside the checkout."""
    found = next(iter(sorted(CHECKOUT.parent.glob(f"*/{_NAME}"))), None)
    if found is None:
        pytest.skip(f"{_NAME}, a real report, does not lie in a folder beside {CHECKOUT.name}")
    return found


def said(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_every_file_says_the_same_and_agrees_with_the_records(demonstration: Demonstration, tmp_path: Path) -> None:
    told = said("report", 2022, out=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(issuing.FILES)
    assert told.count("\n") == len(issuing.FILES)
    for name in ("report.docx", "report.html"):
        proven = proof.of_text(read_file(tmp_path / name).text, Period.year(2022), demonstration.scope)
        assert [f"{each.surface}：{each.reason}" for each in proven.of(Verdict.CONTRADICTS)] == [], name
        bound = {each.measure_key for each in proven.statements if each.verdict in (Verdict.AGREES, Verdict.EXPLAINED)}
        assert len(bound) >= 74, name
    rows = list(csv.DictReader(io.StringIO((tmp_path / "figures.csv").read_text("utf-8-sig"))))
    values = {each["measure_key"]: each["value"] for each in rows if each["period"] == "2022"}
    assert values["mediation.cases"] == "3314"
    assert {each["period"] for each in rows} == {"2022", "2021"}
    assert json.loads((tmp_path / "figures.json").read_text("utf-8"))[0]["opens"].startswith("/")
    # The second time the report is there already.
    said("report", 2022, out=tmp_path)
    assert Report.objects.filter(year=2022, void_reason="").count() == 1


def test_the_published_report_holds_against_the_records(demonstration: Demonstration, published: Path) -> None:
    keys = stated("measure")
    statements = json.loads(said("prove", published, year="2022", format="json"))
    wrong = [f"{each['surface']}：{each['reason']}" for each in statements if each["verdict"] == "contradicts"]
    assert wrong == []
    bound = {each["measure_key"]: each for each in statements if each["kind"] == "measure"}
    assert set(bound) == set(keys)
    assert {each["verdict"] for each in bound.values()} <= {"agrees", "explained"}
    carried = bound["reconsideration.concluded"]
    assert carried["verdict"] == "explained"
    assert "上年结转" in carried["reason"]


def test_a_wrong_figure_is_found_and_named(demonstration: Demonstration, published: Path, tmp_path: Path) -> None:
    text = published.read_text("utf-8")
    assert text.count("人民调解案件3314件") == 1
    draft = tmp_path / "draft.txt"
    draft.write_text(text.replace("人民调解案件3314件", "人民调解案件3341件"), "utf-8")
    table = said("prove", draft, year="2022")
    found = next(line for line in table.splitlines() if "3341件" in line)
    assert "✗ 不符" in found
    assert "mediation.cases" in found
    assert "3314" in found


def test_what_cannot_be_proven(demonstration: Demonstration, tmp_path: Path) -> None:
    before = Report.objects.count()
    before = Report.objects.count()
    with pytest.raises(CommandError, match="找不到文件"):
        said("prove", tmp_path / "none.txt", year="2022")
    with pytest.raises(CommandError, match="不是期间"):
        said("prove", __file__.replace(".py", ".txt"), year="二〇二二")
    with pytest.raises(CommandError, match="没有单位“月亮”"):
        said("report", 2022, out=tmp_path, subject="月亮")
    assert Report.objects.count() == before
