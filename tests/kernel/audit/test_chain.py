"""Sealing: in the order of commits, by one sealer, made up for after a crash, and begun anew after a restore."""

from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.protect import protect
from fazhi.kernel.ground.audit.verify import Kind, verify
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs.models import Unit
from tests.kernel.audit.scene import Scene, add_units, asked, blocks, entries_of, kinds, owner, tampering

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

SEALED_IN = (
    "SELECT n FROM audit_block b JOIN audit_entry e ON e.era = b.era AND xid >= from_xid AND xid < to_xid"
    " WHERE row_id = %s ORDER BY n"
)


def test_a_seal_takes_in_everything_committed_once(scene: Scene) -> None:
    assert chain.lag().waiting == asked("SELECT count(*) FROM audit_entry")[0][0] > 0
    assert chain.seal() == 1
    assert chain.seal() is None
    assert blocks() == [1]
    assert chain.lag() == chain.Lag(0, 0.0)
    row = add_units(scene.here, 1)[0]
    assert chain.lag().waiting == 1
    assert chain.lag().seconds > 0
    assert chain.seal() == 2
    assert asked(SEALED_IN, [row]) == [(2,)]


def test_a_transaction_still_running_holds_back_those_after_it(scene: Scene, second: BaseDatabaseWrapper) -> None:
    before = add_units(scene.here, 1)[0]
    slow, fast = scene.units[0], scene.units[1]
    second.set_autocommit(False)
    with second.cursor() as cursor:
        cursor.execute("SELECT set_config('fazhi.jurisdictions', %s, true)", [f"{{{scene.here}}}"])
        cursor.execute("UPDATE orgs_unit SET name = '慢' WHERE id = %s", [slow])
    with session(jurisdictions=[scene.here]):
        Unit.objects.filter(id=fast).update(name="快")

    assert chain.seal() == 1
    assert asked(SEALED_IN, [before]) == [(1,)]
    assert asked(SEALED_IN, [fast]) == [(1,)]
    assert chain.lag().waiting == 1
    assert chain.seal() is None
    second.commit()
    assert chain.seal() == 2
    assert asked(SEALED_IN, [slow]) == [(1,), (2,)]
    assert asked(SEALED_IN, [fast]) == [(1,), (2,)]
    assert verify().sound


def test_writers_side_by_side_with_a_sealer_lose_and_repeat_no_entry(scene: Scene) -> None:
    faults: list[BaseException] = []

    def write(row: int) -> None:
        try:
            for number in range(30):
                with session(jurisdictions=[scene.here], act="busy"):
                    with transaction.atomic():
                        Unit.objects.filter(id=row).update(name=f"名{number}")
                    Unit.objects.filter(id=row).update(short_name=f"简{number}")
        except BaseException as fault:  # noqa: BLE001 — told to the test, whatever it is
            faults.append(fault)
        finally:
            connection.close()

    writers = [Thread(target=write, args=[row]) for row in scene.units]
    for writer in writers:
        writer.start()
    sealed = 0
    while any(writer.is_alive() for writer in writers):
        sealed += chain.seal() is not None
    for writer in writers:
        writer.join()
    chain.seal()
    assert faults == []
    assert sealed > 1
    assert asked("SELECT count(*) FROM audit_entry WHERE act = 'busy'") == [(180,)]
    assert asked("SELECT sum(entries) FROM audit_block") == asked("SELECT count(*) FROM audit_entry")
    assert chain.lag().waiting == 0
    report = verify()
    assert report.sound
    assert report.scope.anchors == len(blocks()) + 1


def test_only_one_sealer_works_at_a_time(scene: Scene, second: BaseDatabaseWrapper) -> None:
    second.set_autocommit(False)
    with second.cursor() as cursor:
        cursor.execute("SELECT audit_seal()")
        assert cursor.fetchone() == (1,)
    assert chain.seal() is None
    second.commit()
    assert blocks() == [1]


def test_a_block_is_not_sealed_inside_a_transaction_that_may_be_undone(scene: Scene) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        chain.seal()
    assert blocks() == []


