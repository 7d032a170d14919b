"""Conformance of a workflow: what it allows works, what it does not is refused and leaves no trace.

A test module subclasses :class:`WorkflowConformance`, names the workflow and gives sample facts and answers::

    class TestMediating(WorkflowConformance):
        workflow = Mediating
        answers = {"succeed": {"agreement_form": "written"}}

        def facts(self, world):
            return {"organisation": committee(world), "kind": "family", "summary": "…"}

``needs`` names acts that must have been done before another; ``doers`` who does what the opener may not; ``approvers`` who
agrees for each post where an act needs approval. The ``world`` fixture of the suite gives units, accounts and actors by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, ClassVar, Protocol

import pytest
from django.db import transaction

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.approvals.models import Request, RequestState
from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.workflow import Act, State, Workflow
from fazhi.kernel.casework.parties.models import PartyFacts
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.roles import ADMINISTRATORS, ROLES
from fazhi.kernel.ground.core.errors import Conflict, NotYours, Refused, Unseen
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.testing.traces import audited, fingerprint


class District(Protocol):
    """What the suite's world gives."""

    units: dict[str, Unit]
    actors: dict[str, Actor]

    def enter(self) -> None:
        """Set the session of the running transaction."""


class WorkflowConformance:
    """The tests of one workflow; subclasses give the sample."""

    workflow: ClassVar[type[Workflow]]
    answers: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    unit: ClassVar[str] = "east"
    opener: ClassVar[str] = "east"
    outsider: ClassVar[str] = "west"
    doers: ClassVar[Mapping[str, str]] = {}
    needs: ClassVar[Mapping[str, Sequence[str]]] = {}
    approvers: ClassVar[Mapping[str, str]] = {"section_head": "head", "leader": "leader"}
    at: ClassVar[datetime]
    begun: ClassVar[date] = date(2022, 3, 1)

    def facts(self, world: Any) -> dict[str, Any]:
        """These values of one faultless record."""
        raise NotImplementedError

    def parties(self) -> Sequence[PartyFacts]:
        """One party of every role that must be there."""
        return [PartyFacts(role.key, f"{role.label}甲") for role in self.workflow.parties if role.least]

    def answer(self, world: Any, act: Act) -> Mapping[str, Any]:
        """These values for the form of ``act``."""
        return self.answers.get(act.key, {})

    @property
    def record(self) -> Any:
        """The workflow's record kind."""
        return self.workflow.record

    # -- the story so far ----------------------------------------------------------------------------------------------

    def opened(self, world: Any) -> Any:
        """A fresh record."""
        return procedure.open(
            self.record, self.facts(world), actor=world.actors[self.opener], at=self.at,
            unit=world.units[self.unit], on=self.begun, parties=self.parties(),
        )  # fmt: skip

    def doer(self, world: Any, act: Act) -> Actor:
        """Somebody who may do ``act``: named in ``doers``, or the opener if one of the act's roles is theirs."""
        actor: Actor = world.actors[self.doers.get(act.key, self.opener)]
        return actor

    def brought_to(self, world: Any, state: State) -> tuple[Any, date]:
        """A record in ``state`` by the shortest way, and the legal day of its last step."""
        case, day = self.opened(world), self.begun
        for act in self.workflow.path_to(state):
            day += timedelta(1)
            case = self.done(world, case, act, day)
        assert case.state == state.key
        return case, day

    def ready(self, world: Any, act: Act, source: State) -> tuple[Any, date]:
        """A record in ``source`` on which ``act`` can be done, and the legal day of its last step."""
        case, day = self.brought_to(world, source)
        for name in self.needs.get(act.key, ()):
            day += timedelta(1)
            case = self.done(world, case, self.workflow.acts[name], day)
        return case, day

    def done(self, world: Any, case: Any, act: Act, day: date, **more: Any) -> Any:
        """The record after ``act``, agreed to by every post whose approval it needs."""
        after = procedure.act(
            self.record, case.id, act, self.answer(world, act), actor=self.doer(world, act), at=self.at, on=day,
            **more,
        )  # fmt: skip
        if not act.approved:
            return after
        request = Request.objects.get(matter_id=case.id, state=RequestState.PENDING)
        for role in (role for stage in act.approved for role in stage):
            deciding.agree(request.id, actor=world.actors[self.approvers[role.key]], at=self.at)
        return self.record.objects.get(pk=case.id)

    def refused(self, error: type[Exception], *calls: Any) -> None:
        """Hold that each call raises ``error`` and changes nothing."""
        before = fingerprint([self.record])
        for call in calls:
            with pytest.raises(error), transaction.atomic():
                call()
        assert fingerprint([self.record]) == before

    # -- what holds ----------------------------------------------------------------------------------------------------

    def test_every_act_leads_where_it_says_and_is_written_once(self, world: Any) -> None:
        for act in self.workflow.acts.values():
            for source in act.sources:
                case, day = self.ready(world, act, source)
                steps, entries = Step.objects.filter(matter_id=case.id).count(), audited(self.record, case.id)
                after = self.done(world, case, act, day + timedelta(1))
                target = act.to or source
                assert (after.state, after.phase) == (target.key, target.phase), act
                card = Matter.objects.get(pk=case.id)
                assert (card.state, card.phase, card.version) == (after.state, after.phase, after.version), act
                # What needs approval is asked for, and taken off the desk, before it takes effect.
                changes = 3 if act.approved else 1
                posts = sum(map(len, act.approved))
                assert after.version == case.version + changes, act
                assert Step.objects.filter(matter_id=case.id).count() == steps + 1 + bool(posts) + posts, act
                assert audited(self.record, case.id) == entries + changes, act
                if act.stamps:
                    assert getattr(after, act.stamps) == day + timedelta(1), act

    def test_every_act_not_declared_in_a_state_is_refused(self, world: Any) -> None:
        for state in self.workflow.states.values():
            case, day = self.brought_to(world, state)
            wrong = [act for act in self.workflow.acts.values() if state not in act.sources]
            self.refused(NotYours, *[partial(self.done, world, case, act, day) for act in wrong])

    def test_every_act_is_refused_to_everybody_else(self, world: Any) -> None:
        for act in self.workflow.acts.values():
            case, day = self.brought_to(world, act.sources[0])
            for name, actor in world.actors.items():
                self._held_back(world, act, case, day, name, actor)

    def _held_back(self, world: Any, act: Act, case: Any, day: date, name: str, actor: Actor) -> None:
        seen = any(hat.unit_id in world.units[self.unit].audience for hat in actor.hats_in(self.workflow.line))
        named = {role.key for role in act.by}
        roles = {
            hat.role for hat in actor.hats_in(self.workflow.line) if hat.unit_id in world.units[self.unit].audience
        }
        administrator = any(ROLES[hat.role] in ADMINISTRATORS for hat in actor.hats)
        if seen and roles & named and name != self.outsider:
            return

        def attempt() -> None:
            procedure.act(
                self.record, case.id, act, self.answer(world, act), actor=actor, at=self.at,
                on=day + timedelta(1),
            )  # fmt: skip

        self.refused(Unseen if administrator or not seen else (Unseen, NotYours), attempt)  # type: ignore[arg-type]

    def test_each_answer_asked_for_must_be_there(self, world: Any) -> None:
        for act in self.workflow.acts.values():
            for name in act.asks:
                case, day = self.brought_to(world, act.sources[0])
                if getattr(case, getattr(case._meta.get_field(name), "attname", name)) not in (None, ""):
                    continue
                given = {key: value for key, value in self.answer(world, act).items() if key != name}

                def attempt(act: Act = act, case: Any = case, day: date = day, given: Any = given) -> None:
                    procedure.act(
                        self.record, case.id, act, given, actor=self.doer(world, act), at=self.at,
                        on=day + timedelta(1),
                    )  # fmt: skip

                self.refused(Refused, attempt)

    def test_a_day_to_come_and_a_day_before_the_last_step_are_refused(self, world: Any) -> None:
        for act in self.workflow.acts.values():
            case, day = self.brought_to(world, act.sources[0])
            tomorrow = self.at.date() + timedelta(1)
            self.refused(
                Refused,
                partial(self.done, world, case, act, tomorrow),
                partial(self.done, world, case, act, day - timedelta(1)),
            )

    def test_somebody_elses_change_in_between_is_refused_with_both_values(self, world: Any) -> None:
        act = next(each for each in self.workflow.acts.values() if self.workflow.initial in each.sources)
        case = self.opened(world)
        self.refused(Conflict, lambda: self.done(world, case, act, self.begun + timedelta(1), version=case.version + 1))

    def test_a_void_record_stays_and_can_no_longer_be_acted_on(self, world: Any) -> None:
        case = self.opened(world)
        voided = procedure.void(self.record, case.id, reason="重复登记", actor=world.actors[self.opener], at=self.at)
        assert (voided.phase, Matter.objects.get(pk=case.id).phase) == (Phase.VOID, Phase.VOID)
        acts = [act for act in self.workflow.acts.values() if self.workflow.initial in act.sources]
        self.refused(
            NotYours,
            *[partial(self.done, world, case, act, self.begun + timedelta(1)) for act in acts],
            lambda: procedure.correct(
                self.workflow.record,
                case.id,
                {"title": "改"},
                reason="更正",
                actor=world.actors[self.opener],
                at=self.at,
            ),
        )

    def test_a_record_of_another_unit_does_not_exist(self, world: Any) -> None:
        case = self.opened(world)
        actor = world.actors[self.outsider]
        record = self.record
        self.refused(
            Unseen,
            lambda: procedure.correct(record, case.id, {}, reason="更正", actor=actor, at=self.at),
            lambda: procedure.void(record, case.id, reason="作废", actor=actor, at=self.at),
            lambda: procedure.assign(record, case.id, actor=actor, at=self.at, handler_id=actor.account_id),
        )
