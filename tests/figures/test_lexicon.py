"""The vocabulary is data, and users add to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi import figures
from fazhi.figures import built_in


def read(text: str, more: str, tmp_path: Path) -> list[tuple[str, str]]:
    path = tmp_path / "more.toml"
    path.write_text(more, encoding="utf-8")
    found = figures.find(text, lexicon=built_in().extended(path))
    return [(s.surface, str(s.kind)) for s in found]


@pytest.mark.parametrize(
    ("text", "more", "before", "after"),
    [
        ("收缴渔网12爿整。", '[units.count]\n"爿" = ""', [], [("12爿", "measure")]),
        ("推行五清工作法12条。", '[names]\nwords = ["12条"]', [("12条", "measure")], [("12条", "name")]),
        ("确认为零新发。", '[[claims]]\npattern = "(?P<claim>零新发)"\nvalue = "0"', [], [("零新发", "measure")]),
        ("逾越12件。", '[qualifiers.before]\nmore_than = ["逾越"]', [("12件", "measure")], [("逾越12件", "measure")]),
        ("谋求新增12件。", '[targets]\nsentences = ["谋求"]', [("12件", "measure")], [("12件", "target")]),
    ],
)
def test_entries_are_added(
    text: str, more: str, before: list[tuple[str, str]], after: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert [(s.surface, str(s.kind)) for s in figures.find(text)] == before
    assert read(text, more, tmp_path) == after
    assert [(s.surface, str(s.kind)) for s in figures.find(text)] == before


def test_every_unit_reads_after_an_arabic_number() -> None:
    units = built_in().data["units"]
    unread = [
        unit
        for sort in ("count", "extent", "money")
        for unit in units[sort]
        if [(s.surface, s.kind) for s in figures.find(f"全年共完成12{unit}，成效明显。")] != [(f"12{unit}", "measure")]
    ]
    assert unread == []
