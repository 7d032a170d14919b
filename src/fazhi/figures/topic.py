"""What a figure counts: the noun phrase beside it, taken from the clause as written."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 80
_NOUN_AFTER = re.compile(r"的?(?P<noun>[一-龥A-Za-z“”（）《》·-]{1,30})")
# Words that go on with the sentence after a figure rather than name what it counts.
_GOES_ON: Final = re.compile(
    r"(?:的)?(?:参[与加]|开展|进行|获|被|已|均|为|占|同比|环比|比|较|全部|通过|达|其中|并|和|与|及|以及|到|至|增|减|下降|上升|提|共|在|由|用于|予以|纳入"
    r"|实现|接受|完成|分别|左右|以[上下内]|（|”|次$)"
)
_ENDS_NOUN: Final = re.compile(
    r"参[与加]|开展|进行|将|已|均|为(?!民)|占|同比|比(?!武)|较|全部|通过|达|获|被|并|向|对(?!象)|在(?!建|册|线|校|职|押)|实现|接受|完成"
)
_LEADS: Final = re.compile(
    r"^(?:其中|此外|同时|全年|今年以来|截至[^，]{0,12}|目前|累计|共计?|合计|总计|另有?|还有?|已经?|新|先后|依法|各|全[市区县省]|我[市区县局]|分别|及|和|与|并|以及|的|了|为|：)+"
)
_TRAILS: Final = re.compile(
    r"(?:达到|达|为|共计?|累计|合计|总计|均|各|仅|约|的|了|到|至|有|是|首次|已|由|从|降至|提高到|提升至|分别|，|：)+$"
)


def topic_after(norm: str, end: int, stop: int) -> str:
    """The noun phrase right after a figure (42名各级党政主要负责人), or nothing."""
    found = _NOUN_AFTER.match(norm, end, stop)
    if found is None or _GOES_ON.match(norm, end, stop):
        return ""
    noun = found["noun"]
    cut = _ENDS_NOUN.search(noun)
    return (noun[: cut.start()] if cut else noun).strip("（）")


def topic_before(norm: str, start: int, begin: int) -> str:
    """The phrase before a figure in its clause (收到行政复议申请93件), without adverbs and copulas."""
    return _TRAILS.sub("", _LEADS.sub("", norm[begin:start])).strip("“（）：，、 ")


def topic_of(norm: str, span: tuple[int, int], clause: tuple[int, int], previous_end: int, unit: str) -> str:
    """The noun phrase counted by the figure at `span` of `norm`, within `clause` and after the figure before it."""
    start, end = span
    begin = max(clause[0], previous_end if previous_end <= start else clause[0], start - _LONGEST)
    after = topic_after(norm, end, clause[1]) if unit not in ("%", "百分点") or norm.startswith("的", end) else ""
    before = topic_before(norm, start, begin)
    return after or before
