"""Accounts, roles and deputies in the hands of the security administrator, and of nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from fazhi.kernel.ground.access import accounts
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.access.grants import actor_of
from fazhi.kernel.ground.access.models import Account, Grant
from fazhi.kernel.ground.core.errors import NotYours, Refused, Unseen
from tests.world import AT, World, build

TODAY = AT.date()


def hats(world: World, account: Account, on: date = TODAY) -> set[str]:
    world.enter()
    return {hat.role for hat in actor_of(account, on=on).hats}


def test_an_account_is_made_with_a_password_to_be_changed(world: World) -> None:
    account, password = accounts.make("zhangsan", " 张三 ", actor=world.actor("security"), at=AT)
    assert (account.name, account.password_temporary, account.home_id) == ("张三", True, world.jurisdiction.id)
    assert account.check_password(password)
    assert hats(world, account) == set()


@pytest.mark.parametrize(
    ("login", "name", "field"),
    [("张三", "张三", "login"), ("clerk", "张三", "login"), ("z", "张三", "login"), ("zhangsan", " ", "name")],
)
def test_a_wrong_account_is_refused_at_its_field(world: World, login: str, name: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        accounts.make(login, name, actor=world.actor("security"), at=AT)
    assert [fault.field for fault in refused.value.faults] == [field]


def _everything(world: World, account_id: int) -> dict[str, Callable[[Actor], Any]]:
    given = world.units["law"].id
    return {
        "make": lambda actor: accounts.make("zhangsan", "张三", actor=actor, at=AT),
        "reset": lambda actor: accounts.reset_password(account_id, actor=actor, at=AT),
        "disable": lambda actor: accounts.set_active(account_id, False, actor=actor, at=AT),
        "unlock": lambda actor: accounts.unlock(account_id, actor=actor, at=AT),
        "rename": lambda actor: accounts.rename(account_id, "李四", actor=actor, at=AT),
        "give": lambda actor: accounts.give(account_id, "section_head", given, on=TODAY, actor=actor, at=AT),
    }


@pytest.mark.parametrize("who", ["system", "auditor", "leader", "clerk"])
def test_nobody_else_keeps_accounts(world: World, who: str) -> None:
    for name, attempt in _everything(world, world.accounts["handler"].id).items():
        with pytest.raises(NotYours):
            attempt(world.actor(who))
        assert world.accounts["handler"].name == Account.objects.get(login="handler").name, name


def test_accounts_of_another_jurisdiction_are_not_there(world: World) -> None:
    other = build("other", "other-")
    for name, attempt in _everything(world, other.accounts["clerk"].id).items():
        if name != "make":
            with pytest.raises(Unseen):
                attempt(world.actor("security"))


def test_roles_are_given_and_taken_back(world: World) -> None:
    handler = world.accounts["handler"]
    security = world.actor("security")
    given = accounts.give(handler.id, "section_head", world.units["review"].id, on=TODAY, actor=security, at=AT)
    assert hats(world, handler) == {"handler", "section_head"}
    accounts.take_back(given.id, on=TODAY, actor=security, at=AT)
    assert "section_head" not in hats(world, handler, TODAY + timedelta(1))
    with pytest.raises(Refused) as refused:
        accounts.give(handler.id, "emperor", world.units["review"].id, on=TODAY, actor=security, at=AT)
    assert refused.value.faults[0].field == "role"
    with pytest.raises(Refused):
        accounts.give(handler.id, "audit_admin", world.units["bureau"].id, on=TODAY, actor=security, at=AT)


def test_an_administrator_does_nothing_to_the_own_account(world: World) -> None:
    security = world.actor("security")
    own = Grant.objects.get(account=world.accounts["security"])
    with pytest.raises(Refused):
        accounts.take_back(own.id, on=TODAY, actor=security, at=AT)
    with pytest.raises(Refused):
        accounts.set_active(own.account_id, False, actor=security, at=AT)


def test_a_deputy_wears_the_hats_of_who_is_away(world: World) -> None:
    leader, head = world.actor("leader"), world.accounts["head"]
    accounts.set_deputy(head.id, first=TODAY, last=TODAY, reason="出差", actor=leader, at=AT)
    assert hats(world, head) == {"section_head", "leader"}
    assert hats(world, head, TODAY + timedelta(1)) == {"section_head"}
    for deputy, last, reason, field in (
        (world.accounts["leader"].id, TODAY, "出差", "deputy"),
        (world.accounts["security"].id, TODAY, "出差", "deputy"),
        (world.accounts["clerk"].id, TODAY - timedelta(1), "出差", "last"),
        (world.accounts["clerk"].id, TODAY, " ", "reason"),
    ):
        with pytest.raises(Refused) as refused:
            accounts.set_deputy(deputy, first=TODAY, last=last, reason=reason, actor=leader, at=AT)
        assert refused.value.faults[0].field == field
