"""The one place where the staff screens read the clock; everything behind them takes the instant as an argument."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def instant() -> datetime:
    """This instant, in Asia/Shanghai."""
    return datetime.now(SHANGHAI)
