"""What the workflows of mediation allow, and everything they refuse."""

from __future__ import annotations

from typing import Any, ClassVar

from fazhi.kernel.casework.matters.workflow import Act, Workflow
from fazhi.kernel.testing.conformance import WorkflowConformance
from fazhi.lines.mediation.workflow import CommercialMediating, Mediating, Referring
from tests.lines.mediation.factories import committee, mediator
from tests.world import AT, world

__all__ = ["world"]


class TestMediating(WorkflowConformance):
    workflow: ClassVar[type[Workflow]] = Mediating
    needs = {"confirm": ["apply_confirmation"]}
    at = AT

    def facts(self, world: Any) -> dict[str, Any]:
        return {"organisation": committee(world), "kind": "family", "summary": "赡养费"}

    def answer(self, world: Any, act: Act) -> dict[str, Any]:
        answers: dict[str, dict[str, Any]] = {
            "decline": {"ended_for": "不属于民间纠纷"},
            "succeed": {"mediator": mediator(world, committee(world)).id, "agreement_form": "written"},
            "fail": {"ended_for": "分歧过大"},
            "perform": {"performance": "performed"},
            "confirm": {"court": "青江区人民法院"},
        }
        return answers.get(act.key, {})


class TestCommercialMediating(TestMediating):
    workflow = CommercialMediating

    def facts(self, world: Any) -> dict[str, Any]:
        return {"organisation": committee(world, kind="commercial"), "area": "trade", "summary": "货款"}

    def answer(self, world: Any, act: Act) -> dict[str, Any]:
        if act.key == "succeed":
            return {"mediator": mediator(world, committee(world, kind="commercial")).id}
        return super().answer(world, act)


class TestReferring(WorkflowConformance):
    workflow = Referring
    at = AT

    def facts(self, world: Any) -> dict[str, Any]:
        return {"sent_by": "court", "sender": "青江区人民法院", "summary": "物业费"}

    def answer(self, world: Any, act: Act) -> dict[str, Any]:
        answers: dict[str, dict[str, Any]] = {
            "receive": {"organisation": committee(world).id},
            "give_back": {"returned_for": "不属于本街道"},
            "answer": {"result": "已达成协议"},
        }
        return answers.get(act.key, {})
