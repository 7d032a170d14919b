"""Verification names every kind of tampering by the owner of the database, triggers disabled."""

from pathlib import Path

import pytest
from django.db import connections

from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.verify import Kind, verify
from tests.kernel.audit.scene import Scene, add_units, asked, blocks, entries_of, kinds, owner, tampering

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def test_an_untouched_system_is_sound_sealed_or_not(scene: Scene) -> None:
    assert verify().sound
    chain.seal()
    fresh = add_units(scene.here, 1)
    report = verify()
    assert report.sound
    assert (report.scope.blocks, report.scope.unsealed) == (1, len(fresh))
    assert report.scope.entries == asked("SELECT count(*) FROM audit_entry")[0][0]


@pytest.mark.parametrize("sealed", [True, False])
def test_a_row_changed_is_named_with_its_columns(scene: Scene, sealed: bool) -> None:
    block = chain.seal() if sealed else None
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [scene.units[1]])
    [finding] = verify().findings
    assert finding.kind is Kind.ROW_CHANGED
    assert (finding.table, finding.row, finding.columns) == ("orgs_unit", scene.units[1], ("name",))
    assert (finding.entry, finding.block) == (entries_of(scene.units[1])[0][0], block)
    assert f"记录 {scene.units[1]}" in str(finding)
    assert "name（名称）" in str(finding)


def test_a_row_put_in_is_named(scene: Scene) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute(
            "INSERT INTO orgs_unit SELECT (jsonb_populate_record(u, jsonb_build_object('id', 5, 'code', 'X'))).*"
            " FROM orgs_unit u WHERE id = %s",
            [scene.units[0]],
        )
    [finding] = verify().findings
    assert (finding.kind, finding.table, finding.row, finding.entry) == (Kind.ROW_ADDED, "orgs_unit", 5, None)


def test_a_row_taken_out_is_named(scene: Scene) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute("DELETE FROM orgs_unit WHERE id = %s", [scene.units[2]])
    [finding] = verify().findings
    assert (finding.kind, finding.table, finding.row) == (Kind.ROW_REMOVED, "orgs_unit", scene.units[2])


def test_a_table_emptied_is_counted_in_full_and_listed_in_part(scene: Scene) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute("TRUNCATE orgs_unit CASCADE")
    report = verify(limit=2)
    assert report.counts == {Kind.ROW_REMOVED: 4}
    assert len(report.findings) == 2
    assert "另有 2 处未列出" in report.lines()[-1]


def test_a_row_lawfully_deleted_and_put_back_is_named(scene: Scene) -> None:
    kept = asked("SELECT to_jsonb(u)::text FROM orgs_unit u WHERE id = %s", [scene.units[0]])[0][0]
    with owner() as cursor:
        cursor.execute("DELETE FROM orgs_unit WHERE id = %s", [scene.units[0]])
    assert verify().sound
    with tampering("orgs_unit") as cursor:
        cursor.execute("INSERT INTO orgs_unit SELECT * FROM jsonb_populate_record(null::orgs_unit, %s::jsonb)", [kept])
    [finding] = verify().findings
    assert (finding.kind, finding.row) == (Kind.ROW_RETURNED, scene.units[0])


def test_a_row_moved_to_another_district_is_named(scene: Scene) -> None:
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET jurisdiction_id = %s WHERE id = %s", [scene.there, scene.units[0]])
    [finding] = verify().findings
    assert (finding.kind, finding.columns) == (Kind.ROW_CHANGED, ("jurisdiction_id",))


def test_an_entry_altered_is_named_with_its_block(scene: Scene) -> None:
    block = chain.seal()
    entry = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 1 WHERE id = %s", [entry])
    [finding] = verify().findings
    assert (finding.kind, finding.entry, finding.block) == (Kind.ENTRY_CHANGED, entry, block)
    assert (finding.table, finding.row) == ("orgs_unit", scene.units[0])


def test_an_entry_removed_is_named_though_its_row_is_gone_too(scene: Scene) -> None:
    block = chain.seal()
    entry = entries_of(scene.units[0])[0][0]
    with tampering("orgs_unit") as cursor:
        cursor.execute("DELETE FROM orgs_unit WHERE id = %s", [scene.units[0]])
        cursor.execute("DELETE FROM audit_payload WHERE id = %s", [entry])
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
    [finding] = verify().findings
    assert (finding.kind, finding.entry, finding.block) == (Kind.ENTRY_REMOVED, entry, block)


