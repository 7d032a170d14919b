"""Signing in and out: what is refused and how, what locks, what the audit is told."""

from datetime import timedelta

import pytest

from fazhi.kernel.ground.access import accounts, signing
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Refused
from tests.kernel.noted import notes
from tests.world import AT, PASSWORD, World

LOCKOUT = signing.Lockout(failures=3, lasts=timedelta(minutes=10))


def enter(login: str, password: str, minutes: int = 0) -> Account:
    return signing.sign_in(login, password, at=AT + timedelta(minutes=minutes), lockout=LOCKOUT, place="10.0.0.7")


def refusal(login: str, password: str, minutes: int = 0) -> str:
    with pytest.raises(Refused) as refused:
        enter(login, password, minutes)
    return refused.value.faults[0].reason


def test_the_right_password_enters_and_is_noted(world: World) -> None:
    account = enter(" clerk ", PASSWORD)
    assert (account.id, account.last_login) == (world.accounts["clerk"].id, AT)
    world.enter()
    ((entry, facts),) = notes("access.sign_in")
    assert (entry.actor, entry.row_id, facts) == (account.id, account.id, {"outcome": "登录成功", "from": "10.0.0.7"})


def test_a_refusal_does_not_tell_whether_a_login_exists(world: World) -> None:
    assert refusal("nobody", PASSWORD) == signing.WRONG
    world.enter()
    Account.objects.filter(login="east").update(is_active=False)
    # Even that an account is disabled is told only to who knows its password.
    assert refusal("east", "不对") == refusal("west", "不对") != refusal("east", PASSWORD)


def test_wrong_passwords_in_a_row_lock_for_a_while(world: World) -> None:
    assert "再错2次" in refusal("clerk", "一")
    assert "再错1次" in refusal("clerk", "二")
    assert "锁定" in refusal("clerk", "三")
    assert "锁定至10:10" in refusal("clerk", PASSWORD, 5)
    assert enter("clerk", PASSWORD, 11).failed_logins == 0


def test_a_right_password_forgets_the_wrong_ones_before_it(world: World) -> None:
    for _ in range(4):
        refusal("clerk", "一")
        refusal("clerk", "二")
        enter("clerk", PASSWORD)


def test_an_administrator_unlocks(world: World) -> None:
    for password in "一二三":
        refusal("clerk", password)
    accounts.unlock(world.accounts["clerk"].id, actor=world.actor("security"), at=AT)
    enter("clerk", PASSWORD)


def test_a_password_is_changed_by_who_knows_it(world: World) -> None:
    clerk = world.accounts["clerk"].id
    for old, new, field in (
        ("不对", "长风破浪会有时 2022", "old"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "短", "new"),
        (PASSWORD, "1234567890", "new"),
    ):
        with pytest.raises(Refused) as refused:
            signing.change_password(clerk, old, new, at=AT)
        assert {fault.field for fault in refused.value.faults} == {field}, new
    signing.change_password(clerk, PASSWORD, "长风破浪会有时 2022", at=AT)
    assert enter("clerk", "长风破浪会有时 2022").password_changed_at == AT


def test_leaving_is_noted(world: World) -> None:
    signing.sign_out(world.accounts["clerk"].id, world.jurisdiction.id, at=AT)
    world.enter()
    assert [facts["outcome"] for _, facts in notes("access.sign_out")] == ["退出"]
