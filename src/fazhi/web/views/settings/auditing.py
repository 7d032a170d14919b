"""The audit as the auditor reads it: who did what to which record, and whether the chain is sealed."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.http import HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from fazhi.kernel.casework.matters.models import Matter, Step
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.audit import anchors, chain
from fazhi.kernel.ground.audit.models import Block, Entry, Operation, Payload
from fazhi.kernel.ground.audit.tables import guarded_audited, model_of
from fazhi.kernel.records.register.written import read_date
from fazhi.web import addresses, due, frame, tabs
from fazhi.web.history import Reader
from fazhi.web.views.settings import sections
from fazhi.web.words import listed, paired, said, sentence

_PAGE = 50
_BLOCKS = 20
_MOST_ITEMS = 6
# Written with every act beside the record itself; whoever wants to see them asks for their kind.
_FOLLOWING = (Matter._meta.db_table, Step._meta.db_table)


@require_GET
def entries(request: Any) -> HttpResponse:
    """Audit entries, newest first, by person, day, kind of record and record number."""
    sections.allowed(request, "audit")
    seat, asked = frame.seat_of(request), request.GET
    rows = _filtered(Entry.objects.all(), asked, seat.home.id)
    before = asked.get("before", "")
    page = list((rows.filter(id__lt=int(before)) if before.isdigit() else rows).order_by("-id")[: _PAGE + 1])
    shown = _read(seat, page[:_PAGE])
    tables = sorted(
        (
            (table.table, said(str(model._meta.verbose_name)))
            for table in guarded_audited()
            if (model := model_of(table.table))
        ),
        key=lambda pair: pair[1],
    )
    following = (
        addresses.joined(addresses.changed(addresses.pairs_of(asked), before=page[_PAGE - 1].id))
        if len(page) > _PAGE
        else ""
    )
    context = {
        "lead": gettext("每一次新增、修改、作废、授权、查看加密信息和登录都在这里，任何人都不能改动或删除。"),
        "filters": [
            {"name": "who", "label": gettext("何人（姓名或登录名）"), "value": asked.get("who", "")},
            {"name": "since", "label": gettext("自"), "value": asked.get("since", ""), "type": "date"},
            {"name": "until", "label": gettext("至"), "value": asked.get("until", ""), "type": "date"},
            {"name": "table", "label": gettext("记录类别"), "value": asked.get("table", ""), "choices": tables},
            {"name": "row", "label": gettext("记录号"), "value": asked.get("row", "")},
        ],
        "table": {"columns": sections.columns("时间", "何人", "何事", "记录类别", "记录号", "内容"), "rows": shown},
        "next": following,
    }
    return sections.shown(request, "audit", context)


def _filtered(rows: models.QuerySet[Entry], asked: Any, home_id: int) -> models.QuerySet[Entry]:
    rows = rows.exclude(op=Operation.SHAPED)
    if who := asked.get("who", "").strip():
        people = Account.objects.filter(home_id=home_id)
        found = people.filter(name__contains=who) | people.filter(login=who)
        rows = rows.filter(actor__in=list(found.values_list("id", flat=True)))
    if since := read_date(asked.get("since", "").strip()):
        rows = rows.filter(recorded__date__gte=since)
    if until := read_date(asked.get("until", "").strip()):
        rows = rows.filter(recorded__date__lte=until)
    if table := asked.get("table", ""):
        rows = rows.filter(table_name=table)
    else:
        rows = rows.exclude(table_name__in=_FOLLOWING)
    if (row := asked.get("row", "").strip()).isdigit():
        rows = rows.filter(row_id=int(row))
    return rows


def _read(seat: Any, page: list[Entry]) -> list[list[dict[str, Any]]]:
    """These entries in words, with what changed against the image before."""
    images = dict(Payload.objects.filter(pk__in=[entry.id for entry in page]).values_list("id", "image"))
    people = dict(
        Account.objects.filter(pk__in={entry.actor for entry in page if entry.actor}).values_list("id", "name")
    )
    former = _before(page)
    readers = _readers(seat, page, images, former)
    shown = []
    for entry in page:
        model = model_of(entry.table_name)
        at = localtime(entry.at or entry.recorded)
        who = people.get(entry.actor, "—") if entry.actor is not None else said("系统")
        shown.append(
            [
                sections.text(f"{at:%Y-%m-%d %H:%M:%S}", css="d"),
                sections.text(who),
                sections.text(act_said(entry)),
                sections.text(said(str(model._meta.verbose_name)) if model else entry.table_name),
                sections.text(entry.row_id or "", css="fz-num"),
                sections.text(_content(entry, readers.get(model), images.get(entry.id), former.get(entry.id)), css="w"),
            ]
        )
    return shown


def act_said(entry: Entry) -> str:
    """What was done, in words: the act's own label where a procedure names it, else what happened to the row."""
    place, _, verb = entry.act.rpartition(".")
    keeping = due.keeping_named(place)
    if keeping is not None and issubclass(keeping, Workflow) and verb in keeping.acts:
        return said(keeping.acts[verb].label, keeping.name())
    known = said(_ACTS[entry.act]) if entry.act in _ACTS else ""
    label = tabs.OUTSIDE.get(verb, "") if keeping is not None else ""
    return known or said(label) or said(Operation(entry.op).label)