def test_an_entry_slipped_into_a_sealed_block_is_named(scene: Scene) -> None:
    block = chain.seal()
    model = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object('id', 900001))).*"
            " FROM audit_entry e WHERE id = %s",
            [model],
        )
        cursor.execute(
            "INSERT INTO audit_payload SELECT 900001, jurisdiction_id, image FROM audit_payload WHERE id = %s", [model]
        )
    [finding] = verify().findings
    assert (finding.kind, finding.entry, finding.block) == (Kind.ENTRY_ADDED, 900001, block)


@pytest.mark.parametrize(("column", "value"), [("xid", 1 << 40), ("xid", -1), ("era", 9)])
def test_an_entry_that_no_block_could_hold_is_named(scene: Scene, column: str, value: int) -> None:
    chain.seal()
    model = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry SELECT"
            f" (jsonb_populate_record(e, jsonb_build_object('id', 900001, '{column}', %s::bigint))).*"
            " FROM audit_entry e WHERE id = %s",
            [value, model],
        )
    assert (Kind.ENTRY_ADDED, 900001) in {(each.kind, each.entry) for each in verify().findings}


def test_content_altered_is_named(scene: Scene) -> None:
    block = chain.seal()
    entry = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute(
            """UPDATE audit_payload SET image = image || '{"short_name": "假"}' WHERE id = %s""",
            [entry],
        )
    report = verify()
    assert kinds(report) == {Kind.CONTENT_CHANGED, Kind.ROW_CHANGED}
    assert {(each.row, each.entry, each.block) for each in report.findings} == {(scene.units[0], entry, block)}


def test_row_and_content_altered_to_agree_are_named_by_the_digest(scene: Scene) -> None:
    chain.seal()
    entry = entries_of(scene.units[0])[0][0]
    with tampering("orgs_unit") as cursor:
        cursor.execute("UPDATE orgs_unit SET name = '改名局' WHERE id = %s", [scene.units[0]])
        cursor.execute("""UPDATE audit_payload SET image = image || '{"name": "改名局"}' WHERE id = %s""", [entry])
    assert kinds(verify()) == {Kind.CONTENT_CHANGED}
    with owner() as cursor:
        cursor.execute(
            "UPDATE audit_entry e SET digest = sha256(convert_to(image::text, 'UTF8'))"
            " FROM audit_payload p WHERE p.id = e.id AND e.id = %s",
            [entry],
        )
    [finding] = verify().findings
    assert (finding.kind, finding.entry) == (Kind.ENTRY_CHANGED, entry)


def test_content_removed_without_an_erasure_is_named(scene: Scene) -> None:
    entry = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_payload WHERE id = %s", [entry])
    [finding] = verify().findings
    assert (finding.kind, finding.row, finding.entry) == (Kind.CONTENT_REMOVED, scene.units[0], entry)


def test_content_without_an_entry_is_named(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute("INSERT INTO audit_payload (id, image) VALUES (900001, '{}')")
    [finding] = verify().findings
    assert (finding.kind, finding.entry) == (Kind.CONTENT_ADDED, 900001)


def test_content_shown_to_another_district_is_named(scene: Scene) -> None:
    entry = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute("UPDATE audit_payload SET jurisdiction_id = %s WHERE id = %s", [scene.there, entry])
    [finding] = verify().findings
    assert (finding.kind, finding.entry) == (Kind.CONTENT_CHANGED, entry)


def test_a_block_out_of_the_middle_is_named(scene: Scene) -> None:
    _three_blocks(scene)
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_block WHERE n = 2")
    report = verify()
    assert kinds(report) == {Kind.BLOCK_REMOVED, Kind.CHAIN_UNLINKED}
    assert "第 2 区块不存在" in str(report.findings[0])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("sealed_at = sealed_at - interval '1 day'", {Kind.BLOCK_CHANGED}),
        ("entries = entries + 1", {Kind.BLOCK_CHANGED}),
        ("leaves = leaves || leaves", {Kind.BLOCK_CHANGED}),
        ("hash = sha256('x')", {Kind.BLOCK_CHANGED, Kind.CHAIN_UNLINKED, Kind.CHAIN_REWRITTEN}),
        ("previous = sha256('x')", {Kind.BLOCK_CHANGED, Kind.CHAIN_UNLINKED}),
        ("to_xid = to_xid + 1000000", {Kind.BLOCK_CHANGED, Kind.ENTRY_ADDED}),
    ],
)
def test_a_block_altered_is_named(scene: Scene, change: str, expected: set[Kind]) -> None:
    _three_blocks(scene)
    with owner() as cursor:
        cursor.execute(f"UPDATE audit_block SET {change} WHERE n = 2")
    report = verify()
    assert kinds(report) == expected
    assert 2 in {each.block for each in report.findings}


