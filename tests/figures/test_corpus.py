"""The reader of figures, judged on the reports in ``corpus/``; their README says how they were annotated."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml

from fazhi import figures

CORPUS = Path(__file__).parent / "corpus"
REPORTS = sorted(path.stem for path in CORPUS.glob("*.yaml"))
COUNTED = ("measure", "target")
FLOOR_AVERAGE = 0.97
FLOOR_REPORT = 0.9


class Reading(Protocol):
    """What this test needs of an object the reader returns."""

    @property
    def surface(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def value(self) -> Any: ...
    @property
    def unit(self) -> str: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Entry:
    """One annotated statement; ``accepted`` maps a field to every reading of it that is right."""

    surface: str
    start: int
    kind: str
    optional: bool
    accepted: dict[str, list[Any]]

    @property
    def required(self) -> bool:
        return self.kind in COUNTED and not self.optional

    def overlaps(self, reading: Reading) -> bool:
        return reading.start < self.start + len(self.surface) and self.start < reading.start + len(reading.surface)

    def agrees(self, reading: Reading) -> bool:
        """Whether place, value, unit, qualifier and kind are all among the accepted ones."""
        return (
            self.kind in COUNTED
            and self.overlaps(reading)
            and reading.value is not None
            and any(math.isclose(float(reading.value), value, rel_tol=1e-6) for value in self.accepted["value"])
            and unicodedata.normalize("NFKC", reading.unit) in self.accepted["unit"]
            and str(reading.qualifier) in self.accepted["qualifier"]
            and str(reading.kind) in self.accepted["kind"]
        )


@dataclass(frozen=True)
class Score:
    """How one report was read: what was missed, what was found falsely, and the two rates."""

    found: int
    missed: list[Entry]
    false: list[Reading]

    @property
    def precision(self) -> float:
        claimed = self.found + len(self.false)
        return self.found / claimed if claimed else 0.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed))


def load(name: str) -> tuple[str, list[Entry]]:
    """The text of a report, offsets untouched, and its annotations."""
    text = (CORPUS / f"{name}.txt").read_bytes().decode("utf-8")
    entries = []
    for row in yaml.safe_load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8")):
        accepted = {field: [row[field]] for field in ("value", "unit", "qualifier", "kind") if field in row}
        for reading in row.get("accept", []):
            for field, value in reading.items():
                accepted[field].append(value)
        entries.append(Entry(row["surface"], row["start"], row["kind"], row.get("optional", False), accepted))
    return text, entries


def judge(entries: Sequence[Entry], readings: Sequence[Reading]) -> Score:
    """Pair annotations with readings, each at most once.

    A second reading that agrees with an annotation already found (one number, two rates) and any reading that touches
    an optional annotation count for nothing.
    """
    left = [reading for reading in readings if str(reading.kind) in COUNTED]
    required = [entry for entry in entries if entry.required]
    missed = []
    for entry in required:
        agreeing = next((reading for reading in left if entry.agrees(reading)), None)
        if agreeing is None:
            missed.append(entry)
        else:
            left.remove(agreeing)
    forgiven = [entry for entry in required if entry not in missed]
    optional = [entry for entry in entries if entry.optional]
    false = [
        reading
        for reading in left
        if not any(entry.agrees(reading) for entry in forgiven)
        and not any(entry.overlaps(reading) for entry in optional)
    ]
    return Score(len(required) - len(missed), missed, false)


@cache
def score(name: str) -> Score:
    """The score of the reader on one report."""
    text, entries = load(name)
    return judge(entries, figures.find(text))


def table(names: Sequence[str]) -> str:
    """Misses and false hits of the reports named; of the ``_test`` ones only how many, so that they stay unseen."""
    lines = []
    for name in names:
        result = score(name)
        lines.append(f"{name:20} precision {result.precision:.3f}  recall {result.recall:.3f}")
        if name.endswith("_test"):
            lines.append(f"  {len(result.missed)} missed, {len(result.false)} false")
            continue
        for entry in result.missed:
            wanted = " ".join(f"{field}={values[0]}" for field, values in entry.accepted.items())
            lines.append(f"  missed {entry.start:5} {entry.surface!r} {wanted}")
        for reading in result.false:
            got = f"value={reading.value} unit={reading.unit} qualifier={reading.qualifier} kind={reading.kind}"
            lines.append(f"  false  {reading.start:5} {reading.surface!r} {got}")
    return "\n".join(lines)


def test_corpus_is_complete() -> None:
    assert sum(name.endswith("_dev") for name in REPORTS) == 6
    assert sum(name.endswith("_test") for name in REPORTS) == 6
    assert {path.stem for path in CORPUS.glob("*.txt")} == set(REPORTS)


@pytest.mark.parametrize("name", REPORTS)
def test_annotations_stand_where_they_say(name: str) -> None:
    text, entries = load(name)
    end = 0
    for entry in entries:
        assert entry.start >= end, entry
        end = entry.start + len(entry.surface)
        assert text[entry.start : end] == entry.surface, entry
        assert entry.kind in {"measure", "target", "name", "date"}, entry
        assert (entry.kind in COUNTED) == ("value" in entry.accepted), entry


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_read(name: str) -> None:
    result = score(name)
    assert min(result.precision, result.recall) >= FLOOR_REPORT, "\n" + table([name])


def test_reports_are_read_on_average() -> None:
    results = [score(name) for name in REPORTS]
    precision = sum(result.precision for result in results) / len(results)
    recall = sum(result.recall for result in results) / len(results)
    assert min(precision, recall) >= FLOOR_AVERAGE, f"\nprecision {precision:.3f} recall {recall:.3f}\n{table(REPORTS)}"


def test_a_reader_that_knows_nothing_fails() -> None:
    _, entries = load(REPORTS[0])
    blind = judge(entries, [])
    assert (blind.precision, blind.recall) == (0.0, 0.0)
