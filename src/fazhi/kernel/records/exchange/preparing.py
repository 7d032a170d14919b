"""What it takes to read an import: its sheet, head, mapping, names, and where the person may enter records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.timezone import localtime

from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.procedure.opening import seats
from fazhi.kernel.ground.access.actors import Actor, system_actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.core.errors import NotYours, Refused
from fazhi.kernel.ground.orgs.models import Unit
from fazhi.kernel.records.exchange import heads, shelf, targets
from fazhi.kernel.records.exchange.heads import Aside, Head
from fazhi.kernel.records.exchange.models import Import
from fazhi.kernel.records.exchange.reading import Reader
from fazhi.kernel.records.exchange.references import References
from fazhi.kernel.records.exchange.sheets import Row, Sheet, Workbook, opened
from fazhi.kernel.records.exchange.targets import ID, Target
from fazhi.kernel.records.register import Column, Register, register_of


def actor_for(of: Import) -> Actor:
    """Whoever asked for the work, with the hats worn then: a right withdrawn since the upload is gone."""
    if of.asked_by is None:
        return system_actor(of.jurisdiction_id)
    return actor_of(of.asked_by, on=localtime(of.asked_at).date())


def instant_of(of: Import) -> datetime:
    """The instant at which work was asked for, in the time zone in which days are counted."""
    return localtime(of.asked_at)


@dataclass
class Plan:
    """This import ready to be read. Everything is fetched when first asked for; needs the jurisdiction in session."""

    of: Import
    actor: Actor

    @cached_property
    def register(self) -> type[Register]:
        """The register it goes into."""
        return register_of(self.of.register)

    @cached_property
    def history(self) -> bool:
        """Whether its rows are finished when entered."""
        return self.of.history or self.register.finished

    @cached_property
    def targets(self) -> dict[str, Target]:
        """What a column may be mapped to."""
        return targets.targets_of(self.register, history=self.history)

    @cached_property
    def workbook(self) -> Workbook:
        """The file."""
        try:
            return opened(shelf.take(self.of.stored))
        except FileNotFoundError:
            raise Refused("上传的文件已按期清除，请重新上传") from None

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet chosen, or the one whose head was found."""
        return self.workbook.sheet(self.of.sheet)

    @cached_property
    def head(self) -> Head:
        """Its head, where it was found or the person pointed."""
        return heads.at(self.sheet, self.of.head_first, self.of.head_last)

    @cached_property
    def mapping(self) -> dict[int, str]:
        """Place of a column → key of its target, without those not imported."""
        return {int(place): key for place, key in self.of.mapping.items() if key in self.targets}

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the register that the sheet fills."""
        found = (self.targets[key] for key in self.mapping.values())
        return [target.column for target in found if target.column is not None]

    @cached_property
    def references(self) -> References:
        """The names its cells may stand for."""
        return References.gathered(self.of.jurisdiction_id, self.register.record(), self.columns)

    @cached_property
    def seats(self) -> Mapping[int, bool]:
        """The units for which the person may enter such records, the own first; whether only as the own work."""
        keeping = self.register.keeping
        allowed = seats(self.actor, keeping, self.references.units)
        if not allowed:
            roles = "、".join(role.label for role in keeping.enters)
            raise NotYours(f"您没有登记“{self.register.label}”的权限，需要的角色是：{roles}")
        own = [hat.unit_id for hat in self.actor.hats_in(keeping.line, keeping.enters)]
        return dict(sorted(allowed.items(), key=lambda each: own.index(each[0]) if each[0] in own else len(own)))

    @cached_property
    def reader(self) -> Reader:
        """The reader of its rows."""
        unit: Unit | None = self.references.units.get(self.of.for_unit_id) if self.of.for_unit_id else None
        return Reader(
            self.register,
            self.targets,
            self.head.headings,
            self.mapping,
            self.references,
            history=self.history,
            unit=unit,
            seats=list(self.seats),
            days=self.sheet.days,
        )

    @cached_property
    def told_by(self) -> list[Column]:
        """The columns by which a row is compared with records: what it says itself, not where, when or under what number."""
        day = "opened_on" if issubclass(self.register.record(), Case) else self.register.order()
        aside = {"unit", "handler", "number", day}
        return [
            column
            for key, target in self.targets.items()
            if (column := target.column) is not None
            and not target.shown
            and key in set(self.mapping.values())
            and column.name not in aside
        ]

    def lines(self) -> Iterator[Row | Aside]:
        """The rows below the head."""
        return heads.body(self.sheet, self.head)

    @property
    def corrects(self) -> bool:
        """Whether rows may be corrections of records they were exported from."""
        return ID in self.mapping.values()
