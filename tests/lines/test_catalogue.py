"""The catalogue of figures against the figures of a real report: each is there, in its unit, and no name is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import pytest

from fazhi.kernel.line.manifest import LINES, Line
from fazhi.kernel.records.measures.declaring import MEASURES, Measure, Ratio, Reported
from fazhi.site.lines import LINES as PACKAGES
from fazhi.web import catalogue
from tests.seed import stated

# The words by which one thing is counted in texts, brought to the one the catalogue uses.
_SAME = {"名": "人"}


def _folder(line: Line) -> Path:
    file = import_module(f"fazhi.lines.{line.code}").__file__
    assert file is not None
    return Path(file).parent


def test_every_figure_of_the_report_is_a_measure_in_the_same_unit() -> None:
    wanted = {key: each.unit for key, each in stated("measure").items()}
    assert len(wanted) == 74
    assert {key: MEASURES[key].unit if key in MEASURES else "missing" for key in wanted} == {
        key: _SAME.get(unit, unit) for key, unit in wanted.items()
    }


def test_what_only_looks_like_a_figure_is_no_measure() -> None:
    names = {key for kind in ("name", "date", "target") for key in stated(kind)} - set(stated("measure"))
    assert names
    assert sorted(names & set(MEASURES)) == []


def test_every_line_is_installed_and_says_what_it_holds() -> None:
    assert [package.rpartition(".")[2] for package in PACKAGES] == list(LINES)
    for line in LINES.values():
        assert line.measures is not None
        assert line.measures.line == line.code
        assert line.measures.measures


def _written(name: str) -> list[str]:
    """These lines that have the file already."""
    return [code for code, line in LINES.items() if (_folder(line) / name).is_file()]


def _described() -> Iterable[Measure]:
    return (measure for line in LINES.values() if line.measures for measure in line.measures.measures)


@pytest.mark.parametrize("measure", list(_described()), ids=lambda measure: measure.key)
def test_a_definition_is_one_sentence_that_says_when_and_what_not(measure: Measure) -> None:
    assert not measure.definition.endswith("。")
    assert "\n" not in measure.definition
    assert len(measure.definition) >= 10
    if isinstance(measure, Ratio):
        assert measure.unit == "%"
        assert "比例" in measure.definition
        assert measure.part.unit == measure.whole.unit
    if isinstance(measure, Reported):
        assert re.search(r"报告期|名单|人员中|问卷中|业务中|评价中|开庭中|书记中", measure.definition)
        assert measure.at_end == ("期末日" in measure.definition)


def test_a_rate_is_never_reported() -> None:
    assert [key for key, measure in MEASURES.items() if measure.unit == "%" and not isinstance(measure, Ratio)] == []


def test_a_part_has_the_unit_of_its_whole() -> None:
    parts = [measure for measure in MEASURES.values() if measure.part_of is not None]
    assert len(parts) >= 8
    assert [each.key for each in parts if each.part_of is None or each.unit != each.part_of.unit] == []


def test_no_line_without_its_papers() -> None:
    assert set(_written("english.yaml")) == set(LINES)
    assert set(_written("README.md")) == set(LINES)


@pytest.mark.parametrize("code", _written("english.yaml"))
def test_every_label_has_one_english_name(code: str) -> None:
    line, terms = LINES[code], catalogue.read().terms
    assert line.measures is not None
    labels = [line.label, *(measure.label for measure in line.measures.measures)]
    assert sorted(label for label in labels if not terms.get(label)) == []
    english = [str(terms[label]) for label in labels]
    assert len(set(english)) == len(english)


@pytest.mark.parametrize("code", _written("README.md"))
def test_every_line_says_what_it_rests_on(code: str) -> None:
    text = (_folder(LINES[code]) / "README.md").read_text("utf-8")
    assert text.startswith("# ")
    assert [statute for statute in LINES[code].statutes if statute not in text] == []
