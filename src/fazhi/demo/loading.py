"""Loading the demonstration: everything or nothing, in an installation that has no jurisdiction yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from fazhi.demo.annual import report
from fazhi.demo.chance import Chance
from fazhi.demo.desk import Desk, lay_out
from fazhi.demo.district import District, founded
from fazhi.demo.hearings import sit
from fazhi.demo.ledgers import hand_in
from fazhi.demo.organisations import appraise, organise
from fazhi.demo.quotas import Quotas
from fazhi.demo.reconsidering import reconsider
from fazhi.demo.referrals import refer
from fazhi.demo.telling import tell
from fazhi.kernel.ground.core.errors import Refused


def load(
    quotas: Quotas, password: str, *, today: date | None, say: Callable[[str], None] = lambda _what: None
) -> District:
    """Make the district, its two years and, with ``today``, its desk of that day; gives the district with its logins.

    Raises :class:`Refused` where there is a jurisdiction already. Nothing is written
    unless everything is.
    """
    if today is not None and today.year <= max(quotas.people.flow.years):
        raise Refused(f"在办事项的日期须在{max(quotas.people.flow.years)}年之后：往年台账到那时为止")
    with transaction.atomic():
        district = founded(password)
        say(f"单位 {len(district.units)}，账号 {len(district.logins)}")
        organised = organise(district)
        committees = organised.all()
        say(f"调解组织 {len(committees)}，调解员 {sum(len(each.mediators) for each in committees)}")
        hand_in(district, organised, quotas, say)
        say(f"纠纷移送 {refer(district, organised, quotas)}")
        appraise(district, organised, quotas.appraisals)
        say(f"行政复议案件 {reconsider(district, quotas.reconsideration)}")
        say(f"填报数据 {tell(district, quotas)}")
        say(f"年度报告 {report(district, *quotas.reported_years())}")
        if today is not None:
            desk = Desk(district, organised, today, Chance("desk"))
            say(f"在办事项 {lay_out(desk, quotas) + sit(desk)}")
    return district
