"""Which tables are guarded, and how: read off the models, and for tables that are not of ours off a list with reasons.

A model of bureau data derives from :class:`~fazhi.kernel.ground.core.models.Held` and needs to say nothing. It may say,
each as a class attribute:

- ``deletable = True``: the program may delete rows (projections, drafts);
- ``audited = False``: its rows are not recorded; a comment gives the reason (a projection rebuilt from records);
- ``audit_omits = ("column", …)``: columns kept out of the recorded image.

A model that is not ``Held`` belongs to all jurisdictions together and must say why: ``shared = "reason"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from fazhi.kernel.ground.core.models import Held


@dataclass(frozen=True, slots=True)
class Guarded:
    """This table and what protection it gets. ``reason`` says why a table without jurisdiction may be without."""

    table: str
    held: bool = True
    audited: bool = True
    deletable: bool = False
    writable: bool = True
    omits: tuple[str, ...] = field(default=())
    reason: str = ""


_WRITTEN_BY_FUNCTIONS = "append-only: written by the functions of the audit alone"

# Tables of ours that cannot say it themselves without the ground floor knowing the audit, and those of other packages.
_DECLARED = {
    each.table: each
    for each in (
        Guarded("core_jurisdiction", held=False, reason="the list of jurisdictions itself"),
        Guarded(
            "access_account",
            held=False,
            omits=("password", "last_login", "failed_logins"),
            reason="an account is found before its jurisdiction is known; what it may do is in grants, which are held",
        ),
        Guarded("audit_entry", audited=False, writable=False, reason=_WRITTEN_BY_FUNCTIONS),
        Guarded("audit_payload", audited=False, writable=False, reason=_WRITTEN_BY_FUNCTIONS),
        Guarded("audit_block", held=False, audited=False, writable=False, reason=_WRITTEN_BY_FUNCTIONS),
        Guarded("audit_era", held=False, audited=False, writable=False, reason=_WRITTEN_BY_FUNCTIONS),
        Guarded("django_migrations", held=False, audited=False, writable=False, reason="the schema, not bureau data"),
        Guarded("django_content_type", held=False, audited=False, reason="names of models"),
        Guarded(
            "django_session", held=False, audited=False, deletable=True, reason="signed-in browsers; no bureau data"
        ),
    )
}

# Whole packages: their tables come and go with their own migrations.
_PACKAGES = {
    "auth_": "Django's own permissions, unused: rights are grants of ours",
    "procrastinate_": "the job queue: arguments are ids only, and a worker serves every jurisdiction",
}


def guarded() -> list[Guarded]:
    """These tables of all installed models that hold data of ours, each once, in order of name."""
    found = {table.table: table for table in _DECLARED.values()}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.managed and not model._meta.proxy and table not in found and not foreign_reason(table):
            declared = _of_model(model)
            if declared is not None:
                found[table] = declared
    return [found[name] for name in sorted(found)]


def guarded_audited() -> list[Guarded]:
    """These tables whose rows are recorded."""
    return [table for table in guarded() if table.audited]


def foreign_reason(table: str) -> str:
    """This reason why a table of another package has no jurisdiction, or ``""`` when it is of none we know."""
    return next((reason for prefix, reason in _PACKAGES.items() if table.startswith(prefix)), "")


def model_of(table: str) -> type[models.Model] | None:
    """This model whose rows are in ``table``, if it is still installed."""
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


def columns_of(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """These pairs of column and Chinese label of a model."""
    for each in model._meta.concrete_fields:
        if each.column is not None:
            yield each.column, str(each.verbose_name)


def _of_model(model: type[models.Model]) -> Guarded | None:
    held = issubclass(model, Held)
    reason = getattr(model, "shared", "")
    if not held and not reason:
        # Left to unprotected_tables(), which names every table that nobody has declared.
        return None
    return Guarded(
        model._meta.db_table,
        held=held,
        audited=getattr(model, "audited", held),
        deletable=getattr(model, "deletable", False),
        omits=tuple(getattr(model, "audit_omits", ())),
        reason=reason,
    )
