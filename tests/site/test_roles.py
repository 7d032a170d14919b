"""The suite itself runs as the app role, which is what row-level security is worth anything against."""

import pytest
from django.db import ProgrammingError, connection, connections


@pytest.mark.django_db
def test_tests_run_as_a_role_that_owns_nothing_and_bypasses_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_the_app_role_cannot_change_the_schema() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE smuggled (id int)")


@pytest.mark.django_db(databases=["default", "owner"])
def test_every_table_belongs_to_the_owner_role() -> None:
    owner = connections["owner"].settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [(owner,)]


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_writes_is_there_for_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_content_type (app_label, model) VALUES ('left', 'behind')")
        cursor.execute("SELECT count(*) FROM django_content_type WHERE app_label = 'left'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_what_a_committing_test_wrote_is_gone_for_the_next_and_seeds_are_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FILTER (WHERE app_label = 'left'), count(*) > 0 FROM django_content_type")
        assert cursor.fetchone() == (0, True)
