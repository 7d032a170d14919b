"""Verification is done by the database in sets: ten thousand rows take a moment."""

import time

import pytest

from fazhi.kernel.ground.audit import chain
from fazhi.kernel.ground.audit.verify import Kind, verify
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import Scene, add_units, tampering

ROWS = 10_000
# Measured at half a second; the rest is for a machine under load. Row by row it would take minutes.
_SECONDS = 20


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_ten_thousand_rows_changed_twice_are_verified_in_a_moment(scene: Scene) -> None:
    ids = add_units(scene.here, ROWS)
    chain.seal()
    with session(jurisdictions=[scene.here]):
        Unit.objects.update(short_name="改")
    begun = time.monotonic()
    report = verify()
    assert time.monotonic() - begun < _SECONDS
    assert report.sound
    assert report.scope.entries > 2 * ROWS
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [ids[ROWS // 2]])
    [finding] = verify().findings
    assert (finding.kind, finding.row) == (Kind.ROW_CHANGED, ids[ROWS // 2])
