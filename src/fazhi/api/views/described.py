"""The OpenAPI document, made of the registers' declarations: what is described is what is served."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpResponse

from fazhi.api import shapes
from fazhi.api.answers import answer
from fazhi.api.guard import Asked
from fazhi.api.shapes import Schema
from fazhi.api.views.registers import LARGEST_PAGE
from fazhi.api.views.writing import acted, corrected, entered
from fazhi.kernel.casework.matters.models import Case
from fazhi.kernel.casework.matters.workflow import Workflow
from fazhi.kernel.casework.parties.models import PartyKind
from fazhi.kernel.records.measures.figures import State
from fazhi.kernel.records.register import REGISTERS, Column, Kind, Register

_RANGED = (Kind.DATE, Kind.INSTANT, Kind.MONEY, Kind.NUMBER)
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_ID: Schema = {"type": "integer"}


def openapi(asked: Asked) -> HttpResponse:
    """The description of every address, the same for everybody."""
    return answer(document())


@cache
def document() -> dict[str, Any]:
    """This description as an object."""
    paths: dict[str, Any] = {
        "/api/openapi.json": {"get": _operation("本文档", "describe", {"type": "object"}, "文档", faults=())},
        "/api/registers": {"get": _operation("可查看的台账", "registers", _ref("Catalogue"), "目录", faults=())},
        "/api/figures": {"get": _figures()},
        "/api/tokens": {"get": _tokens(), "post": _issue()},
        "/api/tokens/{token_id}/revoke": {
            "post": _operation("吊销令牌", "revoke_token", _ref("Token"), "令牌", _path("token_id"), faults=(403, 404))
        },
    }
    schemas = _common()
    for register in REGISTERS.values():
        _add(register, paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "法治 fazhi",
            "version": "1",
            "description": "由台账声明生成。金额以元为单位，写作小数文本；选项给出代码；引用给出编号和名称。",
        },
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "fazhi_session"},
            },
        },
    }


# -- registers ---------------------------------------------------------------------------------------------------------


def _add(register: type[Register], paths: dict[str, Any], schemas: dict[str, Any]) -> None:
    name = register.key.replace(".", "_")
    columns = shapes.every_column(register)
    values = {column.name: shapes.schema_of(column) for column in columns}
    schemas[f"{name}_row"] = _object({"id": _ID, **values}, required=["id"])
    schemas[f"{name}_page"] = _object(
        {"register": _TEXT, "rows": _list(_ref(f"{name}_row")), "after": _MAYBE, "before": _MAYBE, "total": _ID},
        required=["register", "rows", "after", "before"],
    )
    schemas[f"{name}_record"] = _record(values)
    base = f"/api/{register.keeping.line}/{register.slug()}"
    one = f"{base}/{{record_id}}"
    paths[base] = {"get": _listing(register, columns, name), "post": _opening(register, name)}
    paths[one] = {
        "get": _operation(f"一条{register.label}", f"{name}_get", _ref(f"{name}_record"), "记录", _path("record_id"))
    }
    paths[f"{one}/correct"] = {
        "post": _writing(
            f"更正{register.label}", f"{name}_correct", name,
            {"values": _values(corrected(register)), "reason": _TEXT, "version": _ID}, required=["values", "reason"],
        )
    }  # fmt: skip
    paths[f"{one}/void"] = {
        "post": _writing(
            f"作废{register.label}", f"{name}_void", name, {"reason": _TEXT, "version": _ID}, required=["reason"]
        )
    }
    if issubclass(register.record(), Case):
        who: Schema = {"type": ["integer", "string", "null"]}
        body = {"handler": who, "unit": who, "reason": _TEXT, "version": _ID}
        paths[f"{one}/assign"] = {"post": _writing(f"分派{register.label}", f"{name}_assign", name, body)}
    keeping = register.keeping
    if issubclass(keeping, Workflow):
        for key, act in keeping.acts.items():
            body = {"values": _values(acted(keeping, act)), "on": _date(), "version": _ID, "note": _TEXT}
            label = f"{act.label}{'（提交审批）' if act.approved else ''}"
            paths[f"{one}/{key}"] = {"post": _writing(label, f"{name}_{key}", name, body)}


def _listing(register: type[Register], columns: list[Column], name: str) -> Schema:
    parameters = [
        _parameter("cursor", "上一页给出的 after 或 before"),
        _parameter("size", f"每页条数，最多{LARGEST_PAGE}", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}),
        _parameter("total", "1：同时给出总数", {"type": "string", "enum": ["1"]}),
        _parameter("columns", f"栏目，用逗号隔开：{','.join(column.name for column in columns)}"),
        _parameter("order", "按哪一栏排序，前加 - 为倒序"),
        _parameter("q", "搜索编号、名称等"),
        _parameter("void", "1：包括已作废的", {"type": "string", "enum": ["1"]}),
    ]
    for column in register.filtering:
        if column.kind in _RANGED:
            parameters += [_parameter(f"{column.name}_{end}", f"{column.label}{sign}") for end, sign in _ENDS]
        parameters.append(_parameter(column.name, column.label))
    return _operation(
        f"{register.label}列表", f"{name}_list", _ref(f"{name}_page"), "一页", parameters, faults=(401, 404, 422)
    )


_ENDS = (("from", "（起）"), ("to", "（止）"))


def _opening(register: type[Register], name: str) -> Schema:
    body = {
        "values": _values(entered(register, history=True)),
        "parties": _list(_ref("PartyGiven")),
        "unit": {"type": ["integer", "string", "null"]},
        "handler": {"type": ["integer", "string", "null"]},
        "on": _date(),
        "history": {"type": "boolean", "description": "补录：按已办结的记录登记"},
        "note": _TEXT,
    }
    made = _writing(register.keeping.enter_label, f"{name}_open", name, body, path=False)
    made["responses"]["201"] = made["responses"].pop("200")
    return made


def _writing(
    label: str, operation: str, name: str, body: Schema, *, required: list[str] | None = None, path: bool = True
) -> Schema:
    answered: Schema = _ref(f"{name}_record")
    if path:
        # Assigned to another unit, a record may leave what the account sees.
        answered = {"anyOf": [answered, _ref("Gone")]}
    made = _operation(
        label,
        operation,
        answered,
        "记录现在的样子",
        _path("record_id") if path else (),
        faults=(400, 401, 403, 404, 422),
    )
    made["requestBody"] = _json(_object(body, required=required or []))
    made["responses"]["409"] = {"description": "已被他人修改：两边的内容", "content": _content(_ref("Conflict"))}
    return made


def _values(columns: list[Column]) -> Schema:
    return _object({column.name: shapes.schema_of(column, typed=True) for column in columns})


def _record(values: Schema) -> Schema:
    facts: Schema = {
        "id": _ID,
        "register": _TEXT,
        "version": _ID,
        "void_reason": _MAYBE,
        "may_correct": {"type": "boolean"},
        "values": _object(values, required=list(values)),
        "parties": _list(_ref("Party")),
        "clocks": _list(_ref("Clock")),
        "timeline": _list(_ref("Step")),
        "acts": _list(_object({"key": _TEXT, "label": _TEXT, "needs_approval": {"type": "boolean"}}, all=True)),
        "barred": _list(_object({"key": _TEXT, "label": _TEXT, "reason": _TEXT}, all=True)),
    }
    return _object(facts, all=True)


# -- what is common ----------------------------------------------------------------------------------------------------


def _common() -> dict[str, Any]:
    kinds: Schema = {"type": "string", "enum": list(PartyKind.values)}
    fault = _object({"field": _TEXT, "reason": _TEXT}, all=True)
    return {
        "Reference": _object({"id": _ID, "name": _MAYBE}, all=True),
        "Fault": fault,
        "Faults": _object({"faults": _list(_ref("Fault"))}, all=True),
        "Conflict": _object(
            {"faults": _list(_ref("Fault")), "yours": {"type": "object"}, "theirs": {"type": "object"}}, all=True
        ),
        "Gone": _object({"id": _ID, "register": _TEXT, "gone": {"type": "boolean"}}, all=True),
        "Party": _object(
            {"id": _ID, "role": _TEXT, "kind": kinds, "name": _TEXT}
            | {"identity": _MAYBE, "phone": _MAYBE, "address": _MAYBE},
            all=True,
        ),
        "PartyGiven": _object(
            {"role": _TEXT, "kind": kinds, "name": _TEXT} | {"identity": _MAYBE, "phone": _MAYBE, "address": _MAYBE},
            required=["role", "name"],
        ),
        "Clock": _object(
            {"key": _TEXT, "label": _TEXT, "rule": _TEXT, "standing": _TEXT, "started_on": _date(null=False)}
            | {"stopped_on": _date(), "due_on": _date()}
            | {"provisional": {"type": "boolean"}, "certain": {"type": "boolean"}},
            all=True,
        ),
        "Step": _object(
            {"act": _TEXT, "from": _MAYBE, "to": _MAYBE, "on": _date(null=False), "by": _TEXT, "note": _MAYBE}
            | {"at": {"type": "string", "format": "date-time"}},
            all=True,
        ),
        "Figure": _object(
            {"key": _TEXT, "label": _TEXT, "line": _TEXT, "unit": _TEXT, "definition": _TEXT, "value": _MAYBE}
            | {"text": _TEXT, "state": {"type": "string", "enum": [each.value for each in State]}, "how": _TEXT},
            all=True,
        ),
        "Figures": _object(
            {
                "period": _object(
                    {"code": _TEXT, "first": _date(null=False), "last": _date(null=False), "label": _TEXT}, all=True
                ),
                "unit": {"anyOf": [_ref("Reference"), {"type": "null"}]},
                "figures": _list(_ref("Figure")),
            },
            all=True,
        ),
        "Token": _object(
            {"id": _ID, "name": _TEXT, "writes": {"type": "boolean"}, "token": _TEXT}
            | {"made_at": _instant(), "expires_at": _instant(), "revoked_at": _instant(), "used_at": _instant()},
            required=["id", "name", "writes", "made_at", "expires_at", "revoked_at", "used_at"],
        ),
        "Catalogue": _object({"registers": _list(_catalogued())}, all=True),
    }


def _catalogued() -> Schema:
    keyed = _object({"key": _TEXT, "label": _TEXT}, all=True)
    group = _list(_object({"label": _TEXT, "fields": _list(_TEXT)}, all=True))
    column = _object({"name": _TEXT, "label": _TEXT, "kind": _TEXT, "choices": _list(keyed)}, all=True)
    act = _object(
        {
            "key": _TEXT,
            "label": _TEXT,
            "from": _list(_TEXT),
            "to": _MAYBE,
            "asks": _list(_TEXT),
            "may_ask": _list(_TEXT),
        }
        | {"needs_approval": {"type": "boolean"}},
        all=True,
    )
    return _object(
        {
            "key": _TEXT,
            "label": _TEXT,
            "line": keyed,
            "href": _TEXT,
            "may_enter": {"type": "boolean"},
            "order": _TEXT,
            "columns": _list(column),
            "shown": _list(_TEXT),
            "filters": _list(_TEXT),
            "form": group,
            "history": group,
            "parties": _list(_object({"key": _TEXT, "label": _TEXT, "least": _ID}, all=True)),
            "acts": _list(act),
        },
        all=True,
    )


def _figures() -> Schema:
    parameters = [
        _parameter("year", "年度", {"type": "string"}),
        _parameter("period", "期间：2022、2022-03 或 2022-01-01~2022-09-30"),
        _parameter("unit", "单位编号、代码或名称；不写为全区"),
        _parameter("keys", "指标，用逗号隔开；不写为全部"),
    ]
    return _operation("指标", "figures", _ref("Figures"), "指标值", parameters, faults=(401, 403, 422))


def _tokens() -> Schema:
    return _operation(
        "本人的令牌", "tokens", _object({"tokens": _list(_ref("Token"))}, all=True), "令牌", faults=(401, 403)
    )


def _issue() -> Schema:
    made = _operation("发放令牌", "issue_token", _ref("Token"), "令牌，文本只显示这一次", faults=(400, 401, 403, 422))
    made["requestBody"] = _json(_object({"name": _TEXT, "days": _ID, "writes": {"type": "boolean"}}, required=["name"]))
    made["responses"]["201"] = made["responses"].pop("200")
    return made


def _operation(
    label: str, operation: str, schema: Schema, said: str, parameters: Any = (), *, faults: Any = (401, 404)
) -> Schema:
    words = {400: "读不懂", 401: "未登录", 403: "无权", 404: "没有，或者无权查看", 422: "不能这样做"}
    responses: Schema = {"200": {"description": said, "content": _content(schema)}}
    for status in faults or (401,):
        responses[str(status)] = {"description": words[status], "content": _content(_ref("Faults"))}
    made: Schema = {"summary": label, "operationId": operation, "responses": responses}
    if parameters:
        made["parameters"] = list(parameters)
    return made


def _parameter(name: str, said: str, schema: Schema | None = None) -> Schema:
    return {"name": name, "in": "query", "description": said, "schema": schema or _TEXT}


def _path(name: str) -> list[Schema]:
    return [{"name": name, "in": "path", "required": True, "schema": _ID}]


def _json(schema: Schema) -> Schema:
    return {"required": True, "content": _content(schema)}


def _content(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _date(*, null: bool = True) -> Schema:
    return {"type": ["string", "null"] if null else "string", "format": "date"}


def _instant() -> Schema:
    return {"type": ["string", "null"], "format": "date-time"}


def _object(properties: Schema, *, required: list[str] | None = None, all: bool = False) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    wanted = list(properties) if all else required
    if wanted:
        made["required"] = wanted
    return made
