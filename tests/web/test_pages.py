"""Pages of registers and records: what they show to whom, and what they cost."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.web import scene
from tests.world import World

Enters = Callable[[str], Client]


def test_pages_answer(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    scene.mediator(world, home)
    case = scene.accepted(world, scene.case(world, home))
    client = enters("east")
    base = f"/mediation/cases/{case.id}/"
    for address in (
        "/", "/inbox/", "/inbox/?tab=handled", "/due/", "/search/", "/search/?q=楼道", "/mediation/",
        "/mediation/cases/", "/mediation/mediators/", "/mediation/organisations/", "/mediation/oral/new/",
        "/mediation/cases/new/", "/mediation/cases/new/?mode=history", "/mediation/appraisals/new/", base,
        f"{base}timeline/", f"{base}papers/", f"{base}files/", f"{base}clocks/", f"{base}links/", f"{base}history/",
        f"{base}act/succeed/", f"{base}correct/", f"{base}assign/", f"{base}void/",
        f"/mediation/organisations/{home.id}/", f"/mediation/organisations/{home.id}/links/",
        f"/mediation/organisations/{home.id}/correct/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
