"""Images stay comparable while migrations change columns, and no migration passes over tampering."""

import pytest

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.protect import protect
from fazhi.kernel.ground.audit.verify import Kind, verify
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import Scene, asked, entries_of, kinds, owner, tampering

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def _migrate(*statements: str) -> None:
    with owner() as cursor:
        for statement in statements:
            cursor.execute(statement)
    protect()


def _recorded() -> int:
    return int(asked("SELECT count(*) FROM audit_entry WHERE table_name = 'orgs_unit' AND op <> 'S'")[0][0])


@pytest.mark.parametrize("column", ["nickname text", "rank integer NOT NULL DEFAULT 5", "noted jsonb DEFAULT '[1]'"])
def test_a_column_alike_in_all_rows_costs_no_entry_a_row(scene: Scene, column: str) -> None:
    chain.seal()
    before = _recorded()
    _migrate(f"ALTER TABLE orgs_unit ADD COLUMN {column}")
    assert _recorded() == before
    assert verify().sound
    with session(jurisdictions=[scene.here]):
        Unit.objects.filter(id=scene.units[0]).update(name="新名局")
    assert verify().sound
    name = column.split(maxsplit=1)[0]
    with tampering("orgs_unit") as cursor:
        cursor.execute(f"ALTER TABLE orgs_unit ALTER COLUMN {name} DROP NOT NULL")
        cursor.execute(
            f"UPDATE orgs_unit SET {name} = %s WHERE id = %s", [None if "DEFAULT" in column else "x", scene.units[1]]
        )
    [finding] = verify().findings
    assert (finding.kind, finding.row, finding.columns) == (Kind.ROW_CHANGED, scene.units[1], (name,))


def test_a_column_that_differs_from_row_to_row_gives_each_a_baseline(scene: Scene) -> None:
    _migrate("ALTER TABLE orgs_unit ADD COLUMN serial bigserial")
    assert [op for _, op in entries_of(scene.units[0])] == ["I", "B"]
    assert verify().sound


def test_a_column_dropped_and_one_of_another_type_leave_the_rest_comparable(scene: Scene) -> None:
    _migrate(
        "ALTER TABLE orgs_unit DROP COLUMN short_name",
        "ALTER TABLE orgs_unit ALTER COLUMN recorded_by TYPE text",
    )
    assert verify().sound
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [scene.units[0]])
    [finding] = verify().findings
    assert (finding.kind, finding.columns) == (Kind.ROW_CHANGED, ("name",))


def test_a_column_dropped_and_added_again_is_taken_from_the_rows(scene: Scene) -> None:
    _migrate("ALTER TABLE orgs_unit DROP COLUMN short_name")
    _migrate("ALTER TABLE orgs_unit ADD COLUMN short_name text DEFAULT '新'")
    assert verify().sound


def test_a_row_added_before_its_table_was_audited_has_a_baseline(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute(
            "DELETE FROM audit_payload WHERE id IN (SELECT id FROM audit_entry WHERE table_name = 'orgs_unit')"
        )
        cursor.execute("DELETE FROM audit_entry WHERE table_name = 'orgs_unit'")
    protect()
    assert [op for _, op in entries_of(scene.units[0])] == ["B"]
    assert verify().sound


@pytest.mark.parametrize("column", ["rank integer DEFAULT 5", "serial bigserial"])
def test_a_migration_does_not_pass_over_tampering(scene: Scene, column: str) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [scene.units[0]])
    _migrate(f"ALTER TABLE orgs_unit ADD COLUMN {column}")
    [finding] = verify().findings
    assert (finding.kind, finding.row, finding.columns) == (Kind.ROW_CHANGED, scene.units[0], ("name",))


def test_a_table_reshaped_past_the_migrations_is_named_and_still_compared(scene: Scene) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute("ALTER TABLE orgs_unit ADD COLUMN smuggled text")
        cursor.execute("ALTER TABLE orgs_unit DROP COLUMN sort_key")
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [scene.units[0]])
    report = verify()
    assert kinds(report) == {Kind.SHAPE, Kind.ROW_CHANGED}
    assert {each.columns for each in report.findings} == {(), ("name",)}


def test_a_table_that_is_gone_is_named(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute("DROP TABLE orgs_succession")
    assert kinds(verify()) == {Kind.TABLE_GONE}


def test_a_table_that_was_never_made_is_only_mentioned(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute(
            "DELETE FROM audit_payload WHERE id IN (SELECT id FROM audit_entry WHERE table_name = 'orgs_succession')"
        )
        cursor.execute("DELETE FROM audit_entry WHERE table_name = 'orgs_succession'")
        cursor.execute("DROP TABLE orgs_succession")
    report = verify()
    assert report.sound
    assert any("orgs_succession" in notice and "fazhi migrate" in notice for notice in report.notices)
