"""Keeping and workflow: who enters a record kind, what is asked and checked, and how a case moves.

A declaration names objects, not strings::

    class Mediating(Workflow):
        record = Mediation
        line = "mediation"
        registered = State("已登记", Phase.OPEN, initial=True)
        mediating = State("调解中", Phase.OPEN)
        accept = Act("受理", registered, to=mediating, by=[MEDIATOR, LIAISON], stamps=Mediation.accepted_on)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from fazhi.kernel.casework.matters.checks import Check
from fazhi.kernel.casework.matters.models import Case, Child
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.ground.access.roles import BUSINESS, WORKING, Role
from fazhi.kernel.ground.core.errors import Misdeclared
from fazhi.kernel.ground.core.fields import field_of, name_of
from fazhi.kernel.ground.core.models import Record


@dataclass(frozen=True, slots=True)
class Series:
    """This way of numbering: ``pattern`` with ``{area} {unit} {year} {serial}``; ``per_unit`` counts each unit apart."""

    pattern: str
    per_unit: bool = False


@dataclass(frozen=True, slots=True)
class PartyRole:
    """This part somebody plays in a case, e.g. 申请人; ``least`` how many there must be."""

    key: str
    label: str
    least: int = 0


class Issuable(Protocol):
    """What an act may issue: a paper, which this part knows by its name only."""

    @property
    def key(self) -> str:
        """Its stable name."""

    @property
    def label(self) -> str:
        """The name people know it by."""


class Countersign:
    """These posts that decide side by side (会签); all must agree before the next stage."""

    def __init__(self, *roles: Role) -> None:
        self.roles = tuple(roles)


class State:
    """This state of a line's case; its key is the name it is assigned to."""

    def __init__(self, label: str, phase: Phase, *, initial: bool = False) -> None:
        self.label, self.phase, self.initial = label, phase, initial
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def __repr__(self) -> str:
        return f"State({self.key})"


class Act:
    """This act: from which states, to which (None: the state stays), by whom, what is asked, checked and done.

    ``asks`` are required fields, ``may_ask`` optional ones; ``forgoes`` are those of the required that a finished ledger
    (补录) may leave out, because they stand in the paper it tells of. ``stamps`` is the date field that takes the legal day
    (by default ``concluded_on`` when the phase becomes decided and ``closed_on`` when it becomes closed).
    ``does`` runs inside the transaction with the changed case, before the checks: child rows are added there.
    ``issues`` are the papers that go out with it (those that fit the case).
    ``adds`` is a kind of :class:`Child` row the act adds; what is asked may then be of the child too.
    ``approved`` names the posts that must agree, in order, before the act takes effect; several in one
    :class:`Countersign` decide side by side.
    """

    def __init__(
        self,
        label: str,
        *sources: State,
        to: State | None = None,
        by: Sequence[Role],
        asks: Sequence[Any] = (),
        may_ask: Sequence[Any] = (),
        forgoes: Sequence[Any] = (),
        stamps: Any = None,
        checks: Sequence[Check] = (),
        approved: Sequence[Role | Countersign] = (),
        adds: type[Child] | None = None,
        issues: Sequence[Issuable] = (),
        does: Callable[..., None] | None = None,
        help: str = "",
    ) -> None:
        self.label, self.sources, self.to, self.by, self.help = label, sources, to, tuple(by), help
        self.adds, self.issues = adds, tuple(issues)
        self.asks = tuple(name_of(each) for each in asks if not _of(each, adds))
        self.may_ask = tuple(name_of(each) for each in may_ask if not _of(each, adds))
        self.child_asks = tuple(name_of(each) for each in asks if _of(each, adds))
        self.child_may_ask = tuple(name_of(each) for each in may_ask if _of(each, adds))
        forgone = {name_of(each) for each in forgoes}
        self.asks_of_ledgers = tuple(name for name in self.asks if name not in forgone)
        self.checks, self.does = tuple(checks), does
        self.approved = tuple(each.roles if isinstance(each, Countersign) else (each,) for each in approved)
        self.stamps = name_of(stamps) if stamps is not None else _default_stamp(sources, to)
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def __repr__(self) -> str:
        return f"Act({self.key})"

    @property
    def fields(self) -> tuple[str, ...]:
        """These fields of the case that the act's form shows, required first."""
        return self.asks + self.may_ask

    @property
    def child_fields(self) -> tuple[str, ...]:
        """These fields of the row it adds that the act's form shows, required first."""
        return self.child_asks + self.child_may_ask


def _of(reference: Any, child: type[Child] | None) -> bool:
    return child is not None and issubclass(child, field_of(reference).model)


def _default_stamp(sources: Iterable[State], to: State | None) -> str:
    if to is None:
        return ""
    phases = {state.phase for state in sources}
    if to.phase is Phase.DECIDED and Phase.DECIDED not in phases:
        return "concluded_on"
    if to.phase is Phase.CLOSED and Phase.CLOSED not in phases:
        return "closed_on"
    return ""


KEEPINGS: dict[type[Record], type[Keeping]] = {}


