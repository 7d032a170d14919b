"""What lies on the desks of the reconsideration section today: cases at every stage, and decisions that await a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.demo.desk import Desk, Story
from fazhi.demo.district import at
from fazhi.demo.reconsidering import SECTION, lodged, parties_of
from fazhi.demo.scenery import stories
from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.approvals import deciding
from fazhi.kernel.casework.approvals.models import Request, RequestState
from fazhi.kernel.casework.matters.workflow import Act
from fazhi.kernel.ground.core.session import session
from fazhi.lines.reconsideration.models import Application
from fazhi.lines.reconsideration.workflow import Reconsidering

_HEARD: Story = (("send_copy", 29), ("deliver_copy", 28), ("take_reply", 20), ("hear_opinions", 14))
# A ``?`` behind an act: it is asked for and waits for the head of section; ``??``: for the leader.
STORIES: Sequence[Story] = (
    (("open", 1),),
    (("open", 2),),
    (("open", 4), ("accept?", 2)),
    (("open", 4), ("accept??", 2)),
    (("open", 5), ("refuse?", 1)),
    (("open", 9), ("ask_supplement", 7), ("serve_supplement", 5)),
    (("open", 8), ("accept", 5)),
    (("open", 11), ("accept", 8), ("send_copy", 6), ("deliver_copy", 4)),
    (("open", 36), ("accept", 33), *_HEARD),
    (("open", 34), ("accept", 31), *_HEARD, ("report", 3)),
    (("open", 57), ("accept", 54), *_HEARD, ("decide??", 1)),
    (("open", 40), ("accept", 37), *_HEARD[:3], ("suspend", 12)),
    (("open", 47), ("accept", 44), *_HEARD, ("decide", 9), ("serve", 6)),
    (("open", 50), ("accept", 47), *_HEARD, ("mediate", 8), ("serve", 6), ("perform", 2)),
    (("open", 43), ("accept", 40), *_HEARD[:2], ("terminate", 16), ("serve", 13)),
    (("open", 30), ("refuse", 27), ("serve", 25)),
    (("open", 38), ("accept", 36), *_HEARD, ("decide", 12), ("serve", 10), ("perform", 4), ("archive", 3)),
)


def sit(desk: Desk) -> int:
    """Put today's cases of reconsideration on the desks; gives how many."""
    for turn, story in enumerate(STORIES):
        _case(desk, story, ("police", "market", "labour", "ecology")[turn % 4])
    return len(STORIES)


def _case(desk: Desk, story: Story, respondent: str) -> None:
    district, chance = desk.district, desk.chance
    actor, place = district.actors["fuyi"], district.units[SECTION]
    opened = desk.day(story[0][1])
    case = procedure.open(
        Application, lodged(respondent, "penalty", opened, district, chance), actor=actor, at=at(opened, 9), unit=place,
        parties=parties_of(respondent, district, chance), handler_id=actor.account_id,
    )  # fmt: skip
    for hour, (said, ago) in enumerate(story[1:], 10):
        act = Reconsidering.acts[said.rstrip("?")]
        day = at(desk.day(ago), hour)
        procedure.act(Application, case.id, act, _answers(desk)[act.key], actor=actor, at=day)
        _agree(desk, case, act, said.count("?"), day)


def _agree(desk: Desk, case: Application, act: Act, left: int, day: Any) -> None:
    """Let the posts agree one after the other; with one mark nobody has yet, with two all but the last."""
    if not act.approved or left == 1:
        return
    posts = {"section_head": "fuyi-kezhang", "leader": "fujuzhang"}
    with session(jurisdictions=[desk.district.jurisdiction_id], act="demo.look", at=day):
        request = Request.objects.get(matter_id=case.id, state=RequestState.PENDING)
    for (role,) in act.approved[: len(act.approved) - (left == 2)]:
        deciding.agree(request.id, actor=desk.district.actors[posts[role.key]], at=day)


def _answers(desk: Desk) -> Mapping[str, Mapping[str, Any]]:
    chance, said = desk.chance, stories()["reconsideration"]
    found = "经审理查明，该行政行为作出前已履行告知程序，认定的主要事实有现场检查笔录等证据证明。（演示）"
    return {
        "accept": {},
        "refuse": {"refusal_ground": "no_interest", "ended_for": chance.one(said["refused"])},
        "ask_supplement": {"supplement_items": "请补充提交行政行为的凭证和明确的复议请求"},
        "serve_supplement": {},
        "send_copy": {},
        "deliver_copy": {},
        "take_reply": {"reply": "被申请人认为，该行政行为事实清楚、程序合法、裁量适当。（演示）"},
        "hear_opinions": {
            "heard": "申请人",
            "way": "telephone",
            "staff": f"{desk.district.actors['fuyi'].name}、{desk.district.actors['fuyi-kezhang'].name}",
            "points": chance.one(said["grounds"]),
        },
        "report": {"disputed": "裁量是否适当", "facts_found": found, "proposal": "拟维持该行政行为"},
        "suspend": {"suspension_ground": "other_case", "suspension_note": "须以另案的审理结果为依据"},
        "decide": {
            "outcome": "upheld",
            "facts_found": found,
            "reasons": "该行政行为认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。（演示）",
            "basis": "《中华人民共和国行政复议法》关于维持决定的规定（演示）",
            "result": "维持该行政行为。",
        },
        "mediate": {"agreement": chance.one(said["agreements"])},
        "terminate": {"terminated_for": "settled", "agreement": chance.one(said["agreements"])},
        "serve": {},
        "perform": {"performance": "performed" if chance.happens(50) else "nothing_due"},
        "archive": {},
    }
