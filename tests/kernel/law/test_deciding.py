"""What an administrator decides is kept for the jurisdiction, audited, and read in one statement."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.ground import law
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.law import Decision, RefusedSetting, UnknownRule, effective, settings_of
from fazhi.kernel.ground.law.deciding import decide, withdraw
from fazhi.kernel.ground.law.models import RuleSetting

pytestmark = pytest.mark.django_db

ON = date(2026, 6, 1)
NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
RULE = "enforcement.supervision.national"
DECISION = Decision(RULE, True, 20, "day", "区司法局〔2026〕3号文件第二条")


@pytest.fixture
def here() -> int:
    return Jurisdiction.objects.create(code="990101", name="甲区", short_name="甲区").id


@pytest.fixture
def there() -> int:
    return Jurisdiction.objects.create(code="990102", name="乙区", short_name="乙区").id


def test_a_decision_stands_for_its_jurisdiction_only(here: int, there: int) -> None:
    with session(jurisdictions=[here], actor=7, act="law.decide", at=NOON):
        assert decide(here, DECISION, by=7, on=ON).fires
        assert settings_of(here) == (DECISION,)
        assert effective(RULE, ON, settings_of(here)).rule.period.value == 20
    with session(jurisdictions=[there]):
        assert settings_of(there) == ()
        assert not effective(RULE, ON, settings_of(there)).shown


def test_decisions_are_read_in_one_statement(here: int) -> None:
    with session(jurisdictions=[here]):
        decide(here, DECISION, by=7, on=ON)
        decide(here, Decision("reconsideration.accept", False, None, None, "x"), by=7, on=ON)
        with CaptureQueriesContext(connection) as asked:
            assert [each.rule_id for each in settings_of(here)] == [RULE, "reconsideration.accept"]
    assert len(asked) == 1


def test_a_later_decision_replaces_the_earlier_and_says_who_and_when(here: int) -> None:
    with session(jurisdictions=[here]):
        decide(here, DECISION, by=7, on=ON)
        decide(here, Decision(RULE, False, None, None, "  另一份文件 "), by=8, on=date(2026, 7, 1))
        kept = RuleSetting.objects.get(jurisdiction_id=here)
        assert (kept.enabled, kept.value, kept.unit, kept.source) == (False, None, None, "另一份文件")
        assert (kept.decided_by, kept.decided_on) == (8, date(2026, 7, 1))


def test_a_decision_withdrawn_has_no_effect_and_can_be_made_again(here: int) -> None:
    with session(jurisdictions=[here]):
        decide(here, DECISION, by=7, on=ON)
        withdraw(here, RULE, by=8, on=date(2026, 7, 1))
        assert settings_of(here) == ()
        assert RuleSetting.objects.get(jurisdiction_id=here).withdrawn_on == date(2026, 7, 1)
        with pytest.raises(Refused, match="没有可以撤回的设置"):
            withdraw(here, RULE, by=8, on=date(2026, 7, 2))
        decide(here, DECISION, by=7, on=date(2026, 8, 1))
        assert settings_of(here) == (DECISION,)


def test_what_may_not_stand_is_not_kept(here: int) -> None:
    with session(jurisdictions=[here]):
        with pytest.raises(RefusedSetting):
            decide(here, Decision(RULE, True, None, None, "x"), by=7, on=ON)
        with pytest.raises(UnknownRule):
            decide(here, Decision("no.such.rule", True, 1, "day", "x"), by=7, on=ON)
        assert not RuleSetting.objects.exists()


@pytest.mark.parametrize("changed", [{"source": ""}, {"value": None}, {"unit": None}, {"unit": "week"}])
def test_the_table_itself_refuses_what_could_not_be_counted(here: int, changed: dict[str, object]) -> None:
    fields = {
        "rule_id": RULE,
        "enabled": True,
        "value": 1,
        "unit": "day",
        "source": "x",
        "decided_by": 7,
        "decided_on": ON,
    }
    with session(jurisdictions=[here]):
        with pytest.raises(IntegrityError), transaction.atomic():
            RuleSetting.objects.create(jurisdiction_id=here, **{**fields, **changed})
        assert not RuleSetting.objects.exists()


def test_outside_a_session_of_the_jurisdiction_decisions_are_not_taken_for_absent(here: int, there: int) -> None:
    with pytest.raises(LookupError, match="not of this session"):
        settings_of(here)
    with session(jurisdictions=[there]), pytest.raises(LookupError):
        settings_of(here)


def test_every_setting_of_a_rule_in_force_is_the_effective_one(here: int) -> None:
    with session(jurisdictions=[here]):
        for each in law.rules(line="legality", on=ON):
            decide(here, Decision(each.id, False, None, None, "x"), by=7, on=ON)
        kept = settings_of(here)
        for each in law.rules(line="legality", on=ON):
            assert not effective(each.rule, ON, kept, regime=each.regime).shown
