"""A database for a benchmark: a server of its own in a temporary folder, migrated, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch(*, durable: bool = False) -> Iterator[None]:
    """Set Django up on a fresh, migrated database and remove it at the end. Call before anything of Django's is imported.

    ``durable``: the server writes as it does in service; else as fast as it can, since all is thrown away.
    """
    home = Path(tempfile.mkdtemp(prefix="fazhi-bench-"))
    os.environ.update(FAZHI_HOME=str(home), DJANGO_SETTINGS_MODULE="fazhi.site.settings.base")
    os.environ.pop("FAZHI_DATABASE_URL", None)
    import django  # noqa: PLC0415 — settings are read on import
    from django.conf import settings  # noqa: PLC0415 — as above
    from django.core.management import call_command  # noqa: PLC0415 — as above

    django.setup()
    cluster = settings.CLUSTER
    if not durable:
        cluster.options.update(fsync="off", synchronous_commit="off", full_page_writes="off")
    try:
        with cluster.lease():
            call_command("migrate", verbosity=0)
            yield
    finally:
        from django.db import connections  # noqa: PLC0415 — as above

        for connection in connections.all(initialized_only=True):
            connection.close()
        cluster.destroy()
        shutil.rmtree(home, ignore_errors=True)
