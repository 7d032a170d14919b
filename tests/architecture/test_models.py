"""Relations between tables keep to the storeys too, also those written as text, which no import shows."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.sources import CHECKOUT

_LINES = "fazhi.lines."


def _containers() -> dict[str, dict[str, tuple[int, str]]]:
    """Returns for each container of the import contracts its packages: on which floor, and how that floor is divided."""
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found: dict[str, dict[str, tuple[int, str]]] = {}
    for contract in contracts["contracts"]:
        if contract["type"] == "layers":
            for container in contract["containers"]:
                found[container] = {
                    name.strip(" ()"): (floor, "|" if "|" in layer else ":")
                    for floor, layer in enumerate(reversed(contract["layers"]))
                    for name in layer.replace("|", ":").split(":")
                }
    return found


CONTAINERS = _containers()


def fault(source: str, target: str) -> str | None:
    """Returns why a table of package `source` may not point to one of package `target`, `None` when it may."""
    if source.startswith(_LINES) and target.startswith(_LINES) and source.split(".")[2] != target.split(".")[2]:
        return "one line's table points into another line"
    here, there = source.split("."), target.split(".")
    for depth in range(1, min(len(here), len(there))):
        if here[:depth] != there[:depth]:
            break
        floors = CONTAINERS.get(".".join(here[:depth]))
        if floors is None or here[depth] == there[depth]:
            continue
        (mine, _), (its, division) = floors[here[depth]], floors[there[depth]]
        if its > mine:
            return "the table pointed to is on a higher storey"
        if its == mine and division == "|":
            return "the two are neighbours that do not know each other"
    return None


def _relations() -> Iterator[tuple[type[models.Model], Any, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            target = field.related_model
            if isinstance(target, type) and not (field.auto_created and not field.concrete):
                yield model, field, target


def _package(model: type[models.Model]) -> str:
    return model._meta.app_config.name


def test_relations_point_downwards() -> None:
    ours = [each for each in _relations() if _package(each[0]).startswith("fazhi.")]
    assert len(ours) > 10, "relations are not found any more"
    faults = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}: {why}"
        for model, field, target in ours
        if _package(target).startswith("fazhi.") and (why := fault(_package(model), _package(target)))
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("fazhi.kernel.ground.access", "fazhi.kernel.ground.core", None),
        ("fazhi.kernel.ground.core", "fazhi.kernel.ground.access", "higher storey"),
        ("fazhi.kernel.ground.access", "fazhi.kernel.ground.orgs", None),
        ("fazhi.kernel.casework.matters", "fazhi.kernel.ground.orgs", None),
        ("fazhi.kernel.ground.orgs", "fazhi.kernel.casework.matters", "higher storey"),
        ("fazhi.kernel.casework.matters", "fazhi.lines.mediation", "higher storey"),
        ("fazhi.lines.mediation", "fazhi.kernel.casework.matters", None),
        ("fazhi.lines.mediation", "fazhi.lines.litigation", "another line"),
        ("fazhi.lines.mediation", "fazhi.lines.mediation", None),
        ("fazhi.web", "fazhi.api", "do not know each other"),
    ],
)
def test_the_rule_itself(source: str, target: str, why: str | None) -> None:
    said = fault(source, target)
    assert said is None if why is None else why in str(said)
