"""Lawful destruction: what is gone is gone, the chain is whole, and an entry says why."""

import pytest
from django.db import ProgrammingError

from fazhi.kernel.casework.matters.models import Tally
from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.notes import erase, noted
from fazhi.kernel.ground.audit.verify import Kind, verify
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import CLERK, NOON, Scene, asked, entries_of, images_of, kinds, owner, tampering

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

REASON = "保管期限届满，经批准销毁"


@pytest.fixture
def renamed(scene: Scene) -> Scene:
    """The first unit was once called 旧名局, which is sealed, and has been renamed since."""
    with session(jurisdictions=[scene.here]):
        Unit.objects.filter(id=scene.units[0]).update(name="旧名局")
    chain.seal()
    with session(jurisdictions=[scene.here]):
        Unit.objects.filter(id=scene.units[0]).update(name="新名局")
    return scene


def test_a_row_destroyed_leaves_entries_without_content_and_a_sound_chain(renamed: Scene) -> None:
    row = renamed.units[0]
    before = entries_of(row)
    with session(jurisdictions=[renamed.here], actor=CLERK, act="destroy", at=NOON):
        assert erase(Unit, row, reason=REASON, keep=False, facts={"approval": "销毁〔2026〕1号"}) == len(before) + 1
    assert [op for _, op in entries_of(row)] == [*(op for _, op in before), "D", "E"]
    assert images_of(row) == [{"approval": "销毁〔2026〕1号", "reason": REASON, "kept": 0}]
    assert not Unit.objects.filter(id=row).exists()
    assert asked("SELECT actor, act, at FROM audit_entry WHERE row_id = %s AND op = 'E'", [row]) == [
        (CLERK, "destroy", NOON)
    ]
    assert verify().sound
    chain.seal()
    assert verify().sound


def test_a_tombstone_keeps_its_last_image_only(renamed: Scene) -> None:
    row = renamed.units[0]
    with session(jurisdictions=[renamed.here], actor=CLERK, act="destroy"):
        Unit.objects.filter(id=row).update(name="已销毁")
        assert erase(Unit, row, reason=REASON, keep=True) == 3
    images = images_of(row)
    assert [image.get("name") for image in images] == ["已销毁", None]
    assert "旧名局" not in asked("SELECT string_agg(image::text, '') FROM audit_payload")[0][0]
    assert verify().sound
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '旧名局' WHERE id = %s", [row])
    assert kinds(verify()) == {Kind.ROW_CHANGED}


def test_content_taken_out_after_an_erasure_is_not_excused_by_it(renamed: Scene) -> None:
    row = renamed.units[0]
    with session(jurisdictions=[renamed.here]):
        erase(Unit, row, reason=REASON, keep=True)
        Unit.objects.filter(id=row).update(name="再改名局")
    last = entries_of(row)[-1][0]
    kept = entries_of(row)[2][0]
    for entry in (last, kept):
        with owner() as cursor:
            cursor.execute("DELETE FROM audit_payload WHERE id = %s", [entry])
    assert {each.entry for each in verify().findings if each.kind is Kind.CONTENT_REMOVED} == {last, kept}


def test_a_destroyed_row_put_back_is_found(renamed: Scene) -> None:
    row = renamed.units[0]
    kept = asked("SELECT to_jsonb(u)::text FROM orgs_unit u WHERE id = %s", [row])[0][0]
    with session(jurisdictions=[renamed.here]):
        erase(Unit, row, reason=REASON, keep=False)
    with tampering("orgs_unit") as cursor:
        cursor.execute("INSERT INTO orgs_unit SELECT * FROM jsonb_populate_record(null::orgs_unit, %s::jsonb)", [kept])
    assert kinds(verify()) == {Kind.ROW_RETURNED}


def test_the_reason_of_an_erasure_cannot_be_removed_unnoticed(renamed: Scene) -> None:
    row = renamed.units[0]
    with session(jurisdictions=[renamed.here]):
        erase(Unit, row, reason=REASON, keep=False)
    [(reason, _)] = [entry for entry in entries_of(row) if entry[1] == "E"]
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_payload WHERE id = %s", [reason])
    [finding] = verify().findings
    assert (finding.kind, finding.entry) == (Kind.CONTENT_REMOVED, reason)


def test_only_audited_rows_of_the_session_can_be_destroyed(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM audit_payload"), asked("SELECT count(*) FROM orgs_unit")
    for model, row, message in (
        (Unit, scene.foreign, "not of this session"),
        (Tally, 1, "not audited"),
        (Unit, 3, "not of"),
    ):
        with pytest.raises(ProgrammingError, match=message), session(jurisdictions=[scene.here]):
            erase(model, row, reason=REASON, keep=False)
    with pytest.raises(Refused), session(jurisdictions=[scene.here]):
        erase(Unit, scene.units[0], reason=" ", keep=False)
    assert (asked("SELECT count(*) FROM audit_payload"), asked("SELECT count(*) FROM orgs_unit")) == before


def test_a_note_is_kept_with_who_and_when_and_changes_nothing(scene: Scene) -> None:
    with session(jurisdictions=[scene.here], actor=CLERK, act="reveal", at=NOON):
        entry = noted(Unit, scene.units[0], {"field": "phone"}, jurisdiction_id=scene.here)
    assert asked("SELECT op, actor, act, at, row_id, table_name FROM audit_entry WHERE id = %s", [entry]) == [
        ("N", CLERK, "reveal", NOON, scene.units[0], "orgs_unit")
    ]
    assert images_of(scene.units[0])[-1] == {"field": "phone"}
    assert verify().sound


def test_a_note_on_another_district_is_refused(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM audit_entry")
    with pytest.raises(ProgrammingError, match="not of this session"), session(jurisdictions=[scene.here]):
        noted(Unit, scene.foreign, {}, jurisdiction_id=scene.there)
    assert asked("SELECT count(*) FROM audit_entry") == before
