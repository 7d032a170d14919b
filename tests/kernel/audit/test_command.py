"""The verb `fazhi audit`: what it prints and how it ends."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fazhi.kernel.ground.audit import anchors, chain
from tests.kernel.audit.scene import Scene, asked, entries_of, tampering

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def _told(*arguments: str) -> str:
    out = StringIO()
    call_command("audit", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_sound_system_passes(scene: Scene) -> None:
    chain.seal()
    told = _told("verify")
    assert "核验通过" in told
    assert "1 个区块" in told


def test_findings_are_told_with_their_place_and_end_in_failure(scene: Scene) -> None:
    chain.seal()
    row = scene.units[0]
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [row])
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("audit", "verify", stdout=out)
    assert failure.value.returncode == 1
    entry = entries_of(row)[0][0]
    assert (
        f"1. 记录绕过审计修改：表 orgs_unit（单位），记录 {row}，列 name（名称），审计记录 {entry}，第 1 区块"
        in out.getvalue().splitlines()
    )


def test_the_last_anchor_is_printed_as_it_stands_in_the_file_and_verifies_when_filed(
    scene: Scene, tmp_path: Path
) -> None:
    chain.seal()
    printed = _told("anchor").strip()
    [*_, (_, last)] = anchors.lines(asked("SELECT current_database()")[0][0])
    assert printed == last.decode().strip()
    filed = tmp_path / "filed"
    filed.write_text(f"{printed}\n", encoding="utf-8")
    assert "核验通过" in _told("verify", "--filed", str(filed))
    filed.write_text(printed.replace('"n":1', '"n":2'), encoding="utf-8")
    with pytest.raises(CommandError):
        _told("verify", "--filed", str(filed))


def test_without_an_anchor_there_is_nothing_to_file(scene: Scene) -> None:
    anchors.path(asked("SELECT current_database()")[0][0]).unlink()
    with pytest.raises(CommandError, match="还没有锚点"):
        _told("anchor")


def test_an_era_wants_a_reason(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM audit_era")
    for arguments in (["era"], ["era", "--reason", " "]):
        with pytest.raises(CommandError):
            _told(*arguments)
    assert asked("SELECT count(*) FROM audit_era") == before
    assert "纪元 2 已开始：恢复备份" in _told("era", "--reason", "恢复备份")
    assert asked("SELECT reason FROM audit_era WHERE era = 2") == [("恢复备份",)]


def test_a_missing_file_of_filed_anchors_is_said(scene: Scene) -> None:
    with pytest.raises(CommandError, match="读不到留存的锚点"):
        _told("verify", "--filed", "/nowhere/at/all")