def test_a_chain_rewritten_from_within_does_not_match_its_anchors(scene: Scene) -> None:
    _three_blocks(scene)
    entry = entries_of(scene.units[0])[0][0]
    with owner() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 1 WHERE id = %s", [entry])
        for n in (1, 2, 3):
            cursor.execute(
                "UPDATE audit_block b SET previous = coalesce((SELECT hash FROM audit_block WHERE n = b.n - 1), '')"
                " WHERE n = %s",
                [n],
            )
            cursor.execute(
                """
                UPDATE audit_block b SET (hash, leaves) = (
                    SELECT sha256(audit_head(b) || string_agg(audit_leaf(e), '' ORDER BY xid, id)),
                           string_agg(int8send(id) || substring(audit_leaf(e) FROM 1 FOR 8), '' ORDER BY xid, id)
                    FROM audit_entry e WHERE e.era = b.era AND xid >= from_xid AND xid < to_xid
                ) WHERE n = %s
                """,
                [n],
            )
    report = verify()
    assert kinds(report) == {Kind.CHAIN_REWRITTEN}
    assert [each.block for each in report.findings] == [1, 2, 3]
    with pytest.raises(chain.ChainBroken):
        chain.seal()


def test_a_tail_cut_off_is_named_by_the_anchors_and_nothing_is_sealed_upon_it(scene: Scene) -> None:
    _three_blocks(scene)
    _cut_tail()
    report = verify()
    assert kinds(report) == {Kind.CHAIN_CUT}
    assert report.findings[0].block == 3
    with pytest.raises(chain.ChainBroken, match="第 3 区块"):
        chain.seal()
    assert blocks() == [1, 2]


def test_a_tail_cut_off_together_with_the_file_of_anchors_is_named(scene: Scene) -> None:
    _three_blocks(scene)
    _cut_tail()
    _file().unlink()
    report = verify()
    assert kinds(report) == {Kind.ANCHOR_REMOVED}
    with pytest.raises(chain.ChainBroken, match="不存在或为空"):
        chain.seal()
    assert blocks() == [1, 2]
    assert not _file().exists()


def test_a_tail_cut_off_with_the_file_cut_to_match_is_named_by_a_filed_anchor_or_by_rows_left(scene: Scene) -> None:
    _three_blocks(scene)
    filed = _file().read_bytes().splitlines()[-1]
    left = _cut_tail()
    _file().write_bytes(b"".join(_file().read_bytes().splitlines(keepends=True)[:-1]))
    assert verify().sound
    [finding] = verify(filed=[filed]).findings
    assert (finding.kind, finding.block) == (Kind.CHAIN_CUT, 3)
    with tampering("orgs_unit") as cursor:
        cursor.execute("INSERT INTO orgs_unit SELECT * FROM jsonb_populate_record(null::orgs_unit, %s::jsonb)", [left])
    assert kinds(verify()) == {Kind.ROW_ADDED}


def test_all_blocks_removed_with_the_file_is_named(scene: Scene) -> None:
    _three_blocks(scene)
    with owner() as cursor:
        cursor.execute("DELETE FROM audit_block")
    _file().unlink()
    assert kinds(verify()) == {Kind.ERA}


def test_the_end_of_the_file_cut_off_is_named(scene: Scene) -> None:
    _three_blocks(scene)
    _file().write_bytes(b"".join(_file().read_bytes().splitlines(keepends=True)[:-2]))
    # Blocks sealed a moment ago may yet be anchored.
    assert verify().sound
    _age_blocks()
    assert Kind.ANCHOR_REMOVED in kinds(verify())