def _readers(seat: Any, page: list[Entry], images: dict[int, Any], former: dict[int, Any]) -> dict[Any, Reader]:
    """A reader for each kind of record on the page, so that names are fetched once for all its entries."""
    by_model: dict[type[models.Model], list[dict[str, Any]]] = {}
    for entry in page:
        model = model_of(entry.table_name)
        if model is not None and entry.op != Operation.NOTED:
            told = [image for image in (images.get(entry.id), former.get(entry.id)) if image]
            by_model.setdefault(model, []).extend(told)
    return {model: Reader(seat, model, told, []) for model, told in by_model.items()}


def _content(
    entry: Entry,
    reader: Reader | None,
    image: dict[str, Any] | None,
    before: dict[str, Any] | None,
) -> str:
    if image is None:
        return said("内容已依法销毁")
    if entry.op == Operation.NOTED:
        return "；".join(sentence(str(value)) for value in image.values() if value)
    if reader is None:
        return ""
    if before is not None:
        changes = reader.differences(before, image)
        if reader.restricted:
            return listed(each["label"] for each in changes)
        told = [paired(each["label"], f"{each['was'] or '—'} → {each['now'] or '—'}") for each in changes[:_MOST_ITEMS]]
        return "；".join(told) + (" …" if len(changes) > _MOST_ITEMS else "")
    if reader.restricted:
        return ""
    return str(image.get("number") or image.get("title") or image.get("name") or "")


def _before(page: list[Entry]) -> dict[int, dict[str, Any]]:
    """The image before each updated row's entry, by entry, in one statement."""
    wanted = [entry for entry in page if entry.op == Operation.UPDATED]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT given.id, payload.image FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS given (id, row_id, place)
            CROSS JOIN LATERAL (
                SELECT max(entry.id) AS id FROM audit_entry AS entry
                WHERE entry.row_id = given.row_id AND entry.table_name = given.place AND entry.id < given.id
                    AND entry.op IN ('I', 'U', 'B')
            ) AS former JOIN audit_payload AS payload ON payload.id = former.id
            """,
            [
                [entry.id for entry in wanted],
                [entry.row_id for entry in wanted],
                [entry.table_name for entry in wanted],
            ],
        )
        rows = cursor.fetchall()
    return {entry_id: _loaded(image) for entry_id, image in rows}


def _loaded(image: Any) -> dict[str, Any]:
    field: Any = Payload._meta.get_field("image")
    loaded: dict[str, Any] = image if isinstance(image, dict) else field.from_db_value(image, None, connection)
    return loaded


@require_GET
def seals(request: Any) -> HttpResponse:
    """Whether what happened is sealed, the last blocks, and how to verify the whole."""
    sections.allowed(request, "chain")
    lag = chain.lag()
    blocks = Block.objects.order_by("-n")[:_BLOCKS]
    rows = [
        [
            sections.text(f"{block.n:,}", css="n"),
            sections.text(f"{localtime(block.sealed_at):%Y-%m-%d %H:%M:%S}", css="d"),
            sections.text(f"{block.entries:,}", css="n"),
            sections.text(bytes(block.hash).hex(), css="fz-code"),
        ]
        for block in blocks
    ]
    waiting = gettext("没有等待封存的记录。")
    if lag.waiting:
        waiting = gettext("%(n)s 条记录等待封存，最早的已等 %(s)s 秒。") % {
            "n": f"{lag.waiting:,}",
            "s": round(lag.seconds),
        }
    context = {
        "lead": f"{waiting}{gettext('核验全部记录：在服务器上执行 fazhi audit verify；核验未通过的，请保全现场。')}",
        "table": {"columns": sections.columns("区块#", "封存时间", "记录数#", "摘要"), "rows": rows},
        "facts": [
            {"label": gettext("锚点文件"), "value": str(anchors.path(connection.settings_dict["NAME"]))},
            {"label": gettext("验签公钥（Ed25519）"), "value": anchors.public_key_text()},
        ],
    }
    return sections.shown(request, "chain", context)


_ACTS = {
    "access.sign_in": "登录",
    "access.sign_out": "退出",
    "access.change_password": "修改口令",
    "access.make_account": "新建账号",
    "access.reset_password": "重置口令",
    "access.enable_account": "启用账号",
    "access.disable_account": "停用账号",
    "access.unlock_account": "解除锁定",
    "access.rename_account": "修改姓名",
    "access.choose_language": "选择界面语言",
    "access.grant": "授予角色",
    "access.withdraw": "收回角色",
    "access.found": "设立系统",
    "orgs.add_unit": "增补单位",
    "orgs.rename_unit": "修改单位名称",
    "orgs.close_unit": "撤销单位",
    "law.decide": "核定期限规则",
    "law.withdraw": "撤回规则核定",
    "calendar.load": "录入放假安排",
    "calendar.withdraw": "撤回放假安排",
}
