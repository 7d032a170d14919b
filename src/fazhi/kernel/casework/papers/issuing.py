"""Issuing papers in the transaction of the act that issues them; revoking, sealing and serving them afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any

from fazhi.kernel.casework.matters import numbering, steps
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.casework.matters.workflow import Series, keeping_of, workflow_named
from fazhi.kernel.casework.papers import composing
from fazhi.kernel.casework.papers.declaring import Paper
from fazhi.kernel.casework.papers.models import Issued, Openness, Sealing, Service
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Fault, NotYours, Refused, Unseen
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.orgs import tree

# No letters or digits that are mistaken for each other when typed from paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 12


def issue(papers: Iterable[Paper], case: Any, *, actor: Actor, at: datetime, on: date, act: str) -> list[Issued]:
    """Issue those of ``papers`` that fit ``case``, inside the caller's transaction and as its last step.

    Raises :class:`Refused` naming paper and fact where the case lacks something a paper must say.
    """
    fitting = [paper for paper in papers if paper.fits(case)]
    if not fitting:
        return []
    area = Jurisdiction.objects.values_list("short_name", flat=True).get(pk=case.jurisdiction_id)
    organ = tree.bureau(case.jurisdiction_id).name
    general = {
        "area": area,
        "organ": organ,
        "unit": case.unit.name,
        "number": "",
        "title": "",
        "case_number": case.number,
        "case_title": case.title,
        "handler": case.handler.name if case.handler_id else actor.name,
        "today": on,
        "year": on.year,
        "act": act,
    }
    told = [(paper, *composing.facts_of(paper, case, general)) for paper in fitting]
    faults = [fault for _, _, found in told for fault in found]
    if faults:
        raise Refused.of(faults)
    made = []
    for paper, facts, _ in told:
        number = _number(paper, case, area, on)
        signed = paper.papers.organ(case) or organ
        content = composing.compose(paper, facts, organ=signed, number=number, on=on)
        made.append(_row(paper, case, content, actor=actor, at=at, on=on))
    return Issued.objects.bulk_create(made)


def _number(paper: Paper, case: Any, area: str, on: date) -> str:
    """This next number of the paper's own series, or that of its case with the paper's code; empty for one without."""
    pattern = paper.template.number
    if not pattern:
        return ""
    if "{case_serial}" in pattern:
        return _number_of_case(pattern, case, area)
    series = Series(pattern)
    (serial,) = numbering.take(jurisdiction_id=case.jurisdiction_id, series=f"paper:{pattern}", year=on.year)
    return numbering.write_out(series, area=area, unit=case.unit.short_name, year=on.year, serials=[serial])[0]


def _number_of_case(pattern: str, case: Any, area: str) -> str:
    """One case, one number (一案一号): the year and serial of the case; a second paper of the kind is 12-2.

    A case that came from a ledger with a number of another make is cited with all of it.
    """
    unit = case.unit.short_name
    series = keeping_of(type(case)).number
    own = numbering.read_back(series, case.number, area=area, unit=unit) if series is not None else None
    if own is None:
        code = pattern.partition("〔")[0].format(area=area, unit=unit)
        plain, again = f"{code}（{case.number}）", f"{code}（{case.number}）-{{}}"
    else:
        year, serial = own
        plain = pattern.format(area=area, unit=unit, year=year, case_serial=serial)
        again = pattern.format(area=area, unit=unit, year=year, case_serial=f"{serial}-{{}}")
    taken = set(Issued.objects.filter(matter_id=case.id).values_list("number", flat=True))
    return next(each for turn in count(2) for each in (plain, again.format(turn)) if each not in taken)


def _row(paper: Paper, case: Any, content: dict[str, Any], *, actor: Actor, at: datetime, on: date) -> Issued:
    return Issued(
        jurisdiction_id=case.jurisdiction_id,
        matter_id=case.id,
        paper=paper.key,
        title=paper.label,
        number=content["number"] or None,
        template_version=paper.template.version,
        content=composing.canonical(content).decode(),
        digest=composing.digest(content),
        code="".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
        secrecy=case.secrecy,
        openness=Openness[paper.template.openness.name],
        kept=paper.kept,
        issued_on=on,
        issued_at=at,
        issued_by_id=actor.account_id,
    )


def revoke(issued_id: int, *, reason: str, actor: Actor, at: datetime) -> Issued:
    """Let a paper no longer stand, with the reason; it stays in the file and its number stays taken."""
    if not reason.strip():
        raise Refused(Fault("请写明撤回原因", "reason"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="paper.revoke", at=at):
        issued, case = _held(issued_id, actor)
        if issued.revoked_for:
            raise NotYours("该文书已经撤回")
        issued.revoked_for = reason.strip()[:200]
        issued.save(update_fields=["revoked_for"])
        steps.note(case, "paper.revoke", actor=actor, at=at, on=at.date(), text=f"{issued}：{reason}")
        return issued


def seal(issued_id: int, *, owner: str, copies: int, actor: Actor, at: datetime, on: date | None = None) -> Sealing:
    """Record that a seal was put on a paper."""
    if not owner.strip() or copies < 1:
        raise Refused(Fault("请填写印章名称和份数（至少1份）", "owner"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="paper.seal", at=at):
        issued, case = _held(issued_id, actor)
        _standing(issued)
        day = _past(on or at.date(), issued.issued_on, at, "on", "用印日期")
        made = Sealing.objects.create(
            jurisdiction_id=issued.jurisdiction_id, paper=issued, owner=owner.strip()[:80], copies=copies, sealed_on=day,
            sealed_by_id=_account(actor),
        )  # fmt: skip
        steps.note(case, "paper.seal", actor=actor, at=at, on=day, text=f"{issued}：{owner}，{copies}份")
        return made


def serve(
    issued_id: int,
    *,
    recipient: str,
    way: str,
    posted_on: date,
    actor: Actor,
    at: datetime,
    received_on: date | None = None,
    evidence: str = "",
) -> Service:
    """Record that a paper was sent to a recipient, and received if it is known already."""
    if not recipient.strip():
        raise Refused(Fault("请填写受送达人", "recipient"))
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="paper.serve", at=at):
        issued, case = _held(issued_id, actor)
        _standing(issued)
        _past(posted_on, issued.issued_on, at, "posted_on", "交寄（送出）日期")
        if received_on is not None:
            _past(received_on, posted_on, at, "received_on", "签收日期")
        made = Service.objects.create(
            jurisdiction_id=issued.jurisdiction_id, paper=issued, recipient=recipient.strip()[:80], way=way,
            posted_on=posted_on, received_on=received_on, evidence=evidence[:200], served_by_id=_account(actor),
        )  # fmt: skip
        steps.note(
            case,
            "paper.serve",
            actor=actor,
            at=at,
            on=posted_on,
            text=f"{issued}：{recipient}，{made.get_way_display()}",
        )
        return made


def received(service_id: int, *, on: date, evidence: str, actor: Actor, at: datetime) -> Service:
    """Record the day a paper sent earlier was received."""
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="paper.received", at=at):
        service = Service.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
        if service is None:
            raise Unseen(f"service {service_id}")
        issued, case = _held(service.paper_id, actor)
        if service.received_on is not None:
            raise NotYours(f"签收日期已登记为{service.received_on.isoformat()}")
        service.received_on = _past(on, service.posted_on, at, "received_on", "签收日期")
        service.evidence = evidence[:200] or service.evidence
        service.save(update_fields=["received_on", "evidence"])
        steps.note(case, "paper.received", actor=actor, at=at, on=on, text=f"{issued}：{service.recipient}")
        return service


def _held(issued_id: int, actor: Actor) -> tuple[Issued, Any]:
    """The paper and its case, if the case exists for the actor."""
    issued = Issued.objects.select_related("matter").filter(pk=issued_id).first()
    if issued is None:
        raise Unseen(f"paper {issued_id}")
    workflow = workflow_named(issued.matter.record)
    case: Any = fetch(actor, workflow.record, issued.matter_id, lock=True)
    if not actor.system and not any(
        hat.unit_id in case.unit.audience for hat in actor.hats_in(workflow.line, workflow.correctors())
    ):
        raise NotYours(f"文书由{'、'.join(role.label for role in workflow.correctors())}办理")
    return issued, case


def _standing(issued: Issued) -> None:
    if issued.revoked_for:
        raise NotYours("该文书已经撤回，不能再用印或送达")


def _past(day: date, floor: date, at: datetime, field: str, label: str) -> date:
    if day > at.date():
        raise Refused(Fault(f"{label}{day.isoformat()}晚于今天，请核对", field))
    if day < floor:
        raise Refused(Fault(f"{label}{day.isoformat()}早于{floor.isoformat()}，请核对", field))
    return day


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotYours("用印和送达由人办理")
    return actor.account_id
