"""How an import is shown at each of its steps: plain data for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.records.exchange import importing, targets
from fazhi.kernel.records.exchange.findings import Findings
from fazhi.kernel.records.exchange.heads import Aside
from fazhi.kernel.records.exchange.models import Import, ImportState, Progress, Remembered, Writes
from fazhi.kernel.records.exchange.preparing import Plan
from fazhi.kernel.records.exchange.reading import cell_shown
from fazhi.kernel.records.exchange.sheets import Row
from fazhi.kernel.records.exchange.targets import ID
from fazhi.kernel.records.register import Register
from fazhi.web.addresses import query
from fazhi.web.fields import options
from fazhi.web.navigation import address_of
from fazhi.web.words import said, sentence

_SAMPLED = 3
_SHOWN = 200
_MOST_CHANGES = 100
_PAST = 20
_STEPS = ("上传", "对应列", "预检", "写入", "完成")
_PLACES = {
    ImportState.UPLOADED: 1,
    ImportState.CHECKING: 2,
    ImportState.CHECKED: 2,
    ImportState.WRITING: 3,
    ImportState.UNDOING: 3,
}
_PHASES = {
    ImportState.DONE: "decided",
    ImportState.UNDONE: "void",
    ImportState.FAILED: "void",
    ImportState.STOPPED: "void",
    ImportState.CHECKED: "waiting",
}
_DOING = {ImportState.CHECKING: "预检", ImportState.WRITING: "写入", ImportState.UNDOING: "撤销"}


def steps(of: Import | None) -> list[dict[str, Any]]:
    """The way of an import, and where it is."""
    here = 0 if of is None else _PLACES.get(ImportState(of.state), 4)
    done = of is not None and of.state == ImportState.DONE
    return [
        {"label": said(label), "current": place == here, "done": place < here or (place == here and done)}
        for place, label in enumerate(_STEPS)
    ]


def past(register: type[Register], actor: Actor) -> list[dict[str, Any]]:
    """The imports of a register so far, newest first."""
    found = importing.visible(actor).filter(register=register.key).select_related("account").order_by("-id")[:_PAST]
    return [
        {
            "at": localtime(of.at).strftime("%Y-%m-%d %H:%M"),
            "href": f"{address_of(register)}import/{of.pk}/",
            "file": of.file_name,
            "who": of.account.name if of.account is not None else said("系统"),
            "written": f"{of.written:,}",
            "bad": f"{of.bad:,}",
            "state": state(of),
        }
        for of in found
    ]


def state(of: Import) -> dict[str, str]:
    """The state of an import as a tag."""
    known = ImportState(of.state)
    return {"label": said(str(known.label)), "phase": _PHASES.get(known, "open")}


# -- mapping -----------------------------------------------------------------------------------------------------------


def mapping(of: Import, actor: Actor) -> dict[str, Any]:
    """The columns of the sheet, what stands in them, and what they may mean."""
    plan = Plan(of, actor)
    samples = [row for row in islice(plan.lines(), 30) if isinstance(row, Row)][:_SAMPLED]
    guesses = _guesses(of, plan)
    choices = [("", said("不导入这一列")), *((key, _label(target)) for key, target in plan.targets.items())]
    columns = []
    for heading in plan.head.headings:
        guess = guesses.get(heading.place)
        key = plan.mapping.get(heading.place, "")
        columns.append(
            {
                "index": heading.place,
                "heading": heading.shown,
                "sample": " / ".join(_sampled(row, heading.place, plan.targets.get(key)) for row in samples),
                "options": options(choices, {key}),
                "guess": sentence(guess.why) if guess is not None and guess.key == key and key else "",
            }
        )
    wanted = {target.key for target in plan.targets.values() if target.required} - set(plan.mapping.values())
    missing = "、".join(said(plan.targets[key].label) for key in plan.targets if key in wanted)
    others = [sheet.name for sheet in plan.workbook.sheets if sheet.name != of.sheet]
    return {
        "file": {
            "name": of.file_name,
            "said": gettext("工作表“%(sheet)s”，表头第%(row)s行") % {"sheet": of.sheet or "—", "row": _rows(of)},
        },
        "mapping": columns,
        "missing": ""
        if ID in plan.mapping.values() or not missing
        else gettext("还没有对应：%(labels)s。新登记的记录必须有这些内容。") % {"labels": missing},
        "pointing": {
            "sheets": options([(name, name) for name in (of.sheet, *others)], {of.sheet}) if others else "",
            "first": of.head_first,
            "two": of.head_last > of.head_first,
        },
        "hidden": "、".join(plan.workbook.hidden),
        "same_allowed": of.same_allowed,
    }


def _sampled(row: Row, place: int, target: targets.Target | None) -> str:
    """What stands in a cell, shortened; what is mapped to a secret with its middle hidden."""
    value = row.cells[place] if place < len(row.cells) else None
    if value is None:
        return "—"
    return cell_shown(value, target)[:24] if target is not None else str(value)[:24]


def _rows(of: Import) -> str:
    return str(of.head_first) if of.head_first == of.head_last else f"{of.head_first}–{of.head_last}"


def _guesses(of: Import, plan: Plan) -> Mapping[int, targets.Guess]:
    kept = Remembered.objects.filter(account_id=of.account_id or 0, register=of.register).first()
    return targets.guessed(plan.head.headings, plan.targets, kept.mapping if kept else {})


def _label(target: targets.Target) -> str:
    label = said(target.label)
    if target.key == ID:
        return gettext("%(label)s（更正导出的记录）") % {"label": label}
    return gettext("%(label)s（只用于核对）") % {"label": label} if target.shown else label


# -- running -----------------------------------------------------------------------------------------------------------


def progress(of: Import) -> dict[str, Any]:
    """How far an import is, and how long it may still take."""
    return progress_of(of.pk, said(_DOING.get(ImportState(of.state), "")))


def progress_of(work: int, label: str) -> dict[str, Any]:
    """How far work in the background is; ``work`` is the id of the import or export."""
    board = Progress.objects.filter(of=work).first()
    if board is None or not board.done or not board.total:
        stopping = board is not None and board.stop
        left = gettext("正在停下…") if stopping else gettext("正在等待后台任务…")
        return {"label": label, "said": "", "total": 1, "done": 0, "left": left}
    seconds = (board.told_at - board.began_at).total_seconds()
    remaining = seconds * (board.total - board.done) / board.done
    left = gettext("正在停下…") if board.stop else gettext("大约还需 %(time)s") % {"time": duration(remaining)}
    return {
        "label": label,
        "said": f"{board.done:,} / {board.total:,}",
        "total": board.total,
        "done": board.done,
        "left": left,
    }


def duration(seconds: float) -> str:
    """This span in words."""
    if seconds < 90:
        return gettext("%(n)s 秒") % {"n": max(1, round(seconds))}
    return gettext("%(n)s 分钟") % {"n": round(seconds / 60)}


# -- results -----------------------------------------------------------------------------------------------------------


def checked(of: Import, findings: Findings, plan: Plan, column: str, href: str) -> dict[str, Any]:
    """What the dry run found, and what may be done now."""
    good = of.rows - of.bad
    fresh = good - findings.unchanged - len(findings.changes)
    tallies = [
        {"label": said("数据行"), "value": f"{of.rows:,}"},
        {"label": said("可写入"), "value": f"{fresh + len(findings.changes):,}"},
        {"label": said("有误"), "value": f"{of.bad:,}", "bad": bool(of.bad)},
    ]
    if findings.changes or findings.unchanged:
        tallies.append({"label": said("将更正"), "value": f"{len(findings.changes):,}"})
        tallies.append({"label": said("没有改动"), "value": f"{findings.unchanged:,}"})
    return {
        "tallies": tallies,
        **faults(findings, column, href),
        "preview": _preview(findings, plan),
        "changes": _changes(findings),
        "asides": _asides(findings.asides),
        "choices": _choices(of, findings),
        "reason_asked": bool(findings.changes),
    }


def faults(findings: Findings, column: str, href: str) -> dict[str, Any]:
    """The faults, narrowed to one column if asked, and the columns that have any."""
    counts = Counter(fault.column for fault in findings.faults)
    shown = [fault for fault in findings.faults if not column or fault.column == column]
    more = len(shown) - _SHOWN + (findings.more if not column else 0)
    sieve = [
        {"label": f"{name or said('整行')} {count:,}", "href": href + query(column=name), "current": name == column}
        for name, count in counts.most_common()
    ]
    return {
        "faults": [
            {"row": fault.row, "column": fault.column or "—", "value": fault.value, "reason": sentence(fault.reason)}
            for fault in shown[:_SHOWN]
        ],
        "faults_title": gettext("有误 %(n)s 处") % {"n": f"{len(findings.faults) + findings.more:,}"},
        "faults_more": gettext("另有 %(n)s 处，请下载有误的行查看。") % {"n": f"{more:,}"} if more > 0 else "",
        "faults_sieve": sieve if len(sieve) > 1 else [],
        "faults_all": href if column else "",
    }


def _preview(findings: Findings, plan: Plan) -> dict[str, Any] | None:
    if not findings.preview:
        return None
    wanted = [plan.targets[key] for key in plan.mapping.values()]
    css = [
        "n" if target.numeric else "d" if target.column and target.column.kind == "date" else "t" for target in wanted
    ]
    return {
        "columns": [{"label": said(target.label), "class": "n" if target.numeric else ""} for target in wanted],
        "rows": [
            [{"text": text or "—", "class": each} for text, each in zip(row, css, strict=False)]
            for row in findings.preview
        ],
    }


def _changes(findings: Findings) -> dict[str, Any] | None:
    if not findings.changes:
        return None
    more = len(findings.changes) - _MOST_CHANGES
    return {
        "rows": [
            {"row": change.row, "title": change.title, "column": name, "was": was or "—", "becomes": becomes or "—"}
            for change in findings.changes[:_MOST_CHANGES]
            for name, was, becomes in change.values
        ],
        "more": gettext("另有 %(n)s 条。") % {"n": f"{more:,}"} if more > 0 else "",
    }


def _asides(asides: list[Aside]) -> str:
    if not asides:
        return ""
    kinds: dict[str, list[int]] = {}
    for each in asides:
        kinds.setdefault(each.what, []).append(each.number)
    parts = [
        gettext("%(what)s：第%(rows)s行")
        % {"what": said(what), "rows": "、".join(map(str, rows[:10])) + ("…" if rows[10:] else "")}
        for what, rows in kinds.items()
    ]
    return gettext("未作为数据：%(parts)s") % {"parts": "；".join(parts)}


def _choices(of: Import, findings: Findings) -> list[dict[str, Any]]:
    good = of.rows - of.bad - findings.unchanged
    if good <= 0:
        return []
    if not of.bad:
        return [{"value": Writes.ALL.value, "label": gettext("写入这 %(n)s 条") % {"n": f"{good:,}"}, "main": True}]
    label = gettext("只写入无误的 %(n)s 条") % {"n": f"{good:,}"}
    return [{"value": Writes.GOOD.value, "label": label, "main": True}]


def result(of: Import) -> dict[str, str]:
    """How an import ended, in words."""
    words = {
        ImportState.DONE: ("done", gettext("已导入"), gettext("已写入 %(n)s 条记录。") % {"n": f"{of.written:,}"}),
        ImportState.UNDONE: (
            "info",
            gettext("已整批撤销"),
            gettext("这次导入的记录都已作废，原因：%(reason)s") % {"reason": of.reason},
        ),
        ImportState.STOPPED: ("info", gettext("已停止"), gettext("没有写入任何记录。")),
        ImportState.FAILED: ("error", gettext("没有写入"), sentence(of.problem)),
    }
    kind, title, text = words[ImportState(of.state)]
    if of.state == ImportState.DONE and of.problem:
        kind, text = "error", sentence(of.problem)
    return {"kind": kind, "title": title, "text": text}
