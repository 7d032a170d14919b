"""Every change of an audited row leaves one entry, however it was made."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection, transaction

from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.audit.verify import verify
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import CLERK, NOON, Scene, add_units, asked, entries_of, images_of, owner, run

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

IDENTITY = "11010519491231002X"
PHONE = "13800138000"


def test_a_bulk_insert_leaves_one_entry_a_row_with_actor_act_and_instant(scene: Scene) -> None:
    ids = add_units(scene.here, 25, act="import", at=NOON + timedelta(hours=1))
    told = asked(
        "SELECT row_id, op, actor, act, at, jurisdiction_id, table_name FROM audit_entry WHERE row_id = ANY (%s)"
        " ORDER BY row_id",
        [ids],
    )
    assert told == [(each, "I", CLERK, "import", NOON + timedelta(hours=1), scene.here, "orgs_unit") for each in ids]


def test_updates_and_deletions_of_many_rows_leave_one_entry_each(scene: Scene) -> None:
    with session(jurisdictions=[scene.here], actor=CLERK, act="rename"):
        assert Unit.objects.update(short_name="改") == 3
    with owner() as cursor:
        cursor.execute("DELETE FROM orgs_unit WHERE id = ANY (%s)", [list(scene.units[:2])])
    assert [[op for _, op in entries_of(each)] for each in scene.units] == [
        ["I", "U", "D"],
        ["I", "U", "D"],
        ["I", "U"],
    ]
    assert [op for _, op in entries_of(scene.foreign)] == ["I"]
    assert images_of(scene.units[0])[1]["short_name"] == images_of(scene.units[0])[2]["short_name"] == "改"


def test_an_image_is_the_whole_row_and_its_digest_is_in_the_entry(scene: Scene) -> None:
    row = scene.units[0]
    [(image, digest, was)] = asked(
        "SELECT image::text, digest, to_jsonb(u)::text FROM audit_entry e JOIN audit_payload p USING (id)"
        " JOIN orgs_unit u ON u.id = row_id WHERE u.id = %s",
        [row],
    )
    assert image == was
    assert hashlib.sha256(image.encode()).digest() == bytes(digest)


def test_a_statement_that_changes_no_row_leaves_no_entry(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM audit_entry")
    with session(jurisdictions=[scene.here]):
        assert Unit.objects.filter(code="nowhere").update(name="改") == 0
    assert asked("SELECT count(*) FROM audit_entry") == before


def test_what_is_rolled_back_leaves_no_entry(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM audit_entry")
    with session(jurisdictions=[scene.here]):
        point = transaction.savepoint()
        Unit.objects.update(name="改")
        transaction.savepoint_rollback(point)
    assert asked("SELECT count(*) FROM audit_entry") == before
    assert verify().sound


def test_a_write_outside_of_any_act_is_recorded_without_an_actor(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改' WHERE id = %s", [scene.units[0]])
    assert asked("SELECT actor, act, at FROM audit_entry WHERE row_id = %s AND op = 'U'", [scene.units[0]]) == [
        (None, "", None)
    ]


def test_settings_of_a_session_end_with_its_transaction(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fazhi.jurisdictions', true), current_setting('fazhi.actor', true)")
        assert cursor.fetchone() == ("", "")


def test_images_do_not_depend_on_the_settings_of_the_session(scene: Scene) -> None:
    with session(jurisdictions=[scene.here]):
        run("SET LOCAL TIME ZONE 'America/New_York'")
        run("SET LOCAL bytea_output = 'escape'")
        run("SET LOCAL DateStyle = 'SQL, DMY'")
        Unit.objects.filter(id=scene.units[0]).update(recorded_at=NOON + timedelta(days=100))
    assert images_of(scene.units[0])[-1]["recorded_at"].endswith("+00:00")
    assert verify().sound


def test_a_password_never_enters_the_audit(scene: Scene) -> None:
    account = Account(login="clerk", name="测试员", home_id=scene.here)
    account.set_password("a long secret")
    account.save()
    [image] = images_of(account.id)
    assert image["login"] == "clerk"
    assert not {"password", "last_login", "failed_logins"} & image.keys()
    Account.objects.filter(id=account.id).update(password="another", failed_logins=4)
    assert verify().sound
    with owner() as cursor:
        cursor.execute("ALTER TABLE access_account DISABLE TRIGGER USER")
        cursor.execute("UPDATE access_account SET is_active = false")
        cursor.execute("ALTER TABLE access_account ENABLE TRIGGER USER")
    [finding] = verify().findings
    assert (finding.table, finding.row, finding.columns) == ("access_account", account.id, ("is_active",))


def test_secrets_enter_the_audit_as_ciphertext_only(scene: Scene) -> None:
    with session(jurisdictions=[scene.here], actor=CLERK, act="party"):
        party = Party(jurisdiction_id=scene.here, matter_id=1, role="applicant", name="测试人")
        party.identity, party.phone = IDENTITY, PHONE
        party.save()
        assert Party.objects.get(id=party.id).identity.reveal() == IDENTITY
    whole = asked("SELECT string_agg(image::text, ' ') FROM audit_payload")[0][0]
    for secret in (IDENTITY, PHONE):
        assert secret not in whole
        assert secret.encode().hex() not in whole
    [image] = images_of(party.id)
    assert image["identity"].startswith("\\x")
    assert verify().sound
