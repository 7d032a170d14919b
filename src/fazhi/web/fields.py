"""Forms as templates show them: plain dictionaries of fields, with what was typed, what is wrong with it, and a summary."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from fazhi.kernel.ground.core.errors import Fault
from fazhi.web.words import sentence

Shown = dict[str, Any]


def text_field(name: str, label: str, value: Any = "", *, kind: str = "text", **more: Any) -> Shown:
    """This field of one line (``kind`` as of an HTML input), or ``textarea``."""
    return {"name": name, "id": f"i-{name}", "label": label, "kind": kind, "value": value, "errors": [], **more}


def options(choices: Iterable[tuple[Any, str]], chosen: Container[str]) -> SafeString:
    """These options of a select, as HTML: a list of units would otherwise cost a template node for each."""
    made = [
        f'<option value="{escape(str(key))}"{" selected" if str(key) in chosen else ""}>{escape(label)}</option>'
        for key, label in choices
    ]
    return mark_safe("".join(made))  # noqa: S308 — made of escaped texts only


def choice_field(
    name: str, label: str, choices: Iterable[tuple[Any, str]], value: Any = "", *, kind: str = "choice", **more: Any
) -> Shown:
    """This field with choices: ``choice`` (one of a list), ``radio`` (one), ``choices`` (any of several)."""
    chosen = {str(each) for each in value} if isinstance(value, list | tuple | set) else {str(value)}
    if kind == "choice":
        return text_field(name, label, value, kind=kind, options=options(choices, chosen), **more)
    shown = [{"value": key, "label": text, "selected": str(key) in chosen} for key, text in choices]
    return text_field(name, label, value, kind=kind, choices=shown, **more)


def heading(label: str) -> Shown:
    """This heading between fields."""
    return {"kind": "heading", "label": label, "name": ""}


class Form:
    """A form being made: fields are added, refusals told, and :meth:`shown` gives what the template needs.

    Refusals may be told before their field is added.
    """

    def __init__(
        self,
        *,
        action: str,
        verb: str,
        cancel: str = "",
        version: int | str = "",
        once: str = "",
        destructive: bool = False,
        will: Sequence[str] = (),
        multipart: bool = False,
        again: str = "",
    ) -> None:
        self._shown: Shown = {
            "action": action,
            "verb": verb,
            "cancel": cancel,
            "version": version,
            "once": once,
            "destructive": destructive,
            "will": list(will),
            "multipart": multipart,
            "again": again,
        }
        self._fields: list[Shown] = []
        self._faults: list[Fault] = []
        self._aliases: dict[str, str] = {}
        self.theirs: dict[str, str] = {}

    def add(self, *fields: Shown) -> None:
        """Put these fields at the end."""
        self._fields += fields

    def set(self, **values: Any) -> None:
        """Change what the form itself says: its version, its effects."""
        self._shown |= values

    def alias(self, fault_field: str, field: str) -> None:
        """Show faults that name ``fault_field`` at ``field``."""
        self._aliases[fault_field] = field

    def refuse(self, field: str, reason: str) -> None:
        """Say why this field (``""``: the whole) is refused."""
        self._faults.append(Fault(reason, field))

    def refuse_all(self, faults: Iterable[Fault]) -> None:
        """Say all these faults, each once."""
        self._faults += [fault for fault in faults if fault not in self._faults]

    @property
    def refused(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._faults)

    @property
    def status(self) -> int:
        """The status of the answer that shows this form."""
        return 422 if self._faults else 200

    def shown(self) -> Shown:
        """The form with every fault at its field and in the summary, in the order of the fields."""
        by_name = {field["name"]: field for field in self._fields if field["name"]}
        told: list[tuple[int, Shown]] = []
        order = {field["name"]: place for place, field in enumerate(self._fields)}
        for fault in self._faults:
            name = self._aliases.get(fault.field, fault.field)
            field, reason = by_name.get(name), sentence(fault.reason)
            if field is None or field["kind"] == "hidden":
                told.append((-1, {"id": "", "label": "", "reason": reason}))
                continue
            field["errors"].append(reason)
            label = f"{field['group']} {field['label']}" if field.get("group") else field["label"]
            told.append((order[name], {"id": field["id"], "label": label, "reason": reason}))
        for name, value in self.theirs.items():
            if name in by_name:
                by_name[name]["theirs"] = value
        told.sort(key=lambda pair: pair[0])
        return {**self._shown, "fields": self._fields, "faults": [summary for _, summary in told]}
