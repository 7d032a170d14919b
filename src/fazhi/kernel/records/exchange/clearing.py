"""Files that have served: exports after days, ledgers after a quarter; what was imported, and from which row, stays known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from fazhi.kernel.records.exchange import shelf
from fazhi.kernel.records.exchange.models import WORKING, Export, Import

EXPORTS_KEPT = timedelta(days=7)
LEDGERS_KEPT = timedelta(days=90)


def clear_away() -> int:
    """Remove the files of old exports and imports of the session's jurisdictions; gives how many."""
    old_exports: Any = Now() - EXPORTS_KEPT
    old_imports: Any = Now() - LEDGERS_KEPT
    gone = 0
    for export in Export.objects.filter(at__lt=old_exports).exclude(stored=""):
        shelf.discard(export.stored)
        export.stored = ""
        export.save(update_fields=["stored"])
        gone += 1
    for of in Import.objects.filter(asked_at__lt=old_imports).exclude(stored="").exclude(state__in=WORKING):
        shelf.discard(of.stored)
        shelf.discard(of.findings)
        of.stored = of.findings = ""
        of.save(update_fields=["stored", "findings"])
        gone += 1
    return gone
