"""The report the project was made for: all of its figures, none of its names, each bound to its measure."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fazhi import figures
from fazhi.figures import Catalogue, Kind, Measure, Recorded, Statement, Verdict

CHECKOUT = Path(__file__).resolve().parents[2]
SEED = next(iter(sorted(CHECKOUT.parent.glob("*/seed_figures.csv"))), CHECKOUT.parent / "seed_figures.csv")
REPORT = SEED.parent / "real" / "annual_report_2022.txt"
pytestmark = pytest.mark.skipif(not REPORT.exists() or not SEED.exists(), reason="报告原文或基准数据不在检出目录旁")


def rows(kind: str) -> list[dict[str, str]]:
    with SEED.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["kind"] == kind]


@pytest.fixture(scope="module")
def text() -> str:
    return REPORT.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(Measure(r["measure_key"], r["zh_label"], r["unit_zh"]) for r in rows("measure"))


def counted(statements: Sequence[Statement]) -> list[Statement]:
    return [s for s in statements if s.kind in (Kind.MEASURE, Kind.TARGET)]


def overlapping(statements: Sequence[Statement], row: dict[str, str]) -> list[Statement]:
    start = int(row["start"])
    end = start + len(row["surface"])
    return [s for s in statements if s.start < end and start < s.end]


def answers(statement: Statement, row: dict[str, Any]) -> bool:
    return (statement.value, statement.unit, statement.qualifier) == (
        Decimal(row["value"]),
        row["unit_zh"],
        row["qualifier"],
    )


def test_every_figure_is_read_and_bound(text: str, catalogue: Catalogue) -> None:
    read = counted(figures.bind(figures.find(text), catalogue))
    missed = [
        row["id"]
        for row in rows("measure")
        if not any(answers(s, row) and s.measure_key == row["measure_key"] for s in overlapping(read, row))
    ]
    assert missed == []
    assert len(read) == len(rows("measure")) == 74


def test_no_name_is_taken_for_a_figure(text: str) -> None:
    read = counted(figures.find(text))
    wanted = {(int(r["start"]), len(r["surface"])) for r in rows("measure")}
    figures_at = [s for s in read if any(a <= s.start < a + n for a, n in wanted)]
    assert len(figures_at) == len(read)
    names = rows("name")
    assert len(names) == 47
    for row in names:
        # A name may stand inside the words of a figure; the figure must then be one of those asked for.
        for statement in overlapping(read, row):
            assert any(a <= statement.start < a + n for a, n in wanted), row["id"]


def test_records_that_hold_prove_the_report(text: str, catalogue: Catalogue) -> None:
    values: dict[str, Any] = {row["measure_key"]: Decimal(row["value"]) for row in rows("measure")}
    values["mediation.agreement_amount"] = Decimal("83543120.50")
    values["reconsideration.concluded"] = Recorded(82, carried_in=3)
    values["reconsideration.settlement_rate"] = Recorded(Decimal(8) * 100 / 82, 0, 8, 82, "办结行政复议案件数")
    values["industry.service_group_satisfaction"] = Decimal("98.4")
    values["publicity.exam_pass_rate"] = Decimal("96.1")
    for key, over in (
        ("bureau.grassroots_surveys", 12),
        ("industry.warning_talks", 21),
        ("industry.volunteers_in_communities", 74),
    ):
        values[key] = over
    proof = figures.prove(text, catalogue, values)
    assert proof.counts[Verdict.CONTRADICTS] == 0
    assert proof.counts[Verdict.AGREES] + proof.counts[Verdict.EXPLAINED] == 74
    explained = {s.measure_key: s.reason for s in proof.of(Verdict.EXPLAINED)}
    assert "上年结转的3件" in explained["reconsideration.concluded"]
    assert "分母为办结行政复议案件数" in explained["reconsideration.settlement_rate"]
    assert "10.1%" in explained["reconsideration.settlement_rate"]


@pytest.mark.parametrize(
    "key", ["mediation.cases", "industry.licensing_items_handled", "reconsideration.settlement_rate"]
)
def test_a_record_that_differs_contradicts_one_figure(text: str, catalogue: Catalogue, key: str) -> None:
    values = {row["measure_key"]: Decimal(row["value"]) for row in rows("measure")}
    sound = figures.prove(text, catalogue, values)
    values[key] += 7
    changed = figures.prove(text, catalogue, values)
    differing = [
        b.measure_key for a, b in zip(sound.statements, changed.statements, strict=True) if a.verdict is not b.verdict
    ]
    assert differing == [key]
    assert next(s for s in changed.statements if s.measure_key == key).verdict is Verdict.CONTRADICTS


@pytest.mark.parametrize("seed", range(5))
def test_other_numbers_and_another_order_read_as_well(text: str, catalogue: Catalogue, seed: int) -> None:
    """The same prose with other numbers, its paragraphs in another order within their parts."""
    chance = random.Random(seed)
    changed, wanted = _with_other_numbers(text, chance)
    changed = _reordered(changed, chance)
    read = counted(figures.find(changed))
    assert Counter((s.value, s.unit) for s in read) == Counter(wanted)
    bound = figures.bind(figures.find(changed), catalogue)
    assert sum(1 for s in bound if s.measure_key) >= 70


def _with_other_numbers(text: str, chance: random.Random) -> tuple[str, list[tuple[Decimal | None, str]]]:
    """Whole numbers of two digits and more replaced by others; what is then to be read."""
    read = counted(figures.find(text))
    wanted: list[tuple[Decimal | None, str]] = []
    out, at = "", 0
    for statement in read:
        digits = re.search(r"\d{2,}(?![\d.%])", statement.surface)
        if digits is None or "." in statement.surface or statement.unit == "%":
            wanted.append((statement.value, statement.unit))
            continue
        new = chance.randint(10, 999)
        new += new % 10 == 0
        assert statement.value is not None
        scale = statement.value / Decimal(digits[0])
        wanted.append((Decimal(new) * scale, statement.unit))
        start = statement.start + digits.start()
        out += text[at:start] + str(new)
        at = start + len(digits[0])
    return out + text[at:], wanted


def _reordered(text: str, chance: random.Random) -> str:
    """Runs of plain paragraphs shuffled; headings and the first and last lines stay."""
    lines = text.split("\n")
    plain = [
        i for i, line in enumerate(lines) if 5 < i < len(lines) - 40 and not re.match(r"[一二三四五]、|[(（]", line)
    ]
    for run in _runs(plain):
        moved = [lines[i] for i in run]
        chance.shuffle(moved)
        for i, line in zip(run, moved, strict=True):
            lines[i] = line
    return "\n".join(lines)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs
