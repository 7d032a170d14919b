"""Mediation cases by the hundred thousand, written by SQL: one district, eight streets, five years."""

from __future__ import annotations

from django.db import connections

_TABLES = ("core_jurisdiction", "orgs_unit", "mediation_organisation", "mediation_mediation")
_LACKING = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_name = ANY(%s) AND is_nullable = 'NO' AND column_default IS NULL AND column_name <> 'id'
"""
_EMPTY = {
    "ARRAY": "'{}'",
    "boolean": "false",
    "character varying": "''",
    "date": "DATE '2010-01-01'",
    "jsonb": "'{}'",
    "text": "''",
    "timestamp with time zone": "now()",
}
_GROUND = """
    INSERT INTO core_jurisdiction (id, code, name, short_name) VALUES (1, 'bench', '测试新区', '测试');
    INSERT INTO orgs_unit (id, code, name, short_name, kind, audience)
    SELECT 10 + n, 'u' || n, '第' || n || '街道', '街' || n, CASE n WHEN 0 THEN 'bureau' ELSE 'street' END,
           ARRAY[10, 10 + n]
    FROM generate_series(0, 8) AS n;
    INSERT INTO mediation_organisation (id, unit_id, name, kind)
    SELECT 100 + n, 10 + n, '第' || n || '调委会', 'street'
    FROM generate_series(1, 8) AS n;
"""
# Two in three are concluded by agreement, one in fifty is void, the last weeks' are still open; spread over five years.
_CASES = """
    INSERT INTO mediation_mediation (id, unit_id, organisation_id, number, title, state, phase, opened_on, accepted_on,
        concluded_on, void_reason, summary, outcome, amount, confirmed_on, kind, source, agreement_form)
    SELECT 1000000 + n, 11 + n %% 8, 101 + n %% 8, '测试〔' || n || '〕', '邻里纠纷：楼道堆放杂物',
        CASE WHEN open THEN 'mediating' WHEN won THEN 'succeeded' ELSE 'failed' END,
        CASE WHEN open THEN 'open' ELSE 'decided' END,
        day, day + 1, CASE WHEN open THEN NULL ELSE day + 1 + n %% 29 END,
        CASE WHEN n %% 50 = 0 THEN '重复登记' ELSE '' END, '因楼道堆放杂物发生争执，要求清理并恢复通行。',
        CASE WHEN open THEN '' WHEN won THEN 'succeeded' ELSE 'failed' END,
        CASE WHEN NOT open AND won AND n %% 3 > 0 THEN 10000 + n %% 900000 END,
        CASE WHEN NOT open AND won AND n %% 40 = 0 THEN day + 40 END, 'neighbour', 'applied',
        CASE WHEN open OR NOT won THEN '' WHEN n %% 2 = 0 THEN 'written' ELSE 'oral' END
    FROM (
        SELECT n, DATE '2018-01-01' + (n::bigint * 7919 %% 1800)::int AS day,
               n::bigint * 7919 %% 1800 > 1785 AS open, n %% 3 <> 1 AS won
        FROM generate_series(%s, %s) AS n
    ) AS made
"""


def prepare() -> None:
    """Make the district (jurisdiction 1, bureau 10, streets 11 to 18)."""
    with connections["owner"].cursor() as cursor:
        # The benchmark measures reading; a trail of a million made-up rows would only cost time.
        cursor.execute("ALTER TABLE mediation_mediation DISABLE TRIGGER USER")
        # Whatever else a column must hold is empty here, so that a column added to a table breaks no benchmark.
        cursor.execute(_LACKING, [list(_TABLES)])
        for table, column, kind in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} ALTER COLUMN "{column}" SET DEFAULT {_EMPTY.get(kind, "1")}')
        cursor.execute(_GROUND)


def fill(first: int, last: int) -> None:
    """Write cases number ``first`` to ``last``, and let the planner know."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_CASES, [first, last])
        cursor.execute("VACUUM ANALYZE mediation_mediation")


_CARDS = """
    INSERT INTO matters_matter (id, jurisdiction_id, version, recorded_at, record, number, title, unit_id, state, phase, opened_on)
    SELECT id, 1, 1, now(), 'mediation.mediation', number, title, unit_id, state,
           CASE WHEN void_reason <> '' THEN 'void' ELSE phase END, opened_on
    FROM mediation_mediation WHERE id > %(done)s;
    INSERT INTO matters_visibility (id, jurisdiction_id, unit_id, matter_id, record, phase, opened_on)
    SELECT 100000000 + m.id * 4 + place, 1, unit.id, m.id, 'mediation.mediation',
           CASE WHEN void_reason <> '' THEN 'void' ELSE phase END, opened_on
    FROM mediation_mediation AS m CROSS JOIN LATERAL (VALUES (0, m.unit_id), (1, 10)) AS unit (place, id) WHERE m.id > %(done)s;
    INSERT INTO matters_step (id, jurisdiction_id, matter_id, act, from_state, to_state, "on", at, actor_name, note)
    SELECT 900000000 + m.id * 4 + place, 1, m.id, step.act, '', step.state, day, now(), '李四', ''
    FROM mediation_mediation AS m
    CROSS JOIN LATERAL (VALUES (0, 'open', 'registered', opened_on), (1, 'accept', 'mediating', accepted_on),
                               (2, 'succeed', m.state, concluded_on)) AS step (place, act, state, day)
    WHERE day IS NOT NULL AND m.id > %(done)s;
    UPDATE mediation_mediation SET phase = 'void' WHERE void_reason <> '';
"""


def index() -> None:
    """Give every case that has none its card, what makes it seen by its street and the bureau, and its steps."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM matters_matter")
        done = {"done": cursor.fetchone()[0]}
        for table in ("matters_matter", "matters_step"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in _CARDS.split(";\n"):
            if statement.strip():
                cursor.execute(statement, done)
        for table in ("matters_matter", "matters_step"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE mediation_mediation ENABLE TRIGGER USER")
        for table in ("matters_matter", "matters_step", "matters_visibility", "matters_tally", "mediation_mediation"):
            cursor.execute(f"VACUUM ANALYZE {table}")