def test_a_crash_between_sealing_and_anchoring_is_made_up_for(scene: Scene) -> None:
    chain.seal()
    add_units(scene.here, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal()")
    assert _last().n == 1
    assert verify().sound
    add_units(scene.here, 1)
    assert chain.seal() == 3
    assert [anchor.n for anchor in _anchors()] == [0, 1, 2, 3]
    assert verify().sound


def test_a_block_left_unanchored_for_long_is_mentioned(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal()")
    with owner() as cursor:
        cursor.execute("UPDATE audit_block SET sealed_at = sealed_at - interval '1 hour'")
    assert any("第 1 区块已封存、尚未写入锚点" in notice for notice in verify().notices)
    assert chain.anchor() == 1
    assert chain.anchor() == 0


def test_a_line_that_a_crash_left_unfinished_is_written_again(scene: Scene) -> None:
    chain.seal()
    place = anchors.path(_database())
    whole = place.read_bytes()
    place.write_bytes(whole[:-20])
    assert verify().sound
    assert chain.seal() is None
    assert [anchor.n for anchor in _anchors()] == [0, 1]
    assert verify().sound


def test_a_restored_backup_goes_on_in_a_new_era_that_says_what_was_given_up(scene: Scene) -> None:
    chain.seal()
    left = add_units(scene.here, 1)[0]
    past = _snapshot()
    chain.seal()
    add_units(scene.here, 1)
    chain.seal()
    _restore(past)
    assert kinds(verify()) == {Kind.CHAIN_CUT}
    with pytest.raises(chain.ChainBroken, match="恢复备份"):
        chain.seal()

    assert chain.begin_era("恢复至昨日备份") == 2
    report = verify()
    assert report.sound
    assert any("恢复至昨日备份" in notice for notice in report.notices)
    assert any("第 2 至第 3 区块已随新纪元放弃" in notice for notice in report.notices)
    assert asked("SELECT after FROM audit_era WHERE era = 2") == [(1,)]
    # What the former era left unsealed was sealed as its own.
    assert asked("SELECT n, era FROM audit_block ORDER BY n") == [(1, 1), (2, 1)]
    assert asked(SEALED_IN, [left]) == [(2,)]
    add_units(scene.here, 1)
    assert chain.seal() == 3
    assert asked("SELECT era, from_xid FROM audit_block WHERE n = 3") == [(2, 0)]
    assert verify().sound


def test_a_filed_anchor_of_a_past_given_up_is_explained(scene: Scene) -> None:
    chain.seal()
    past = _snapshot()
    add_units(scene.here, 1)
    chain.seal()
    filed = _lines()[-1]
    _restore(past)
    chain.begin_era("恢复备份")
    report = verify(filed=[filed])
    assert report.sound
    assert any("其后因“恢复备份”另起纪元而放弃" in notice for notice in report.notices)


def test_a_new_cluster_begins_an_era_by_itself(scene: Scene) -> None:
    chain.seal()
    with owner() as cursor:
        cursor.execute("UPDATE audit_era SET cluster = 1")
    protect()
    assert asked("SELECT era, after, reason FROM audit_era ORDER BY era") == [
        (1, 0, "启用审计"),
        (2, 1, "数据库集群更换"),
    ]
    assert _last().kind == anchors.ERA
    protect()
    assert asked("SELECT count(*) FROM audit_era") == [(2,)]


def test_an_era_cannot_begin_before_the_last_one(scene: Scene) -> None:
    chain.seal()
    place = anchors.path(_database())
    last = _last()
    ahead = anchors.Anchor(anchors.ERA, 1, last.hash, 2, "2999-01-01T00:00:00.000000+00:00", "", "", "x")
    with place.open("ab") as file:
        file.write(ahead.line(anchors.signing_key()))
    before = asked("SELECT count(*) FROM audit_era")
    with pytest.raises(chain.ChainBroken, match="校准时钟"):
        chain.begin_era("恢复备份")
    assert asked("SELECT count(*) FROM audit_era") == before


def test_entries_of_an_era_are_ordered_by_transaction_though_numbers_start_again(scene: Scene) -> None:
    """A new cluster counts its transactions from the beginning: the era keeps the two apart."""
    chain.seal()
    highest = asked("SELECT max(to_xid) FROM audit_block")[0][0]
    chain.begin_era("更换服务器")
    row = add_units(scene.here, 1)[0]
    chain.seal()
    assert asked("SELECT from_xid FROM audit_block ORDER BY n DESC LIMIT 1") == [(0,)]
    assert asked("SELECT max(xid) >= %s FROM audit_entry WHERE row_id = %s", [highest, row]) == [(True,)]
    assert [op for _, op in entries_of(row)] == ["I"]
    assert verify().sound


def _snapshot() -> dict[str, str]:
    """The tables of the audit and the units, as a backup would hold them."""
    return {
        table: asked(f"SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM {table} t")[0][0] for table in _SAVED
    }


def _restore(past: dict[str, str]) -> None:
    with tampering("orgs_unit") as cursor:
        for table, rows in past.items():
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(null::{table}, %s::jsonb)", [rows]
            )


_SAVED = ("audit_era", "audit_entry", "audit_payload", "audit_block", "orgs_unit")


def _database() -> str:
    return str(connections["default"].settings_dict["NAME"])


def _lines() -> list[bytes]:
    return [line for _, line in anchors.lines(_database())]


def _anchors() -> list[anchors.Anchor]:
    key = anchors.signing_key().public_key()
    return [anchors.parse(line, key) for line in _lines()]


def _last() -> anchors.Anchor:
    last = anchors.last(_database())
    assert last is not None
    return last
