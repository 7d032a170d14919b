"""An import's work in a process of its own, that stops to be killed: ``python worker.py DATABASE FILES JURISDICTION IMPORT …``."""

from __future__ import annotations

import os
import sys
import time

import django


def main() -> None:
    """Work, and at ``pause_at`` rows say so and wait inside the transaction."""
    database, files, *numbers = sys.argv[1:]
    jurisdiction_id, import_id, one_go, chunk, pause_at = map(int, numbers)
    os.environ["DJANGO_SETTINGS_MODULE"] = "fazhi.site.settings.test"
    django.setup()
    from django.conf import settings  # noqa: PLC0415 — Django must be set up
    from django.db import connections  # noqa: PLC0415 — as above

    from fazhi.kernel.records.exchange import working  # noqa: PLC0415 — as above

    connections["default"].settings_dict["NAME"] = database
    settings.MEDIA_ROOT = files

    def tell(doing: str, done: int, total: int) -> None:
        if doing == "写入" and done >= pause_at:
            sys.stdout.write("waiting\n")
            sys.stdout.flush()
            time.sleep(120)

    working.work(jurisdiction_id, import_id, tell, one_go=one_go, chunk=chunk)


if __name__ == "__main__":
    main()
