"""`fazhi figures`: the same numbers as on screen, in three formats."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.measures.publishing import COLUMNS
from tests.kernel.measures.samples import ledger
from tests.world import World, build, world

__all__ = ["world"]


def said(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("figures", *arguments, stdout=out, **options)
    return out.getvalue()


def test_json_and_csv_say_the_same(world: World) -> None:
    ledger(world)
    rows = json.loads(said("2022", format="json"))
    assert [each["measure_key"] for each in rows] == list(MEASURES)
    by_key = {each["measure_key"]: each for each in rows}
    cases = by_key["mediation.cases"]
    assert tuple(cases) == COLUMNS
    assert (cases["value"], cases["unit"], cases["period"], cases["state"], cases["how"]) == (
        5, "件", "2022", "value", "counted",
    )  # fmt: skip
    assert cases["opens"] == "/mediation/cases/?figure=mediation.cases&period=2022"
    assert by_key["mediation.agreement_amount"]["value"] == 3500
    assert by_key["mediation.success_rate"]["value"] == 75
    reported = by_key["governance.committee_meetings"]
    assert (reported["value"], reported["state"], reported["how"]) == (None, "missing", "reported")
    in_csv = {each["measure_key"]: each for each in csv.DictReader(io.StringIO(said("2022", format="csv")))}
    assert {key: str(each["value"] if each["value"] is not None else "") for key, each in by_key.items()} == {
        key: each["value"] for key, each in in_csv.items()
    }


def test_months_units_and_the_table(world: World) -> None:
    ledger(world)
    rows = json.loads(said("2022", format="json", months=True, unit="西岭"))
    months = [each["value"] for each in rows if each["measure_key"] == "mediation.cases"]
    assert months == [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]
    table = said("2022").splitlines()
    assert table[0].split() == list(COLUMNS[:7])
    assert any(line.split()[:5] == ["mediation.cases", "人民调解案件数", "件", "2022", "5"] for line in table)


def test_what_cannot_be_asked(world: World) -> None:
    with pytest.raises(CommandError, match="不是期间"):
        said("去年")
    with pytest.raises(CommandError, match="没有单位“月亮”"):
        said("2022", unit="月亮")
    with pytest.raises(CommandError, match="没有辖区“zz”；有：qj（青江新区）"):
        said("2022", area="zz")
    build("other", prefix="o")
    with pytest.raises(CommandError, match="请用 --area 指明辖区"):
        said("2022")
