"""Whether the audit itself is still in working order: its functions as shipped, its triggers and policies in place."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

from fazhi.kernel.ground.audit.protect import FUNCTIONS, policy_stands, triggers_stand
from fazhi.kernel.ground.audit.tables import Guarded
from fazhi.kernel.ground.audit.verify.findings import Finding, Gathering, Kind

_MEND = "请查明原因后执行 fazhi migrate 恢复"


def install_shipped(cursor: CursorWrapper) -> None:
    """Put the functions as this program ships them into the session's temporary schema.

    Verification hashes with these: whoever owns the database could have replaced those that are installed.
    """
    shipped = FUNCTIONS.read_text(encoding="utf-8")
    cursor.execute(shipped.replace("CREATE OR REPLACE FUNCTION ", "CREATE OR REPLACE FUNCTION pg_temp."))


def check(cursor: CursorWrapper, tables: list[Guarded], found: Gathering) -> None:
    """Look for functions replaced, triggers missing or disabled, and row-level security taken down."""
    cursor.execute(
        """
        WITH described AS (
            SELECT proname, pronamespace, prosrc, pg_get_function_sqlbody(oid) AS body, proconfig, prosecdef, prolang,
                   provolatile, oidvectortypes(proargtypes) AS arguments
            FROM pg_proc WHERE pronamespace IN (pg_my_temp_schema(), 'public'::regnamespace)
        )
        SELECT proname FROM described AS shipped
        WHERE pronamespace = pg_my_temp_schema() AND NOT EXISTS (
            SELECT FROM described AS installed
            WHERE installed.pronamespace <> shipped.pronamespace
                AND (installed.proname, installed.prosrc, installed.prosecdef, installed.prolang, installed.provolatile,
                     installed.arguments)
                    = (shipped.proname, shipped.prosrc, shipped.prosecdef, shipped.prolang, shipped.provolatile,
                       shipped.arguments)
                AND installed.body IS NOT DISTINCT FROM shipped.body
                AND installed.proconfig IS NOT DISTINCT FROM shipped.proconfig
        )
        ORDER BY proname
        """
    )
    for (function,) in cursor.fetchall():
        found.add(Finding(Kind.WALL_DOWN, detail=f"数据库函数 {function} 与本程序所带的不同，{_MEND}"))
    for table in tables:
        if table.audited and not triggers_stand(cursor, table):
            found.add(Finding(Kind.WALL_DOWN, table.table, detail=f"审计触发器缺失或者被停用，{_MEND}"))
        if table.held and not policy_stands(cursor, table):
            found.add(Finding(Kind.WALL_DOWN, table.table, detail=f"行级安全策略缺失或者被停用，{_MEND}"))
