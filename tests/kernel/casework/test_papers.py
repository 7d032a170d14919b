"""Papers: issued with the act or not at all, numbered without gaps, unchanged ever after; sealed, served, revoked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.papers import composing, issuing
from fazhi.kernel.casework.papers.models import Issued, Sealing, Service
from fazhi.kernel.casework.papers.rendering import to_docx, to_html, to_pdf
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from fazhi.kernel.testing.traces import fingerprint
from fazhi.lines.mediation.models import Mediation
from fazhi.lines.mediation.papers import MediationPapers
from fazhi.lines.mediation.workflow import Mediating
from tests.lines.mediation.factories import mediator, opened
from tests.world import AT, World, world

__all__ = ["world"]


def accepted(world: World) -> Mediation:
    case = opened(world)
    return procedure.act(Mediation, case.id, Mediating.accept, actor=world.actor("east"), at=AT, on=date(2022, 3, 2))


def settled(world: World, **more: Any) -> Mediation:
    case = accepted(world)
    values = {
        "mediator": mediator(world, case.organisation).id, "agreement_form": "written",
        "agreement": "乙某于三日内清走杂物。", "amount": 123_450, **more,
    }  # fmt: skip
    return procedure.act(
        Mediation, case.id, Mediating.succeed, values, actor=world.actor("east"), at=AT, on=date(2022, 3, 9)
    )


def refused(error: type[Exception], call: Callable[[], Any]) -> None:
    before = fingerprint([Issued, Sealing, Service, Mediation])
    with pytest.raises(error), transaction.atomic():
        call()
    assert fingerprint([Issued, Sealing, Service, Mediation]) == before


def test_an_act_issues_its_papers_with_number_text_and_hash(world: World) -> None:
    case = settled(world)
    paper = Issued.objects.get(matter_id=case.id, paper="agreement")
    assert (paper.number, paper.issued_on, paper.revoked_for) == ("青江东桥人调协〔2022〕1号", date(2022, 3, 9), "")
    content = json.loads(paper.content.reveal())
    said = "\n".join(block["text"] for block in content["blocks"])
    assert "乙某于三日内清走杂物。" in said
    assert "协议涉及金额1,234.50元。" in said
    assert "履行方式和期限" not in said
    assert paper.digest == composing.digest(content)
    assert set(Issued.objects.filter(matter_id=case.id).values_list("paper", flat=True)) == {
        "registration", "rights_notice", "agreement",
    }  # fmt: skip


def test_what_is_stored_names_nobody_in_the_clear(world: World) -> None:
    case = settled(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '|') FROM papers_issued t")
        assert "清走杂物" not in cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(image::text, '|') FROM audit_payload WHERE image ? 'digest'")
        assert "清走杂物" not in cursor.fetchone()[0]
    assert Issued.objects.filter(matter_id=case.id).exists()


def test_a_paper_that_lacks_a_fact_keeps_the_act_from_happening(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MediationPapers.agreement, "when", None)
    case = accepted(world)
    helper = mediator(world, case.organisation).id

    def attempt() -> None:
        procedure.act(
            Mediation, case.id, Mediating.succeed, {"mediator": helper, "agreement_form": "written"},
            actor=world.actor("east"), at=AT, on=date(2022, 3, 9),
        )  # fmt: skip

    refused(Refused, attempt)
    with pytest.raises(Refused, match="《人民调解协议书》需要“协议主要内容”"), transaction.atomic():
        attempt()


def test_numbers_run_on_and_one_given_back_is_not_given_out(world: World) -> None:
    first = settled(world)
    with pytest.raises(Refused), transaction.atomic():
        settled(world, amount=-1)
    second = settled(world)
    numbers = [Issued.objects.get(matter_id=case.id, paper="agreement").number for case in (first, second)]
    assert numbers == ["青江东桥人调协〔2022〕1号", "青江东桥人调协〔2022〕2号"]


def test_every_format_is_the_same_each_time(world: World) -> None:
    paper = Issued.objects.get(matter_id=settled(world).id, paper="agreement")
    document = composing.document(paper, address="https://law.example")
    assert to_pdf(document, at=paper.issued_at) == to_pdf(document, at=paper.issued_at)
    again = composing.document(paper, address="https://law.example")
    assert to_docx(document, at=paper.issued_at) == to_docx(again, at=paper.issued_at)
    assert paper.code in to_html(document)


def test_a_paper_is_sealed_served_and_received(world: World) -> None:
    paper = Issued.objects.get(matter_id=settled(world).id, paper="agreement")
    east = world.actor("east")
    issuing.seal(paper.pk, owner="东桥街道人民调解委员会", copies=3, actor=east, at=AT)
    service = issuing.serve(
        paper.pk, recipient="甲某", way="post", posted_on=date(2022, 3, 10), actor=east, at=AT, evidence="邮件单号 7"
    )
    issuing.received(service.pk, on=date(2022, 3, 12), evidence="回执", actor=east, at=AT)
    service.refresh_from_db()
    assert (service.posted_on, service.received_on, service.evidence) == (date(2022, 3, 10), date(2022, 3, 12), "回执")
    refused(NotYours, lambda: issuing.received(service.pk, on=date(2022, 3, 13), evidence="", actor=east, at=AT))


def test_service_keeps_to_the_order_of_days_and_to_those_who_may(world: World) -> None:
    paper = Issued.objects.get(matter_id=settled(world).id, paper="agreement")

    def serve(name: str = "east", **days: date) -> Any:
        values: dict[str, Any] = {"posted_on": date(2022, 3, 10), **days}
        return lambda: issuing.serve(paper.pk, recipient="甲某", way="post", actor=world.actor(name), at=AT, **values)

    refused(Refused, serve(posted_on=date(2022, 3, 8)))
    refused(Refused, serve(received_on=date(2022, 3, 9)))
    refused(Refused, serve(received_on=date(2023, 3, 9)))
    refused(Unseen, serve("west"))
    refused(NotYours, serve("leader"))
    refused(Unseen, serve("auditor"))


def test_a_revoked_paper_stays_with_its_number_and_goes_nowhere(world: World) -> None:
    paper = Issued.objects.get(matter_id=settled(world).id, paper="agreement")
    east = world.actor("east")
    refused(Refused, lambda: issuing.revoke(paper.pk, reason=" ", actor=east, at=AT))
    issuing.revoke(paper.pk, reason="金额写错", actor=east, at=AT)
    paper.refresh_from_db()
    assert (paper.number, paper.revoked_for) == ("青江东桥人调协〔2022〕1号", "金额写错")
    refused(NotYours, lambda: issuing.seal(paper.pk, owner="章", copies=1, actor=east, at=AT))
    refused(
        NotYours,
        lambda: issuing.serve(paper.pk, recipient="甲某", way="post", posted_on=AT.date(), actor=east, at=AT),
    )
