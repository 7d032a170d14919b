"""The verbs `fazhi import` and `fazhi export`, in the foreground, with faults to read by people and by programs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fazhi.kernel.records.exchange.models import Import, ImportState
from fazhi.lines.mediation.models import Mediation
from tests.kernel.exchange import ledger
from tests.kernel.exchange.ledger import column
from tests.kernel.exchange.steps import hashes
from tests.world import World


def said(*arguments: str) -> tuple[str, str]:
    """What a verb wrote, and why it ended with 1, if it did."""
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger of ten rows, the second at fault."""
    body = ledger.rows(10)
    body[1][column("纠纷类型")] = "龙虎争斗"
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledger.workbook(body))
    return path


def test_a_dry_run_lists_faults_by_row_column_and_reason(committees: World, file: Path) -> None:
    before = hashes()
    out, ended = said("import", "mediation.cases", str(file), "--history", "--dry-run", "--as", "east")
    committees.enter()
    first, last = out.splitlines()
    assert first.split("\t")[:2] == ["5", "纠纷类型"]
    assert "不在选项中" in first
    assert last == "已预检，未写入：数据10行，有误1行，更正0条，写入0条"
    assert ended == "有1行有误"
    assert hashes() == before


def test_all_rows_or_none_by_default(committees: World, file: Path) -> None:
    before = hashes()
    out, ended = said("import", "mediation.cases", str(file), "--history", "--as", "east")
    committees.enter()
    assert "写入0条" in out
    assert ended == "有1行有误"
    assert hashes() == before


def test_the_good_rows_and_faults_for_programs(committees: World, file: Path) -> None:
    out, ended = said(
        "import", "mediation.cases", str(file), "--history", "--good-rows-only", "--as", "east", "--format", "json"
    )
    committees.enter()
    facts = json.loads(out)
    assert (facts["state"], facts["rows"], facts["bad"], facts["written"]) == ("done", 10, 1, 9)
    assert [(fault["row"], fault["column"], fault["field"], fault["value"]) for fault in facts["faults"]] == [
        (5, "纠纷类型", "kind", "龙虎争斗")
    ]
    assert ended == "有1行有误"
    assert Mediation.objects.count() == 9


def test_on_the_systems_own_account_for_a_unit(committees: World, file: Path) -> None:
    file.write_bytes(ledger.workbook(ledger.rows(3)))
    out, ended = said("import", "mediation.cases", str(file), "--history", "--unit", "east", "--map", "备注=court")
    committees.enter()
    assert ended == ""
    assert "写入3条" in out
    assert Mediation.objects.filter(recorded_by=None).count() == 3
    assert Import.objects.get().mapping["20"] == "court"
    assert Import.objects.get().state == ImportState.DONE


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["mediation.nothing", "{file}"], "没有台账“mediation.nothing”；已有：.*mediation.cases"),
        (["mediation.cases", "{file}.gone"], "读不到文件"),
        (["mediation.cases", "{file}", "--as", "nobody"], "没有登录名为“nobody”的启用账号"),
        (["mediation.cases", "{file}", "--area", "zz"], "没有辖区“zz”"),
        (["mediation.cases", "{file}", "--unit", "zz"], "没有代码为“zz”的单位"),
        (["mediation.cases", "{file}", "--map", "天气=kind"], "没有“天气”这一列；有：序号、"),
        (["mediation.cases", "{file}", "--map", "备注=weather"], "没有“weather”这一栏；有："),
        (["mediation.cases", "{file}", "--as", "auditor"], "您没有登记“人民调解案件”的权限"),
    ],
)
def test_what_cannot_be_asked(committees: World, file: Path, arguments: list[str], reason: str) -> None:
    before = hashes(without=set())
    with pytest.raises(CommandError, match=reason):
        call_command("import", *(each.format(file=file) for each in arguments), stdout=io.StringIO())
    committees.enter()
    assert hashes(without=set()) == before


def test_there_and_back(committees: World, file: Path, tmp_path: Path) -> None:
    file.write_bytes(ledger.workbook(ledger.rows(5)))
    said("import", "mediation.cases", str(file), "--history", "--as", "east")
    target = tmp_path / "out.csv"
    out, ended = said(
        "export",
        "mediation.cases",
        str(target),
        "--filter",
        "kind=neighbour",
        "--columns",
        "number,persons",
        "--as",
        "head",
    )
    assert (out, ended) == (f"已导出1条：{target}\n", "")
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0] == "编号,涉及人数,系统编号"
    assert target.stat().st_mode & 0o777 == 0o600
    number, persons, key = lines[1].split(",")
    target.write_text(f"{lines[0]}\n{number},{int(persons) + 1},{key}\n", "utf-8")
    out, ended = said("import", "mediation.cases", str(target), "--as", "head", "--dry-run")
    assert f"2\t涉及人数\t{persons} → {int(persons) + 1}" in out
    out, ended = said("import", "mediation.cases", str(target), "--as", "head", "--reason", "核对卷宗")
    committees.enter()
    assert ended == ""
    assert Mediation.objects.get(number=number).persons == int(persons) + 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["{target}.txt"], "文件名应以 .xlsx 或 .csv 结尾"),
        (["{target}.csv", "--filter", "kind"], "写成 栏目=值"),
        (["{target}.csv", "--filter", "opened_on_from=前年"], "看不懂，没有导出"),
        (["{target}.csv", "--columns", "weather"], "没有“weather”这一栏"),
        (["{target}.csv", "--as", "auditor"], "导出“人民调解案件”由"),
        (["/nowhere/x.csv"], "写不到"),
    ],
)
def test_an_export_refused_leaves_no_file(committees: World, tmp_path: Path, arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        call_command(
            "export",
            "mediation.cases",
            *(each.format(target=tmp_path / "x") for each in arguments),
            stdout=io.StringIO(),
        )
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_progress_goes_to_a_terminal_only(committees: World, file: Path, monkeypatch: Any) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    file.write_bytes(ledger.workbook(ledger.rows(3)))
    monkeypatch.setattr(sys, "stderr", Terminal())
    told = io.StringIO()
    call_command("import", "mediation.cases", str(file), "--history", "--as", "east", stdout=io.StringIO(), stderr=told)
    assert "\r预检 3/3" in told.getvalue()
    assert "\r写入 3/3" in told.getvalue()
