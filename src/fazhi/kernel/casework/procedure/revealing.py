"""Seeing what is encrypted: for a reason, by somebody who reaches the record, and never without a note in the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import keeping_of
from fazhi.kernel.casework.parties.models import Party
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.audit.notes import noted
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.ground.core.models import Record
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.secrets.fields import Secret, SecretField

_WHAT = "查看加密信息"
_SHORTEST = 2


def reveal(record: type[Record], record_id: int, field: str, *, reason: str, actor: Actor, at: datetime) -> str:
    """This encrypted field in the clear, empty where nothing is filled in; noted before it is given.

    Raises :class:`Unseen` for a record the actor does not see, :class:`Refused` without a reason.
    """
    keeping = keeping_of(record)
    _reasoned(reason)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.reveal", at=at):
        row: Any = fetch(actor, record, record_id)
        held = record._meta.get_field(field)
        if not isinstance(held, SecretField):
            raise Unseen(field)
        _note(record, record_id, str(held.verbose_name), reason, actor)
        return _clear(getattr(row, field))


def reveal_party(
    record: type[Case], case_id: int, party_id: int, *, reason: str, actor: Actor, at: datetime
) -> dict[str, str]:
    """What identifies a party, by label and in the clear; the note stands at the case, and names the party's number."""
    keeping = keeping_of(record)
    _reasoned(reason)
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act=f"{keeping.name()}.reveal", at=at):
        fetch(actor, record, case_id)
        party: Any = Party.objects.filter(pk=party_id, matter_id=case_id).first()
        if party is None:
            raise Unseen(f"Party {party_id}")
        secrets = [field for field in Party._meta.concrete_fields if isinstance(field, SecretField)]
        labels = "、".join(str(field.verbose_name) for field in secrets)
        _note(record, case_id, f"当事人{party_id}的{labels}", reason, actor)
        clear = {str(field.verbose_name): _clear(getattr(party, field.name)) for field in secrets}
        return {"姓名（名称）": party.name, **clear}


def _reasoned(reason: str) -> None:
    if len(reason.strip()) < _SHORTEST:
        raise Refused(Fault("请写明查看的事由", "reason"))


def _note(record: type[Record], record_id: int, what: str, reason: str, actor: Actor) -> None:
    noted(
        record,
        record_id,
        {"what": _WHAT, "field": what, "reason": reason.strip()[:200]},
        jurisdiction_id=actor.jurisdiction_id,
    )


def _clear(secret: Secret | None) -> str:
    return secret.reveal() if secret is not None else ""
