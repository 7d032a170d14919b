"""What the workflows of reconsideration allow, and everything they refuse."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.workflow import Act, State, Workflow
from fazhi.kernel.testing.conformance import WorkflowConformance
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.workflow import Reconsidering, Reviewing, Suggesting
from tests.lines.reconsideration.factories import ANSWERS, AT, BEGUN, FACTS, accepted
from tests.world import world

__all__ = ["world"]


class _Section(WorkflowConformance):
    """What the workflows of the section share: who opens, who is kept out, when."""

    unit = "review"
    opener = "handler"
    at = AT
    begun: ClassVar[date] = BEGUN


class TestReconsidering(_Section):
    workflow: ClassVar[type[Workflow]] = Reconsidering
    answers = ANSWERS
    doers = {"deem": "head", "prolong_supplement": "head"}

    def facts(self, world: Any) -> dict[str, Any]:
        return dict(FACTS)

    def brought_to(self, world: Any, state: State) -> tuple[Any, date]:
        case, day = self.opened(world), self.begun
        source = self.workflow.initial
        for act in self.workflow.path_to(state):
            case, day = self._prepared(world, case, act, source, day)
            day += timedelta(1)
            case = self.done(world, case, act, day)
            source = act.to or source
        assert case.state == state.key
        return case, day

    def ready(self, world: Any, act: Act, source: State) -> tuple[Any, date]:
        case, day = self.brought_to(world, source)
        return self._prepared(world, case, act, source, day)

    def _prepared(self, world: Any, case: Any, act: Act, source: State, day: date) -> tuple[Any, date]:
        """The case with what must have been done before ``act``, and the day before the one on which it can be done."""
        w = Reconsidering
        if act is w.deem:
            return case, case.due_on - timedelta(1)
        if act is w.convert:
            simplified = {"track": "simplified", "simplified_ground": "warning"}
            case = procedure.correct(
                Application, case.id, simplified, reason="登记有误", actor=world.actor("handler"), at=AT
            )
        for needed in self._before(act, source):
            day += timedelta(1)
            case = self.done(world, case, needed, day)
        return case, day + timedelta(30) if act is w.abandon else day

    def _before(self, act: Act, source: State) -> list[Act]:
        """What must have been done before ``act``, which for closing depends on how the case ended."""
        w = Reconsidering
        if act is w.abandon:
            return [w.serve_supplement]
        if act is w.decide:
            return [w.hear_opinions]
        if act in (w.copy_upward, w.order_performance):
            return [w.serve]
        if act is not w.archive or source in (w.abandoned, w.taken_back):
            return []
        return [w.serve, w.perform] if source in (w.decided, w.mediated) else [w.serve]


class TestSuggesting(_Section):
    workflow: ClassVar[type[Workflow]] = Suggesting
    answers = {"reply": {"reply": "已经整改"}}

    def facts(self, world: Any) -> dict[str, Any]:
        return {
            "kind": "opinion", "application": accepted(world), "addressee": "区财政局", "problems": "未告知听证权利",
            "advice": "规范告知",
        }  # fmt: skip


class TestReviewing(_Section):
    workflow: ClassVar[type[Workflow]] = Reviewing
    answers = {
        "handle": {"finding": "条款与上位法抵触", "lawful": False, "order": "停止执行第四条"},
        "forward": {"forwarded_to": "青江市人民政府"},
        "answer": {"finding": "条款合法", "lawful": True},
    }

    def facts(self, world: Any) -> dict[str, Any]:
        return {
            "application": accepted(world),
            "document": "青财发〔2025〕9号",
            "clauses": "第四条",
            "maker": "区财政局",
        }
