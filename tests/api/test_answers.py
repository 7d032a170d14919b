"""What is described is what is served: every answer against the document made of the same declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from fazhi.api.views.described import document
from fazhi.kernel.records.measures.declaring import MEASURES
from fazhi.kernel.records.register import REGISTERS, Listing, register_of
from tests.api.conftest import Api, Scene, content, faults
from tests.api.schemas import of_answer, violations

CASES = register_of("mediation.cases")


def fits(response: HttpResponse, path: str, method: str = "get") -> Any:
    """The answer's content, which is what the document says it is."""
    made = content(response)
    assert violations(made, of_answer(document(), path, method, response.status_code), document()) == []
    return made


def test_the_document_describes_every_address(scene: Scene, by_token: Callable[..., Api]) -> None:
    from fazhi.api.urls import urlpatterns  # noqa: PLC0415

    told = content(by_token("head").get("openapi.json"))
    assert told["openapi"] == "3.1.0"
    described = set(told["paths"])
    for pattern in urlpatterns:
        path = "/api/" + str(pattern.pattern)
        for generic, real in (
            ("<slug:line>/<slug:register>", "mediation/cases"), ("<int:record_id>", "{record_id}"),
            ("<slug:act>", "accept"), ("<int:token_id>", "{token_id}"),
        ):  # fmt: skip
            path = path.replace(generic, real)
        assert path in described, path
    names = [operation["operationId"] for path in told["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)), "every operation has a name of its own"


def test_the_catalogue(scene: Scene, by_token: Callable[..., Api]) -> None:
    told = fits(by_token("east").get("registers"), "/api/registers")
    cases = next(each for each in told["registers"] if each["key"] == "mediation.cases")
    assert cases["href"] == "/api/mediation/cases"
    assert {"key": "applicant", "label": "申请人", "least": 1} in cases["parties"]
    assert next(act for act in cases["acts"] if act["key"] == "accept")["to"] == "mediating"
    assert {"key": "neighbour", "label": "邻里纠纷"} in next(
        column for column in cases["columns"] if column["name"] == "kind"
    )["choices"]


@pytest.mark.parametrize("key", sorted(REGISTERS))
def test_every_list(scene: Scene, by_token: Callable[..., Api], key: str) -> None:
    register = REGISTERS[key]
    path = f"/api/{register.keeping.line}/{register.slug()}"
    everything = ",".join(column["name"] for column in _columns(by_token("head"), key))
    response = by_token("head").get(path.removeprefix("/api/"), total="1", columns=everything)
    told = fits(response, path)
    assert told["total"] == len(told["rows"]) == Listing(register, scene.world.actor("head")).total()


def _columns(api: Api, key: str) -> list[dict[str, Any]]:
    found = next(each for each in content(api.get("registers"))["registers"] if each["key"] == key)
    columns: list[dict[str, Any]] = found["columns"]
    return columns


@pytest.mark.parametrize(
    ("name", "register"),
    [("open", "cases"), ("settled", "cases"), ("void", "cases"), ("organisation", "organisations"),
     ("mediator", "mediators"), ("appraisal", "appraisals")],
)  # fmt: skip
def test_every_record(scene: Scene, by_token: Callable[..., Api], name: str, register: str) -> None:
    told = fits(
        by_token("east").get(f"mediation/{register}/{scene.id(name)}"), f"/api/mediation/{register}/{{record_id}}"
    )
    assert told["id"] == scene.id(name)
    assert told["version"] == scene.records[name].__class__.objects.get(pk=scene.id(name)).version


def test_a_case_with_everything_around_it(scene: Scene, by_token: Callable[..., Api]) -> None:
    told = content(by_token("east").get(f"mediation/cases/{scene.id('settled')}"))
    assert told["values"]["state"] == "succeeded"
    assert told["values"]["amount"] == "1234.50"
    assert told["values"]["unit"] == {"id": scene.world.units["east"].id, "name": "东桥"}
    assert told["values"]["mediator"]["name"] == "丁一"
    assert [step["act"] for step in told["timeline"]] == ["open", "accept", "succeed"]
    assert told["timeline"][1]["on"] == "2022-03-02"
    assert told["parties"][0] == {
        "id": told["parties"][0]["id"], "role": "applicant", "kind": "person", "name": "甲某",
        "identity": "110***********4514", "phone": "138****1234", "address": None,
    }  # fmt: skip
    assert [clock["key"] for clock in told["clocks"]] == ["conclude"]
    acts = {act["key"] for act in told["acts"]}
    assert {"visit", "perform", "archive"} <= acts
    assert "accept" in {act["key"] for act in told["barred"]}
    leader = content(by_token("leader").get(f"mediation/cases/{scene.id('settled')}"))
    assert leader["acts"] == []
    assert leader["may_correct"] is False


def test_pages_by_cursor_forth_and_back(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("head")
    first = content(api.get("mediation/cases", size="2"))
    second = content(api.get("mediation/cases", size="2", cursor=first["after"]))
    assert first["before"] is None
    assert second["after"] is None
    assert len({row["id"] for row in first["rows"] + second["rows"]}) == 3
    back = content(api.get("mediation/cases", size="2", cursor=second["before"]))
    assert back["rows"] == first["rows"]


def test_the_parameters_of_the_page_on_screen(scene: Scene, by_token: Callable[..., Api]) -> None:
    api = by_token("head")
    found = content(api.get("mediation/cases", state="succeeded", columns="number,summary", total="1"))
    assert [row["summary"] for row in found["rows"]] == ["已成功"]
    assert found["total"] == 1
    assert set(found["rows"][0]) == {"id", "number", "summary"}
    with_void = content(api.get("mediation/cases", void="1", total="1"))
    assert with_void["total"] == 4


@pytest.mark.parametrize(
    ("parameters", "field"),
    [({"accepted_on_from": "前年"}, "accepted_on"), ({"size": "0"}, "size"), ({"size": "201"}, "size"),
     ({"columns": "weather"}, "columns"), ({"order": "weather"}, "order"), ({"state": "sleeping"}, "state"),
     ({"cursor": "ax~5"}, "cursor")],
)  # fmt: skip
def test_what_cannot_be_read_is_not_passed_over(
    scene: Scene, by_token: Callable[..., Api], parameters: dict[str, str], field: str
) -> None:
    response = by_token("head").get("mediation/cases", **parameters)
    assert response.status_code == 422
    fits(response, "/api/mediation/cases")
    assert [where for where, _ in faults(response)] == [field]


def test_figures_of_a_year(scene: Scene, by_token: Callable[..., Api]) -> None:
    told = fits(by_token("head").get("figures", year="2022"), "/api/figures")
    assert len(told["figures"]) == len(MEASURES)
    figures = {figure["key"]: figure for figure in told["figures"]}
    assert figures["mediation.succeeded"]["value"] == "1"
    assert figures["mediation.agreement_amount"]["value"] == "1234.5"
    east = content(by_token("head").get("figures", year="2022", unit="west", keys="mediation.succeeded"))
    assert [(figure["value"], figure["state"]) for figure in east["figures"]] == [("0", "zero")]
    for wrong in ({"year": "MMXXII"}, {"keys": "weather"}, {"unit": "zz"}):
        response = by_token("head").get("figures", **wrong)
        assert response.status_code == 422
        fits(response, "/api/figures")


@pytest.mark.parametrize("size", ["1", "3"])
def test_a_page_costs_few_statements(scene: Scene, by_token: Callable[..., Api], size: str) -> None:
    api = by_token("head")
    api.get("mediation/cases")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert api.get("mediation/cases", size=size, total="1").status_code == 200
    asked = [
        query["sql"] for query in captured.captured_queries if query["sql"].startswith(("SELECT", "UPDATE", "INSERT"))
    ]
    # The session's settings, the token, ids and rows of the page, the total.
    assert len(asked) <= 5, asked


def test_a_page_by_session_costs_fewer(scene: Scene, by_session: Callable[[str], Api]) -> None:
    api = by_session("head")
    api.get("mediation/cases")
    with CaptureQueriesContext(connection) as captured:
        assert api.get("mediation/cases").status_code == 200
    asked = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    assert len(asked) <= 3, asked
