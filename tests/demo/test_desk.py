"""Whatever day the demonstration is loaded, its desk is dated from that day, in order and on working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from fazhi.demo.chance import Chance
from fazhi.demo.desk import COMMERCIAL, PEOPLE, REFERRALS, Desk
from fazhi.demo.district import District
from fazhi.demo.hearings import STORIES as HEARINGS
from fazhi.demo.organisations import Organised
from fazhi.kernel.ground.calendar import standard


def test_acts_keep_their_order_on_any_day() -> None:
    calendar = standard()
    for step in range(0, 1096, 3):
        today = date(2024, 1, 1) + timedelta(step)
        desk = Desk(District(1), Organised(), today, Chance("any"))
        for story in (*PEOPLE, *COMMERCIAL, *REFERRALS, *HEARINGS):
            days = [desk.day(ago) for _, ago in story]
            assert all(first <= second for first, second in pairwise(days)), (today, story)
            assert all(day < today and calendar.works(day.toordinal()) for day in days), (today, story)


def test_only_one_mediation_is_overdue_on_any_day() -> None:
    for step in range(0, 1096, 3):
        today = date(2024, 1, 1) + timedelta(step)
        desk = Desk(District(1), Organised(), today, Chance("any"))
        open_ones = [desk.day(story[-1][1]) for story in PEOPLE if story[-1][0] == "accept"]
        # A month is at least 28 days; its end moves past rest days, never before them.
        assert sum(today - accepted > timedelta(31) for accepted in open_ones) == 1, today
