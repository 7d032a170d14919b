"""Loading: what is asked for is what is counted, nothing is loaded twice, the verb writes its list."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import transaction

from fazhi.demo import logins, resetting
from fazhi.demo.loading import load
from fazhi.demo.quotas import FILE, Quotas
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import enter
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.declaring import measure_of
from fazhi.kernel.records.measures.figures import Scope
from fazhi.kernel.records.measures.periods import Period
from tests.demonstration import PASSWORD, TODAY, Demonstration

_TOLD = ("enforcement.legal_consultations", "enforcement.penalty_decisions_published", "bureau.awards")


def _part(by: int) -> dict[str, Any]:
    """A copy of the quotas: a small year before, and of 2022 everything divided ``by`` so much."""
    raw: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    for kind in ("people", "commercial"):
        flow = raw["mediation"][kind]["flow"]
        half = {name: number // by for name, number in flow[2022].items()}
        before = {"accepted": 30, "succeeded": 24, "failed": 2, "withdrawn": 1, "amount": 90_000}
        left = 3 + half["accepted"] - half["succeeded"] - half["failed"] - half["withdrawn"]
        after = {"succeeded": left, "amount": left * 20_000}
        raw["mediation"][kind]["flow"] = {2021: before, 2022: half, 2023: after}
    heard = {name: number // by for name, number in raw["reconsideration"]["years"][2022].items()}
    left = 2 + heard["accepted"] - heard["concluded"]
    raw["reconsideration"]["years"] = {
        2021: {"received": 2, "accepted": 2},
        2022: heard,
        2023: {"concluded": left},
    }
    raw["mediation"]["referrals"]["sent"] = {2022: 12}
    raw["mediation"]["referrals"]["returned"] = {2022: 2}
    raw["reported"] = {key: {**raw["reported"][key], 2022: raw["reported"][key][2022] // by} for key in _TOLD}
    return raw


def test_half_a_quota_gives_half_the_figure(db: None) -> None:
    full, half = Quotas.read(), Quotas.of(_part(2))
    district = load(half, PASSWORD, today=None)
    enter(jurisdictions=[district.jurisdiction_id], actor=None, act="", at=None)
    expected = half.expected(2022)
    figures = totals([measure_of(key) for key in expected], Period.year(2022), Scope(district.jurisdiction_id))
    assert {key: figure.value for key, figure in figures.items()} == {
        key: Decimal(value) for key, value in expected.items()
    }
    for key in (
        *_TOLD,
        "mediation.cases",
        "mediation.succeeded",
        "mediation.agreement_amount",
        "mediation.commercial_settled",
        "reconsideration.received",
        "reconsideration.concluded",
    ):
        assert figures[key].value == full.expected(2022)[key] // 2, key


def test_loading_again_is_refused_and_changes_nothing(demonstration: Demonstration) -> None:
    before = (Matter.objects.count(), Step.objects.count(), Account.objects.count())
    with pytest.raises(Refused, match="已经设立"), transaction.atomic():
        load(demonstration.quotas, PASSWORD, today=TODAY)
    with pytest.raises(CommandError, match="--reset"), transaction.atomic():
        call_command("demo", stdout=StringIO())
    demonstration.enter()
    assert (Matter.objects.count(), Step.objects.count(), Account.objects.count()) == before


def test_the_desk_comes_after_the_years(db: None) -> None:
    with pytest.raises(Refused, match="须在2023年之后"):
        load(Quotas.read(), PASSWORD, today=TODAY.replace(year=2022))
    assert not Jurisdiction.objects.exists()


def test_what_fails_half_way_leaves_nothing(db: None) -> None:
    def stumble(what: str) -> None:
        if "调解员" in what:
            raise InterruptedError

    with pytest.raises(InterruptedError), transaction.atomic():
        load(Quotas.of(_part(40)), PASSWORD, today=None, say=stumble)
    assert not Jurisdiction.objects.exists()
    assert not Account.objects.exists()


def test_the_verb_loads_a_file_of_quotas_and_lists_the_logins(db: None, tmp_path: Path, settings: Any) -> None:
    settings.FAZHI_HOME = tmp_path
    file = tmp_path / "quotas.yaml"
    file.write_text(yaml.safe_dump(_part(40), allow_unicode=True), "utf-8")
    said = StringIO()
    call_command("demo", quotas=file, years_only=True, stdout=said)
    listed = (tmp_path / logins.FILE).read_text("utf-8")
    assert str(tmp_path / logins.FILE) in said.getvalue()
    assert (tmp_path / logins.FILE).stat().st_mode & 0o777 == 0o600
    password = listed.partition("口令都是：")[2].partition("\n")[0]
    accounts = {account.login: account for account in Account.objects.all()}
    assert set(accounts) == {line.split()[0] for line in listed.split("\n\n", 1)[1].splitlines()}
    assert accounts["juzhang"].check_password(password)
    assert not accounts["juzhang"].password_temporary


def test_wrong_quotas_and_a_wrong_day_are_told(db: None, tmp_path: Path) -> None:
    file = tmp_path / "quotas.yaml"
    raw = _part(40)
    raw["mediation"]["people"]["flow"][2022]["failed"] += 5000
    file.write_text(yaml.safe_dump(raw, allow_unicode=True), "utf-8")
    with pytest.raises(CommandError, match=r"quotas\.yaml: mediation\.people\.2022: 结转"):
        call_command("demo", quotas=file)
    with pytest.raises(CommandError, match="2026-11-24的形式"):
        call_command("demo", "--today", "24.11.2026")
    assert not Jurisdiction.objects.exists()


def test_a_bureau_s_own_records_are_never_given_up(db: None) -> None:
    own = Jurisdiction.objects.create(code="own", name="某区", short_name="某")
    assert "某区" in resetting.refusal()
    with pytest.raises(CommandError, match="不能用示范数据替换"):
        call_command("demo", reset=True)
    assert Jurisdiction.objects.get().id == own.id
