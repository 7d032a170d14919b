"""Years a bureau loads: its own, over the shipped ones, never taken for another's and never out of date."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fazhi.kernel.ground import calendar
from fazhi.kernel.ground.calendar import Arrangement, Holiday, due_on, standard
from fazhi.kernel.ground.calendar.arrangements import parse, plain, shipped
from fazhi.kernel.ground.calendar.loading import load, withdraw
from fazhi.kernel.ground.calendar.models import Year
from fazhi.kernel.ground.core.errors import Refused
from fazhi.kernel.ground.core.models import Jurisdiction
from fazhi.kernel.ground.core.session import session
from fazhi.kernel.ground.law import Period, Unit

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
NOTICE = "国办发明电〔2026〕7号"
# No notice for 2027 has been published; these days are made up.
NEXT = Arrangement(
    2027,
    (
        Holiday("元旦", (date(2026, 12, 31), date(2027, 1, 1)), (date(2027, 1, 3),)),
        Holiday("春节", tuple(date(2027, 2, day) for day in range(5, 13)), (date(2027, 2, 14),)),
    ),
)


@pytest.fixture
def here() -> int:
    return Jurisdiction.objects.create(code="990101", name="甲区", short_name="甲区").id


@pytest.fixture
def there() -> int:
    return Jurisdiction.objects.create(code="990102", name="乙区", short_name="乙区").id


def test_without_years_of_its_own_a_bureau_has_the_shipped_calendar(here: int) -> None:
    with session(jurisdictions=[here]):
        assert calendar.of(here) is standard()


def test_a_loaded_year_settles_what_was_provisional_and_moves_the_days_before_it(here: int) -> None:
    period = Period(5, Unit.WORKING_DAY)
    assert due_on(period, date(2026, 12, 28), standard()).provisional
    with session(jurisdictions=[here]):
        loaded = load(here, NEXT, source=NOTICE, by=7, on=ON)
        assert calendar.of(here) is loaded
    assert due_on(period, date(2026, 12, 28), loaded) == (date(2027, 1, 5), False)
    assert loaded.day(date(2026, 12, 31)).name == "元旦"
    assert loaded.day(date(2027, 1, 3)).name == "调休上班（元旦）"
    assert loaded.years == standard().years | {2027}


def test_a_loaded_year_is_one_bureaus_only(here: int, there: int) -> None:
    with session(jurisdictions=[here, there]):
        load(here, NEXT, source=NOTICE, by=7, on=ON)
        assert calendar.of(there) is standard()
        assert load(there, NEXT, source=NOTICE, by=8, on=ON) is calendar.of(here)


def test_a_known_version_costs_one_small_statement(here: int) -> None:
    with session(jurisdictions=[here]):
        load(here, NEXT, source=NOTICE, by=7, on=ON)
        with CaptureQueriesContext(connection) as asked:
            calendar.of(here)
        assert len(asked) == 1


def test_a_change_made_elsewhere_is_seen_at_once(here: int) -> None:
    with session(jurisdictions=[here]):
        before = load(here, NEXT, source=NOTICE, by=7, on=ON)
        corrected = Arrangement(2027, NEXT.holidays[:1])
        # As another process would: nothing of this one is told.
        Year.objects.filter(jurisdiction_id=here).update(holidays=plain(corrected))
        after = calendar.of(here)
        assert before.day(date(2027, 2, 5)).name == "春节"
        assert after.day(date(2027, 2, 5)).name == "工作日"


def test_a_year_loaded_again_replaces_and_one_withdrawn_is_as_shipped(here: int) -> None:
    with session(jurisdictions=[here]):
        load(here, Arrangement(2026, (Holiday("测试节", (date(2026, 3, 2),)),)), source="x", by=7, on=ON)
        assert calendar.of(here).day(date(2026, 3, 2)).name == "测试节"
        load(here, Arrangement(2026, (Holiday("另一节", (date(2026, 3, 3),)),)), source="y", by=8, on=date(2026, 12, 1))
        kept = Year.objects.get(jurisdiction_id=here)
        assert (kept.source, kept.decided_by, kept.decided_on) == ("y", 8, date(2026, 12, 1))
        assert calendar.of(here).day(date(2026, 3, 2)).name == "工作日"
        assert withdraw(here, 2026, by=9, on=date(2026, 12, 2)) is standard()
        assert Year.objects.get(jurisdiction_id=here).withdrawn_on == date(2026, 12, 2)
        with pytest.raises(Refused, match="不能撤回"):
            withdraw(here, 2026, by=9, on=date(2026, 12, 3))
        load(here, NEXT, source=NOTICE, by=7, on=ON)
        assert 2027 in calendar.of(here).years


@pytest.mark.parametrize(
    ("arrangement", "source", "message"),
    [
        (NEXT, " ", "请写明依据"),
        (NEXT, "x" * 301, "依据最多300个字"),
        (Arrangement(2027, ()), NOTICE, "没有填写放假日期"),
        (Arrangement(2027, (Holiday("元旦", ()),)), NOTICE, "没有填写放假日期"),
    ],
)
def test_a_year_that_cannot_stand_is_refused_and_not_kept(
    here: int, arrangement: Arrangement, source: str, message: str
) -> None:
    with session(jurisdictions=[here]):
        with pytest.raises(Refused, match=message):
            load(here, arrangement, source=source, by=7, on=ON)
        assert not Year.objects.exists()
        assert calendar.of(here) is standard()


def test_outside_a_session_of_the_jurisdiction_its_years_are_not_taken_for_absent(here: int, there: int) -> None:
    with pytest.raises(LookupError, match="not of this session"):
        calendar.of(here)
    with session(jurisdictions=[there]), pytest.raises(LookupError):
        calendar.of(here)


@pytest.mark.parametrize("arrangement", shipped(), ids=lambda each: str(each.year))
def test_an_arrangement_is_the_same_after_it_was_kept(arrangement: Arrangement) -> None:
    kept = json.loads(json.dumps(plain(arrangement)))
    assert parse([{"year": arrangement.year, "holidays": kept}]) == (arrangement,)


@pytest.mark.parametrize(
    ("holidays", "message"),
    [
        ([Holiday("元旦", (date(2028, 1, 1),))], "2027年的安排不能包含2028-01-01"),
        ([Holiday("元旦", (date(2026, 11, 30),))], "2027年的安排不能包含2026-11-30"),
        ([Holiday("元旦", (date(2027, 1, 1),)), Holiday("春节", (date(2027, 1, 1),))], "出现了两次"),
        ([Holiday("元旦", (date(2027, 1, 1),), (date(2027, 1, 4),))], "不是周末"),
    ],
)
def test_an_arrangement_that_contradicts_itself_cannot_be_made(holidays: list[Holiday], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Arrangement(2027, tuple(holidays))


def test_a_calendar_without_years_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one year"):
        standard().without(*standard().years)
