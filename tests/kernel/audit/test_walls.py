"""The second wall is around every table of bureau data, and stays there when it is put up again."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.models import Entry, Payload
from fazhi.kernel.ground.audit.protect import loose_constraints, protect, unprotected_tables
from fazhi.kernel.ground.audit.tables import guarded, guarded_audited
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import Scene, asked, owner, run, unit

ROLES = "SELECT has_table_privilege(%s, 'public.' || %s, right_name) FROM unnest(%s::text[]) AS right_name"


@pytest.mark.django_db
def test_every_table_is_declared_and_every_one_with_a_jurisdiction_is_walled() -> None:
    assert unprotected_tables() == []


@pytest.mark.django_db
def test_every_unique_constraint_of_bureau_data_begins_with_the_jurisdiction() -> None:
    assert loose_constraints() == []


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_table_without_its_wall_and_a_loose_constraint_are_noticed() -> None:
    with owner() as cursor:
        cursor.execute("CREATE TABLE stray (id bigint PRIMARY KEY, jurisdiction_id bigint, number text UNIQUE)")
        cursor.execute("CREATE TABLE strange (id bigint PRIMARY KEY)")
    assert unprotected_tables() == ["strange", "stray"]
    assert loose_constraints() == ["stray.stray_number_key"]


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_protecting_again_changes_nothing() -> None:
    before = _walls(), asked("SELECT count(*) FROM audit_entry"), asked("SELECT count(*) FROM audit_era")
    protect()
    assert (_walls(), asked("SELECT count(*) FROM audit_entry"), asked("SELECT count(*) FROM audit_era")) == before


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_protecting_again_puts_back_what_was_taken_down() -> None:
    before = _walls()
    with owner() as cursor:
        cursor.execute("DROP TRIGGER audit_update ON orgs_unit")
        cursor.execute("ALTER TABLE access_grant DISABLE TRIGGER audit_insert")
        cursor.execute("DROP POLICY jurisdiction ON orgs_unit")
        cursor.execute("ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY")
        cursor.execute(f"GRANT DELETE, TRUNCATE ON orgs_unit TO {connection.settings_dict['USER']}")
    assert _walls() != before
    protect()
    assert _walls() == before
    assert asked(
        "SELECT has_table_privilege(%s, 'orgs_unit', 'DELETE, TRUNCATE')", [connection.settings_dict["USER"]]
    ) == [(False,)]


@pytest.mark.django_db
def test_every_table_with_a_jurisdiction_has_a_policy_and_every_audited_one_its_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND cmd = 'ALL'")
        walled = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'audit%%' GROUP BY 1"
        )
        recorded = {name for name, count in cursor.fetchall() if count == 3}
    held = {table.table for table in guarded() if table.held}
    assert "orgs_unit" in held
    assert held <= walled
    assert {table.table for table in guarded_audited()} == recorded


@pytest.mark.django_db
def test_the_program_has_no_more_rights_on_a_table_than_the_table_declares() -> None:
    rights = ["INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER", "REFERENCES"]
    with connection.cursor() as cursor:
        for table in guarded():
            cursor.execute(ROLES, [connection.settings_dict["USER"], table.table, rights])
            had = [name for name, (has,) in zip(rights, cursor.fetchall(), strict=True) if has]
            allowed = ["INSERT", "UPDATE"] * table.writable + ["DELETE"] * table.deletable
            assert had == allowed, table.table


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_without_a_jurisdiction_there_are_no_rows(scene: Scene) -> None:
    assert list(Unit.objects.all()) == []
    assert list(Entry.objects.all()) == []
    assert list(Payload.objects.all()) == []
    with session(jurisdictions=[scene.here]):
        assert Unit.objects.count() == 3
    assert list(Unit.objects.all()) == []


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_another_district_is_neither_seen_nor_written(scene: Scene) -> None:
    before = asked("SELECT to_jsonb(u)::text FROM orgs_unit u ORDER BY id")
    with session(jurisdictions=[scene.here]):
        assert set(Unit.objects.values_list("id", flat=True)) == set(scene.units)
        assert Unit.objects.filter(id=scene.foreign).update(name="改") == 0
        for write in (
            lambda: unit(scene.there, 7).save(force_insert=True),
            lambda: Unit.objects.filter(id=scene.units[0]).update(jurisdiction=scene.there),
        ):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                write()
    assert asked("SELECT to_jsonb(u)::text FROM orgs_unit u ORDER BY id") == before


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_session_over_two_districts_sees_both_and_its_audit_too(scene: Scene) -> None:
    with session(jurisdictions=[scene.here, scene.there]):
        assert Unit.objects.count() == 4
    with session(jurisdictions=[scene.there]):
        assert set(Entry.objects.values_list("jurisdiction_id", flat=True)) == {scene.there}
        assert set(Payload.objects.values_list("jurisdiction_id", flat=True)) == {scene.there}


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_payload (id, image) VALUES (1, '{}')",
        "UPDATE audit_entry SET actor = 1",
        "DELETE FROM audit_payload",
        "DELETE FROM audit_entry",
        "UPDATE audit_block SET entries = 1",
        "DELETE FROM audit_block",
        "DELETE FROM audit_era",
        "TRUNCATE audit_entry",
        "SELECT nextval('audit_entry_id_seq')",
        "SELECT setval('audit_entry_id_seq', 1)",
        "SELECT audit_write(1, 'orgs_unit', 1, 'U', '{}')",
        "SELECT audit_close(1)",
        "SELECT audit_begin_era('x')",
        "ALTER TABLE orgs_unit DISABLE TRIGGER ALL",
        "ALTER TABLE orgs_unit DISABLE ROW LEVEL SECURITY",
        "DROP POLICY jurisdiction ON orgs_unit",
        "CREATE OR REPLACE FUNCTION audit_leaf(entry audit_entry) RETURNS bytea LANGUAGE sql RETURN ''::bytea",
        "SET session_replication_role = replica",
        "DELETE FROM orgs_unit",
        "TRUNCATE orgs_unit",
        "CREATE TABLE smuggled (id int)",
        "ALTER TABLE orgs_unit ADD COLUMN smuggled int",
    ],
)
def test_the_program_cannot_touch_the_audit_or_the_walls(scene: Scene, statement: str) -> None:
    chain.seal()
    before = _state()
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), session(jurisdictions=[scene.here]):
        run(statement)
    assert _state() == before


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_recording_function_cannot_be_hung_on_a_table_of_the_programs_own(scene: Scene) -> None:
    before = _state()
    with transaction.atomic():
        run("CREATE TEMPORARY TABLE orgs_unit (id bigint, jurisdiction_id bigint)")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(
                "CREATE TRIGGER forge AFTER INSERT ON pg_temp.orgs_unit REFERENCING NEW TABLE AS fresh"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_record()"
            )
        transaction.set_rollback(True)
    assert _state() == before


@pytest.mark.django_db(transaction=True)
def test_rows_can_be_staged_in_a_temporary_table() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE staged (line text) ON COMMIT DROP")
        with cursor.copy("COPY staged FROM STDIN") as copy:
            copy.write("甲\n乙\n")
        cursor.execute("SELECT count(*) FROM staged")
        assert cursor.fetchone() == (2,)


def _walls() -> list[tuple[object, ...]]:
    return [
        *asked("SELECT tgrelid::regclass::text, tgname::text, tgenabled, tgargs FROM pg_trigger WHERE NOT tgisinternal"
               " ORDER BY 1, 2"),
        *asked("SELECT tablename::text, policyname::text, qual FROM pg_policies ORDER BY 1, 2"),
        *asked("SELECT relname::text, relrowsecurity FROM pg_class WHERE relkind = 'r' ORDER BY 1, 2"),
    ]  # fmt: skip


def _state() -> list[object]:
    """What the statements of the tests would change."""
    tables = ("audit_entry", "audit_payload", "audit_block", "audit_era", "orgs_unit")
    return [_walls(), *(asked(f"SELECT count(*), md5(string_agg(t::text, '')) FROM {table} t") for table in tables)]
