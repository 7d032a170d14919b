"""The second wall is around every table of bureau data, and stays there when it is put up again."""

import pytest

from fazhi.kernel.ground.audit.protect import loose_constraints, protect, unprotected_tables


@pytest.mark.django_db
def test_every_table_is_declared_and_every_one_with_a_jurisdiction_is_walled() -> None:
    assert unprotected_tables() == []


@pytest.mark.django_db
def test_every_unique_constraint_of_bureau_data_begins_with_the_jurisdiction() -> None:
    assert loose_constraints() == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_protecting_again_changes_nothing() -> None:
    protect()
