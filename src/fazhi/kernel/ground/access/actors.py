"""The actor: who does something, in which hats. A plain value, passed to every write and every list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi.kernel.ground.access.roles import ROLES, Breadth, Role


@dataclass(frozen=True, slots=True)
class Hat:
    """This role worn at a unit, for one line of business or, with ``line=""``, for all.

    ``behalf`` is the account in whose place it is worn while that person is away; ``above`` are the units that see all
    its unit sees.
    """

    role: str
    unit_id: int
    line: str = ""
    behalf: int | None = None
    above: tuple[int, ...] = ()

    def fits(self, line: str) -> bool:
        """Whether this hat counts in ``line``."""
        return self.line in ("", line)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor sees in a line: everything of ``units``, and of ``own_units`` only what they handle themselves."""

    units: frozenset[int]
    own_units: frozenset[int]
    account_id: int | None

    def __bool__(self) -> bool:
        return bool(self.units or self.own_units)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting: an account with its hats, or the system itself (``account_id`` None)."""

    account_id: int | None
    name: str
    jurisdiction_id: int
    hats: tuple[Hat, ...] = ()
    system: bool = False

    def hats_in(self, line: str, roles: Iterable[Role] = ()) -> tuple[Hat, ...]:
        """These hats that count in ``line``; of ``roles`` only, if any are given."""
        keys = {role.key for role in roles}
        return tuple(hat for hat in self.hats if hat.fits(line) and (not keys or hat.role in keys))

    def holds(self, roles: Iterable[Role], line: str) -> bool:
        """Whether the actor wears one of ``roles`` in ``line``."""
        return self.system or bool(self.hats_in(line, roles))

    def reach(self, line: str) -> Reach:
        """This actor's reach in ``line``; administrators reach no business at all.

        A unit below another of the reach adds nothing and is left out, so that most people reach through one unit.
        """
        wide, own = set(), set()
        above: dict[int, set[int]] = {}
        for hat in self.hats_in(line):
            above.setdefault(hat.unit_id, set()).update(hat.above)
            breadth = ROLES[hat.role].breadth
            if breadth is Breadth.UNIT:
                wide.add(hat.unit_id)
            elif breadth is Breadth.OWN:
                own.add(hat.unit_id)
        wide = {unit for unit in wide if not (above[unit] - {unit}) & wide}
        own = {unit for unit in own if unit not in wide and not above[unit] & wide}
        return Reach(frozenset(wide), frozenset(own), self.account_id)


def system_actor(jurisdiction_id: int) -> Actor:
    """The system itself, acting on a statutory day, an import or a scenario."""
    return Actor(account_id=None, name="系统", jurisdiction_id=jurisdiction_id, system=True)