class Keeping:
    """How a record kind is kept: by which line, entered and corrected by whom, checked how, numbered how.

    ``part_of`` is the reference to the case that a case belongs to: its card says so too (所属事项).
    """

    record: ClassVar[type[Record]]
    line: ClassVar[str]
    enter_label: ClassVar[str] = "登记"
    enters: ClassVar[Sequence[Role]] = WORKING
    corrects: ClassVar[Sequence[Role] | None] = None
    reads: ClassVar[Sequence[Role]] = BUSINESS
    checks: ClassVar[Sequence[Check]] = ()
    parties: ClassVar[Sequence[PartyRole]] = ()
    number: ClassVar[Series | None] = None
    lookups: ClassVar[Callable[[Sequence[Mapping[str, Any]]], dict[str, Any]] | None] = None
    part_of: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "record" not in cls.__dict__:
            return
        if cls.record in KEEPINGS:
            other = KEEPINGS[cls.record].__qualname__
            raise Misdeclared(cls.__qualname__, f"{cls.record.__name__}已由{other}声明", "一个记录类别只声明一次")
        KEEPINGS[cls.record] = cls

    @classmethod
    def name(cls) -> str:
        """This record kind's stable name, ``<line>.<model>``."""
        return f"{cls.line}.{cls.record._meta.model_name}"

    @classmethod
    def fetched(cls, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """These lookups that checks of the kind need for a batch of rows (values by field name, references as ids)."""
        return cls.lookups(rows) if cls.lookups is not None else {}

    @classmethod
    def settle(cls, row: Any) -> None:
        """Fill in what follows from the facts of a new or corrected ``row`` and is kept with them; by default nothing."""

    @classmethod
    def correctors(cls) -> Sequence[Role]:
        """These roles that may correct; by default those that enter."""
        return cls.enters if cls.corrects is None else cls.corrects


class Workflow(Keeping):
    """A keeping with states and acts: how a case moves. In ``fixed`` states facts can no longer be corrected."""

    states: ClassVar[dict[str, State]] = {}
    acts: ClassVar[dict[str, Act]] = {}
    initial: ClassVar[State]
    fixed: ClassVar[Sequence[State]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.states = {key: each for key, each in vars(cls).items() if isinstance(each, State)}
        cls.acts = {key: each for key, each in vars(cls).items() if isinstance(each, Act)}
        _examine(cls)

    @classmethod
    def state_in_history(cls, case: Any) -> State:
        """This state a finished ledger row is in (补录). A line with outcomes says which; else: concluded or initial."""
        raise Misdeclared(cls.__qualname__, "没有说明补录记录处于哪个状态", "声明 state_in_history")

    @classmethod
    def path_to(cls, state: State) -> tuple[Act, ...]:
        """These acts, fewest first found, that lead from the initial state to ``state``."""
        queue: deque[tuple[State, tuple[Act, ...]]] = deque([(cls.initial, ())])
        seen = {cls.initial}
        while queue:
            here, acts = queue.popleft()
            if here is state:
                return acts
            for act in cls.acts.values():
                if here in act.sources and act.to is not None and act.to not in seen:
                    seen.add(act.to)
                    queue.append((act.to, (*acts, act)))
        raise Misdeclared(cls.__qualname__, f"状态{state.label}不可到达", "为它声明一个来路")


def _examine(cls: type[Workflow]) -> None:
    place = cls.__qualname__
    starts = [state for state in cls.states.values() if state.initial]
    if len(starts) != 1:
        raise Misdeclared(place, f"有{len(starts)}个初始状态", "恰好声明一个 initial=True 的状态")
    cls.initial = starts[0]
    if not issubclass(cls.record, Case):
        raise Misdeclared(place, f"{cls.record.__name__}不是案件（Case）", "没有程序的记录用 Keeping 声明")
    for act in cls.acts.values():
        _examine_act(cls, act)
    labels = [act.label for act in cls.acts.values()]
    if len(set(labels)) != len(labels):
        raise Misdeclared(place, "两个办理事项同名", "改一个名称")
    for state in cls.states.values():
        cls.path_to(state)
        ends = state.phase in (Phase.CLOSED, Phase.VOID)
        if not ends and not any(state in act.sources and act.to is not None for act in cls.acts.values()):
            raise Misdeclared(f"{place}.{state.key}", f"状态{state.label}没有出路", "声明一个离开它的办理事项")


def _examine_act(cls: type[Workflow], act: Act) -> None:
    place = f"{cls.__qualname__}.{act.key}"
    if not act.sources:
        raise Misdeclared(place, "没有来源状态", "写明从哪些状态可以办理")
    if not act.by:
        raise Misdeclared(place, "没有人可以办理", "写明 by=[角色]")
    known = {field.name for field in cls.record._meta.get_fields()}
    both = set(act.fields) & set(act.child_fields)
    if both:
        raise Misdeclared(place, f"字段{'、'.join(sorted(both))}在案件和附属记录中同名", "给附属记录的字段另取名称")
    child: Any = act.adds
    if child is not None and child._meta.get_field("case").related_model is not cls.record:
        raise Misdeclared(place, f"{child.__name__}.case不指向{cls.record.__name__}", "改正外键")
    for name in (*act.fields, *filter(None, [act.stamps])):
        if name not in known:
            raise Misdeclared(place, f"没有字段{name}", f"在{cls.record.__name__}中声明它")


def keeping_of(record: type[Record]) -> type[Keeping]:
    """This keeping of a record kind; an undeclared kind is a fault of the program."""
    try:
        return KEEPINGS[record]
    except KeyError:
        raise Misdeclared(record.__name__, "没有声明如何保管", "在 workflow.py 中声明 Keeping 或 Workflow") from None


def workflow_named(name: str) -> type[Workflow]:
    """This workflow by the stable name of its record kind."""
    for keeping in KEEPINGS.values():
        if issubclass(keeping, Workflow) and keeping.name() == name:
            return keeping
    raise KeyError(f"没有名为“{name}”的案件类别")


def workflow_of(record: type[Case]) -> type[Workflow]:
    """This workflow of a kind of case."""
    found = keeping_of(record)
    if not issubclass(found, Workflow):
        raise Misdeclared(record.__name__, "是案件却没有程序", "用 Workflow 声明")
    return found
