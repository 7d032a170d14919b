"""Deciding about a rule: what an administrator may set, checked against the rule itself."""

from __future__ import annotations

from datetime import date

from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.law.bureau import Decision
from fazhi.kernel.ground.law.effect import Effective, applied
from fazhi.kernel.ground.law.models import RuleSetting
from fazhi.kernel.ground.law.rulebook import shipped


def decide(jurisdiction_id: int, decision: Decision, *, by: int, on: date) -> Effective:
    """Keep what account ``by`` decided on the day ``on``, over what was decided before; gives the rule as it now is.

    Runs in a session of the jurisdiction. Raises :class:`~fazhi.kernel.ground.law.rulebook.UnknownRule` and
    :class:`~fazhi.kernel.ground.law.effect.RefusedSetting`; clocks that run under the rule are the caller's to redo.
    """
    result = applied(shipped().entry(decision.rule_id), decision)
    RuleSetting.objects.update_or_create(
        jurisdiction_id=jurisdiction_id,
        rule_id=decision.rule_id,
        defaults={
            "enabled": decision.enabled,
            "value": decision.value,
            "unit": decision.unit,
            "source": decision.source.strip(),
            "decided_by": by,
            "decided_on": on,
            "withdrawn_on": None,
        },
    )
    return result


def withdraw(jurisdiction_id: int, rule_id: str, *, by: int, on: date) -> None:
    """Let a version of a rule apply as it is shipped again; raises ``Refused`` where nothing was decided about it."""
    changed = RuleSetting.objects.filter(jurisdiction_id=jurisdiction_id, rule_id=rule_id, withdrawn_on=None).update(
        withdrawn_on=on, decided_by=by
    )
    if not changed:
        raise Refused(f"{rule_id} 没有可以撤回的设置")
