"""The reports of the demonstration: the earlier year published, the later one written, its figures alive."""

from __future__ import annotations

from fazhi.lines.report.models import Block, Report
from tests.demonstration import Demonstration, demonstration, demonstration_database

__all__ = ["demonstration", "demonstration_database"]


def test_last_years_report_is_published_and_this_years_in_draft(demonstration: Demonstration) -> None:
    states = dict(Report.objects.values_list("year", "state"))
    earlier, later = demonstration.quotas.reported_years()
    assert states == {earlier: "published", later: "drafting"}


def test_no_paragraph_is_left_to_be_written_and_figures_are_tokens(demonstration: Demonstration) -> None:
    for report in Report.objects.all():
        words = list(Block.objects.filter(report=report, removed=False).values_list("text", flat=True))
        assert all(words)
        assert any("⟦mediation.cases" in text for text in words)
        assert not any("3314" in text for text in words)