@pytest.mark.parametrize("line", [0, 1, 2, 3])
def test_a_forged_anchor_is_named_by_its_line(scene: Scene, line: int) -> None:
    _three_blocks(scene)
    told = _file().read_bytes().splitlines(keepends=True)
    told[line] = told[line].replace(b'"n":', b'"n":1')
    _file().write_bytes(b"".join(told))
    report = verify()
    assert Kind.ANCHOR_FORGED in kinds(report)
    assert f"第 {line + 1} 行" in str(report.findings[0])


def test_an_anchor_signed_by_another_key_is_forged(scene: Scene, settings, tmp_path) -> None:
    _three_blocks(scene)
    place = _file()
    last = anchors.last(place.name.removesuffix(".anchors.log"))
    assert last is not None
    settings.FAZHI_HOME = tmp_path / "elsewhere"
    forged = last.line(anchors.signing_key())
    settings.FAZHI_HOME = tmp_path
    place.write_bytes(b"".join(place.read_bytes().splitlines(keepends=True)[:-1]) + forged)
    assert Kind.ANCHOR_FORGED in kinds(verify())
    with pytest.raises(chain.ChainBroken, match="不是本系统签署"):
        chain.seal()


def test_an_anchor_taken_out_of_the_middle_is_named(scene: Scene) -> None:
    _three_blocks(scene)
    told = _file().read_bytes().splitlines(keepends=True)
    _file().write_bytes(b"".join(told[:2] + told[3:]))
    report = verify()
    assert kinds(report) == {Kind.ANCHOR_REMOVED}
    assert "第 3 区块" in str(report.findings[0])


def test_an_era_that_was_altered_is_named(scene: Scene) -> None:
    chain.seal()
    with owner() as cursor:
        cursor.execute("UPDATE audit_era SET reason = '另一个原因'")
    assert kinds(verify()) == {Kind.ERA}


def test_walls_taken_down_are_named_while_they_are_down(scene: Scene) -> None:
    with owner() as cursor:
        cursor.execute("ALTER TABLE orgs_unit DISABLE TRIGGER audit_update")
        cursor.execute("ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_leaf(entry audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE"
            " RETURN sha256('the same for all')"
        )
    report = verify()
    assert kinds(report) == {Kind.WALL_DOWN}
    assert {each.table for each in report.findings} == {"orgs_unit", "access_grant", ""}
    assert any("audit_leaf" in str(each) for each in report.findings)


def test_a_function_replaced_does_not_deceive_the_verification(scene: Scene) -> None:
    chain.seal()
    entry = entries_of(scene.units[0])[0][0]
    stub = asked("SELECT encode(audit_leaf(e), 'hex') FROM audit_entry e WHERE id = %s", [entry])[0][0]
    with owner() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 1 WHERE id = %s", [entry])
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_leaf(entry audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE"
            f" RETURN decode('{stub}', 'hex')"
        )
    assert kinds(verify()) == {Kind.WALL_DOWN, Kind.ENTRY_CHANGED}


def test_verification_leaves_nothing_behind(scene: Scene) -> None:
    before = asked("SELECT count(*) FROM pg_class"), asked("SELECT count(*) FROM pg_proc")
    verify()
    assert (asked("SELECT count(*) FROM pg_class"), asked("SELECT count(*) FROM pg_proc")) == before


def _three_blocks(scene: Scene) -> None:
    assert chain.seal() == 1
    for n in (2, 3):
        add_units(scene.here, 1)
        assert chain.seal() == n


def _cut_tail() -> str:
    """Remove the last block with its entries, and the row they brought; gives that row as text."""
    with tampering("orgs_unit") as cursor:
        cursor.execute(
            "SELECT e.id, row_id FROM audit_entry e, audit_block b WHERE n = 3 AND xid >= from_xid AND xid < to_xid"
        )
        [(entry, row)] = cursor.fetchall()
        cursor.execute("DELETE FROM orgs_unit AS u WHERE id = %s RETURNING to_jsonb(u)::text", [row])
        text = str(cursor.fetchone()[0])
        cursor.execute("DELETE FROM audit_payload WHERE id = %s", [entry])
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [entry])
        cursor.execute("DELETE FROM audit_block WHERE n = 3")
    return text


def _age_blocks() -> None:
    with owner() as cursor:
        cursor.execute("UPDATE audit_block SET sealed_at = sealed_at - interval '2 minutes'")


def _file() -> Path:
    return anchors.path(connections["default"].settings_dict["NAME"])
