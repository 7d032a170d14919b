"""Composing: a template and the facts of a case become the whole text of a paper, as plain data that can be kept.

The text is kept, not only the facts, so that a later template changes nothing that was issued.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from fazhi.kernel.casework.papers.declaring import Paper
from fazhi.kernel.casework.papers.models import Issued
from fazhi.kernel.casework.papers.rendering import (
    Align,
    Block,
    Cell,
    Check,
    Document,
    Heading,
    Imprint,
    Labelled,
    Layout,
    PageBreak,
    Paragraph,
    Signature,
    SignatureLine,
    Table,
)
from fazhi.kernel.casework.papers.rendering import Openness as Printed
from fazhi.kernel.casework.papers.templates import fill
from fazhi.kernel.ground.core.errors import Fault

_OPENNESS = {"active": Printed.ACTIVE, "on_request": Printed.ON_REQUEST, "withheld": Printed.WITHHELD}


def facts_of(paper: Paper, case: Any, general: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """These facts the paper speaks of, and a fault for each that the case does not have."""
    found: dict[str, Any] = {}
    faults = []
    conditions = {each[name] for each in paper.template.body for name in ("when", "unless") if name in each}
    for name in sorted(paper.template.names()):
        value = general[name] if name in general else paper.papers.facts[name](case)
        if value in (None, "", []) and name not in conditions:
            faults.append(Fault(f"《{paper.label}》需要“{_label(case, name)}”，请先填写", name))
        found[name] = _said(value)
    return found, faults


def compose(paper: Paper, facts: Mapping[str, Any], *, organ: str, number: str, on: date) -> dict[str, Any]:
    """The whole text of the paper as plain data."""
    template = paper.template
    return {
        "layout": template.layout.value,
        "organ": organ,
        "title": template.title,
        "number": number,
        "dated": on.isoformat(),
        "to": fill(template.to, facts),
        "blocks": [block for each in template.body for block in _blocks(each, facts)],
        "copies": [fill(each, facts) for each in template.copies],
        "seal": template.seal,
    }


def digest(content: Mapping[str, Any]) -> str:
    """This SHA-256 over a composed paper, hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Mapping[str, Any]) -> bytes:
    """A composed paper as the text that is kept and hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def document(issued: Issued, *, address: str = "") -> Document:
    """An issued paper as a document to render; ``address`` is where readers check it, empty where there is none."""
    content = json.loads(issued.content.reveal())
    organ, day = content["organ"], date.fromisoformat(content["dated"])
    signed = Layout(content["layout"]) not in (Layout.FORM, Layout.RECORD, Layout.LEDGER)
    return Document(
        layout=Layout(content["layout"]),
        organ=organ,
        title=(content["title"],),
        blocks=tuple(_grid(content["blocks"]) if content["layout"] == Layout.FORM else map(_block, content["blocks"])),
        number=content["number"],
        dated=day,
        addressees=content["to"],
        openness=_OPENNESS[issued.openness],
        signature=Signature((organ,)) if signed else None,
        imprint=Imprint(copies_to=tuple(content["copies"])) if content["copies"] else None,
        check=Check(f"{address}/check/{issued.code}", issued.code) if address and not issued.kept else None,
    )


def _blocks(raw: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if ("when" in raw and not facts[raw["when"]]) or ("unless" in raw and facts[raw["unless"]]):
        return
    if "each" in raw:
        for item in facts[raw["each"]]:
            yield {"kind": "text", "text": fill(raw["text"], facts, item=str(item))}
    elif "table" in raw:
        table = raw["table"]
        columns = table["columns"]
        yield {
            "kind": "table",
            "head": [each["label"] for each in columns],
            "widths": [each.get("width", 1) for each in columns],
            "rows": [[str(row.get(each["key"], "")) for each in columns] for row in facts[table["rows"]]],
        }
    elif "page_break" in raw:
        yield {"kind": "page_break"}
    elif "heading" in raw:
        yield {"kind": "heading", "level": raw.get("level", 1), "text": fill(raw["heading"], facts)}
    elif "sign" in raw:
        yield {"kind": "sign", "text": fill(raw["sign"], facts)}
    elif "label" in raw:
        yield {"kind": "label", "label": fill(raw["label"], facts), "text": fill(raw["text"], facts)}
    else:
        for paragraph in fill(raw["text"], facts).split("\n"):
            yield {"kind": "text", "text": paragraph}


def _grid(raws: Iterable[Mapping[str, Any]]) -> Iterator[Block]:
    """A form: what is labelled stands in one ruled grid, label beside value."""
    for labelled, told in groupby(raws, key=lambda raw: raw["kind"] == "label"):
        if labelled:
            rows = [(Cell.of(raw["label"], label=True), Cell.of(raw["text"], align=Align.LEFT)) for raw in told]
            yield Table.of(None, rows, widths=(1.0, 3.0))
        else:
            yield from map(_block, told)


def _block(raw: Mapping[str, Any]) -> Block:
    match raw["kind"]:
        case "heading":
            return Heading(raw["level"], raw["text"])
        case "label":
            return Labelled.of(raw["label"], raw["text"])
        case "sign":
            return SignatureLine(raw["text"])
        case "page_break":
            return PageBreak()
        case "table":
            return Table.of(raw["head"], raw["rows"], widths=raw["widths"])
        case _:
            return Paragraph.of(raw["text"])


def _said(value: Any) -> Any:
    if isinstance(value, bool | list):
        return value
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value)


def _label(case: Any, name: str) -> str:
    known = {field.name: str(getattr(field, "verbose_name", field.name)) for field in case._meta.concrete_fields}
    return known.get(name, name)
