"""Giving up a demonstration to make it anew: tables, files and the anchors of its audit.

Only where the invented district is all there is, and nobody is connected.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from fazhi.demo.scenery import area
from fazhi.kernel.ground.audit import anchors
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction

OWNER = "owner"


def refusal() -> str:
    """Why the database may not be given up, or ``""``."""
    others = _others(list(Jurisdiction.objects.order_by("code").values_list("code", "name")))
    if others:
        return f"数据库中有本局自己的数据（{'、'.join(others)}），不能用示范数据替换"
    _let_go()
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connected = cursor.fetchone()[0]
    return f"还有{connected}个连接在使用数据库，请先停止服务" if connected else ""


def reset() -> None:
    """Give up everything and make empty tables; raises :class:`~fazhi.kernel.ground.core.errors.Refused`."""
    why_not = refusal()
    if why_not:
        raise Refused(why_not)
    owner = connections[OWNER]
    with transaction.atomic(using=OWNER, durable=True), owner.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    # The anchors speak of blocks that are gone, and the files of cases that are.
    anchors.path(str(owner.settings_dict["NAME"])).unlink(missing_ok=True)
    shutil.rmtree(Path(settings.MEDIA_ROOT), ignore_errors=True)
    call_command("migrate", verbosity=0, interactive=False)
    _let_go()


def _let_go() -> None:
    """Close the program's own connections, those kept for later too: they know tables that are gone."""
    program = connections["default"]
    program.close()
    if isinstance(program, DatabaseWrapper):
        program.close_pool()


def _others(found: Sequence[tuple[str, str]]) -> list[str]:
    return [name for code, name in found if code != area()["area"]["code"]]
