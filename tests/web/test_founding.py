"""The first run: with the code, all or nothing, and never twice."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fazhi.kernel.ground.access.models import Account, Grant
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.web import first_run
from tests.web.conftest import world

__all__ = ["world"]
UNITS = (
    "area,青山区人民政府,青山区,管理委员会\nlaw,法治科,,科室（中心）,bureau\nbureau,青山区司法局,区司法局,司法局,area\n"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> None:
    settings.FAZHI_HOME = tmp_path  # type: ignore[attr-defined]


def filled(**more: str) -> dict[str, str]:
    form = {
        "code": first_run.code(),
        "area-name": "青山区", "area-short": "青山", "area-code": "370999", "valid_from": "2015-01-01", "units": UNITS,
    }  # fmt: skip
    for role in ("audit_admin", "security_admin", "system_admin"):
        form |= {f"{role}-name": f"{role}甲", f"{role}-login": role, f"{role}-password": "海上生明月 2026"}
    return {**form, **more}


@pytest.mark.django_db
def test_a_bureau_is_set_up(client: Client) -> None:
    assert client.get("/")["Location"] == "/enter/"
    assert client.get("/enter/")["Location"] == "/first-run/"
    page = client.get("/first-run/").content.decode()
    assert first_run.code() not in page
    assert first_run.place().stat().st_mode & 0o777 == 0o600
    answer = client.post("/first-run/", filled())
    assert answer["Location"] == "/enter/", answer.content.decode()
    home = Jurisdiction.objects.get()
    assert (home.name, home.short_name) == ("青山区", "青山")
    with session(jurisdictions=[home.id]):
        units = {unit.code: unit for unit in Unit.objects.all()}
        assert units["law"].parent_id == units["bureau"].id
        assert set(units["law"].audience) == {units[code].id for code in ("law", "bureau", "area")}
        assert set(Grant.objects.values_list("role", flat=True)) == {"audit_admin", "security_admin", "system_admin"}
    assert not first_run.place().exists()
    assert client.get("/first-run/").status_code == 404
    assert client.post("/enter/", {"login": "system_admin", "password": "海上生明月 2026"})["Location"] == "/"
    assert client.get("/")["Location"] == "/settings/"


@pytest.mark.django_db
def test_units_come_from_a_spreadsheet(client: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        first_run.HEADINGS,
        ("1", "青山区司法局", "区司法局", "司法局", None),
        (2, "法治科", None, "section", 1),
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    sent = SimpleUploadedFile("units.xlsx", content.getvalue())
    answer = client.post("/first-run/", {**filled(), "file": sent})
    assert answer.status_code == 302, answer.content.decode()
    with session(jurisdictions=[Jurisdiction.objects.get().id]):
        assert set(Unit.objects.values_list("code", flat=True)) == {"1", "2"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"code": "AAAA-BBBB-CCCC"}, "设置码不正确"),
        ({"code": ""}, "设置码不正确"),
        ({"area-name": ""}, "请填写辖区名称"),
        ({"units": "1,法治科,,科室,9"}, "第1行：没有代码为“9”的上级单位"),
        ({"units": "1,法治科,,厨房"}, "第1行：类别“厨房”不在可选之列"),
        ({"units": "1,甲局,,司法局\n1,乙局,,司法局"}, "代码“1”重复"),
        ({"units": "1,甲局,,司法局,2\n2,乙科,,科室,1"}, "成环"),
        ({"units": ""}, "须恰好有一个类别为“司法局”的单位"),
        ({"system_admin-login": "audit_admin"}, "三名管理员须各用一个登录名"),
        ({"system_admin-password": "1234567890"}, "密码"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, more: dict[str, str], told: str) -> None:
    answer = client.post("/first-run/", filled(**more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "海上生明月" not in page, "passwords are not sent back"
    assert Jurisdiction.objects.count() == Account.objects.count() == 0
    assert first_run.place().exists()
