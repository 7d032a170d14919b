"""What stands around each figure: the words that tell what it counts, with 分别 resolved to one name a figure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from fazhi.figures.model import PERCENTAGE_POINT, Kind, Place, Role, Statement
from fazhi.figures.text import Text
from fazhi.figures.topic import topic_after

_CLAUSE_MARKS = re.compile(r"[，；：。（\n\t]")
_RESPECTIVELY = re.compile(r"(?P<names>[^，；。：（）\n]*?)(?:同比|共|各)?分别(?P<verb>[^，；。、\d]{0,6})$")
_SEPARATORS = re.compile(r"、|和|与|及|以及")
_CHANGE = re.compile(
    r"(?:增长|下降|上升|减少|提高|提升|增加|降低|缩短|压缩|压减|回落|改善|收窄|扩大|增幅|降幅|涨幅|增速|同比|环比|高出)"
    r"(?:了|为|达到|达|均|分别|超过|[：])*$"
    r"|(?:较|比)[^，。；]{0,10}(?:多|少|高|低|快|慢)(?:出|了)?$"
)
_COMPARED_WITH = re.compile(
    r"(?:较|比|与)(?:上年度?|去年|20\d{2}年)(?:同期)?的?$|(?:上年度?|去年)(?:同期)?(?:的|为|是)$"
)
_SINCE = re.compile(r"[由从]")
_YEAR_OF = re.compile(r"(?:上年度?|去年|20\d{2}年)(?:底|末)?的?$")
_REACHED = re.compile(r"[一-龥]{0,8}(?:至|到|为|成)(?:了)?")
_CHANGE_COLUMN = re.compile(r"同比|增减|增长|增幅|变化|升降")
_PREVIOUS_COLUMN = re.compile(r"上年|去年|同期|上期")
_LONGEST_OPENING: Final = 30
_LONGEST_LEAD: Final = 120
_LONGEST_BEFORE: Final = 600
_LONGEST_NAME: Final = 16


def surrounded(text: Text, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, in order, each figure with the words around it and what it says of its topic."""
    figures = [s for s in statements if s.kind in (Kind.MEASURE, Kind.TARGET) and s.place.table is None]
    leads = dict(_leads(text, figures))
    leads.update(_respective(figures, leads))
    roles = _roles(text, figures, leads)
    leads.update(_named_once(figures, leads, roles))
    places = {id(s): _placed(text, s, leads[id(s)], roles.get(id(s), Role.CURRENT)) for s in figures}
    return [replace(s, place=places[id(s)]) if id(s) in places else _in_table(s) for s in statements]


def _in_table(statement: Statement) -> Statement:
    if statement.place.table is None:
        return statement
    role = statement.place.role
    if _CHANGE_COLUMN.search(statement.topic):
        role = Role.CHANGE
    elif _PREVIOUS_COLUMN.search(statement.topic):
        role = Role.PREVIOUS
    return replace(statement, place=replace(statement.place, role=role))


def _placed(text: Text, statement: Statement, lead: str, role: Role) -> Place:
    place = statement.place
    return replace(
        place,
        lead=lead,
        noun=topic_after(text.norm, place.end, place.clause[1]),
        after=text.norm[place.end : max(place.clause[1], place.end)],
        before=text.norm[max(place.sentence[0], place.start - _LONGEST_BEFORE) : place.start],
        heading=_heading(text, place.heading, place.paragraph),
        role=role,
    )


def _roles(text: Text, figures: Sequence[Statement], leads: dict[int, str]) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for i in range(len(figures) - 1, -1, -1):
        own = figures[i]
        lead = leads[id(own)]
        if own.unit == PERCENTAGE_POINT or _CHANGE.search(lead):
            roles[id(own)] = Role.CHANGE
        elif _COMPARED_WITH.search(lead) or (
            i + 1 < len(figures) and _leads_on(text, own, figures[i + 1], lead, roles)
        ):
            roles[id(own)] = Role.PREVIOUS
    return roles


def _leads_on(text: Text, own: Statement, following: Statement, lead: str, roles: dict[int, Role]) -> bool:
    """由76%提升至92%, 从2022年的91.2%、2023年的96.7%提高到99.1%: what leads up to a later figure is of earlier."""
    if own.place.sentence != following.place.sentence or own.unit != following.unit:
        return False
    between = text.norm[own.place.end : following.place.start]
    if _REACHED.fullmatch(between):
        return _SINCE.search(lead) is not None or _YEAR_OF.search(lead) is not None
    return (
        roles.get(id(following)) is Role.PREVIOUS and between.startswith("、") and _YEAR_OF.search(between) is not None
    )


def _named_once(
    figures: Sequence[Statement], leads: dict[int, str], roles: dict[int, Role]
) -> Iterator[tuple[int, str]]:
    """败诉率由9.6%下降至5.1%: the name before the first figure is that of the second too."""
    name = ""
    for before, own in pairwise(figures):
        if roles.get(id(before)) is not Role.PREVIOUS:
            name = ""
            continue
        if not name:
            name = _SINCE.split(leads[id(before)])[0]
        if name and name not in leads[id(own)]:
            yield id(own), name + leads[id(own)].lstrip("、")


def _heading(text: Text, titles: str, paragraph: int) -> str:
    """The titles above, and the sentence that opens the paragraph when it is short enough to be one."""
    stop = text.norm.find("。", paragraph, paragraph + _LONGEST_OPENING)
    opening = text.norm[paragraph:stop] if stop > 0 else ""
    return f"{titles} / {opening}" if opening and opening not in titles else titles


def _leads(text: Text, figures: Sequence[Statement]) -> Iterator[tuple[int, str]]:
    marks = [m.end() for m in _CLAUSE_MARKS.finditer(text.norm)]
    before = 0
    for statement in figures:
        start = statement.place.start
        mark = bisect_right(marks, start) - 1
        begin = max(statement.place.sentence[0], before, marks[mark] if mark >= 0 else 0, start - _LONGEST_LEAD)
        yield id(statement), text.norm[begin:start]
        before = statement.place.end


def _respective(figures: Sequence[Statement], leads: dict[int, str]) -> Iterator[tuple[int, str]]:
    """合格率、优秀率分别为98%、71%: the first name goes with the first figure, the second with the second."""
    for i, statement in enumerate(figures):
        found = _RESPECTIVELY.search(leads[id(statement)])
        if found is None:
            continue
        names = [name for name in _SEPARATORS.split(found["names"]) if name]
        run = figures[i : i + len(names)]
        together = len(run) == len(names) > 1 and all(s.place.sentence == statement.place.sentence for s in run)
        if not together or any(len(name) > _LONGEST_NAME for name in names[1:]):
            continue
        shared = _shared_tail(names)
        for name, one in zip(names, run, strict=True):
            own = found["verb"] if one is statement else _without_separator(leads[id(one)])
            yield id(one), name + (shared if not name.endswith(shared) else "") + own


def _shared_tail(names: Sequence[str]) -> str:
    """邻里、物业、婚姻家庭纠纷: the last two characters of a longer last name are said of all."""
    last = names[-1]
    return last[-2:] if len(last) > min(map(len, names)) + 1 else ""


def _without_separator(lead: str) -> str:
    return re.sub(r"^(?:、|和|与|及|以及)", "", lead)
