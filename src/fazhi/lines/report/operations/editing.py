"""Writing a report block by block. Each change is the act 修改正文 on the report, and holds the block to its version."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from fazhi.kernel.casework import procedure
from fazhi.kernel.casework.matters.reaching import fetch
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.ground.core.errors import Conflict, Fault, Refused, Unseen
from fazhi.kernel.ground.core.session import session
from fazhi.lines.report.codes import Part
from fazhi.lines.report.models import Block, Report
from fazhi.lines.report.operations.outlining import STEP
from fazhi.lines.report.queries import text, tokens, values
from fazhi.lines.report.workflow import Writing

LONGEST = 5000
_HEADING = 80


def write(
    report_id: int, block_id: int, words: str, *, actor: Actor, at: datetime, version: int | None = None
) -> Block:
    """Give a block another text. Several paragraphs become several blocks.

    Refused with the place where a token is none, or is written in a form that is not true of the value.
    """

    def change(report: Report) -> Block:
        block = _locked(report, block_id, version)
        paragraphs = _paragraphs(words)
        if block.level:
            paragraphs = ["".join(paragraphs)]
        kept = [_checked(each, report, heading=bool(block.level)) for each in paragraphs]
        if kept == [block.text]:
            return block
        _store(block, at=at, actor=actor, text=kept[0])
        after = block
        for more in kept[1:]:
            after = _insert(report, after, level=0, part=block.part, words=more, at=at, actor=actor)
        return block

    return _edit(report_id, change, actor=actor, at=at)


def add(
    report_id: int,
    after_id: int,
    words: str = "",
    *,
    level: int = 0,
    part: str = "",
    actor: Actor,
    at: datetime,
) -> Block:
    """Put a new block behind another: a paragraph, or a heading of ``level`` 1 to 3. It belongs to the same part."""

    def change(report: Report) -> Block:
        after = _locked(report, after_id, None)
        kept = _checked("".join(_paragraphs(words)), report, heading=bool(level))
        return _insert(report, after, level=level, part=part or after.part, words=kept, at=at, actor=actor)

    if part and part not in Part.values:
        raise Refused(Fault(f"没有“{part}”这一部分", "part"))
    if not 0 <= level <= 3:
        raise Refused(Fault("标题只有一至三级", "level"))
    return _edit(report_id, change, actor=actor, at=at)


def remove(report_id: int, block_id: int, *, actor: Actor, at: datetime, version: int | None = None) -> Block:
    """Take a block out of the text. It stays in the records and may be seen in their history."""

    def change(report: Report) -> Block:
        block = _locked(report, block_id, version)
        if block.level and _followed(report, block):
            raise Refused("标题下还有内容，请先删去或移走下面的段落")
        _store(block, at=at, actor=actor, removed=True)
        return block

    return _edit(report_id, change, actor=actor, at=at, note="删去一段")


def _edit(report_id: int, change: Callable[[Report], Block], *, actor: Actor, at: datetime, note: str = "") -> Block:
    with session(jurisdictions=[actor.jurisdiction_id], actor=actor.account_id, act="report.report.edit", at=at):
        procedure.act(Report, report_id, Writing.edit, actor=actor, at=at, note=note)
        return change(fetch(actor, Report, report_id))


def _locked(report: Report, block_id: int, version: int | None) -> Block:
    block = Block.objects.select_for_update().filter(report=report, pk=block_id, removed=False).first()
    if block is None:
        raise Unseen(f"block {block_id}")
    if version is not None and version != block.version:
        raise Conflict("您打开之后，这一段已被他人修改；请核对两边的文字后重新保存", {"text": block.text})
    return block


def _paragraphs(words: str) -> list[str]:
    """The paragraphs of what was typed, without the spaces and line breaks a text area adds."""
    tidy = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\u3000", " ")
    found = [line.strip() for line in tidy.split("\n") if line.strip()]
    return found or [""]


def _checked(words: str, report: Report, *, heading: bool) -> str:
    limit = _HEADING if heading else LONGEST
    if len(words) > limit:
        raise Refused(Fault(f"{'标题' if heading else '一段'}最多{limit}字，现有{len(words)}字", "text"))
    broken = tokens.faults(words, report.year)
    if broken:
        raise Refused.of(Fault(f"第{each.at + 1}字：{each.reason}", "text") for each in broken)
    whole = tokens.normalised(words, report.year)
    placed = tokens.tokens(whole, report.year)
    if heading and placed:
        raise Refused(Fault("标题里不写数据，请写到正文中", "text"))
    found = values.figures(placed, values.scope_of(report.subject))
    untrue = [
        Fault(f"“{token.measure.label}”：{words_of.reason}", "text")
        for token in placed
        if (words_of := values.write(found[token.key, token.period], token.form)).stand is values.Stand.UNTRUE
    ]
    if untrue:
        raise Refused.of(untrue)
    return whole


def _store(block: Block, *, at: datetime, actor: Actor, **values_: object) -> None:
    for name, value in values_.items():
        setattr(block, name, value)
    block.version += 1
    block.save(update_fields=[*values_, "version"])


def _insert(report: Report, after: Block, *, level: int, part: str, words: str, at: datetime, actor: Actor) -> Block:
    following = Block.objects.filter(report=report, order__gt=after.order).order_by("order", "id").first()
    if following is not None and following.order - after.order < 2:
        Block.objects.filter(report=report, order__gt=after.order).update(order=F("order") + STEP)
        following.order += STEP
    order = after.order + STEP if following is None else (after.order + following.order) // 2
    return Block.objects.create(
        jurisdiction_id=report.jurisdiction_id,
        recorded_at=at,
        recorded_by=actor.account_id,
        report=report,
        order=order,
        level=level,
        part=part,
        text=words,
    )


def _followed(report: Report, heading: Block) -> bool:
    """Whether anything stands below a heading."""
    blocks = text.blocks_of(report)
    place = next(index for index, each in enumerate(blocks) if each.pk == heading.pk)
    below = blocks[place + 1] if place + 1 < len(blocks) else None
    return below is not None and (not below.level or below.level > heading.level)
