"""Code lists: what may be chosen, as data with the days each code was in use; lists change, records keep their codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import models


@dataclass(frozen=True, slots=True)
class Code:
    """This entry: stable key, label, and the days between which new records may take it (open: None)."""

    key: str
    label: str
    since: date | None = None
    until: date | None = None

    def current(self, on: date) -> bool:
        """Whether a record of that day may take it."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class CodeList:
    """These codes under a name, with the source they were taken from."""

    def __init__(self, name: str, source: str, codes: Iterable[Code]) -> None:
        self.name, self.source = name, source
        self.codes = {code.key: code for code in codes}

    @classmethod
    def read(cls, file: Path, name: str) -> CodeList:
        """The list ``name`` of a YAML file: ``{name: {source: …, codes: [{key, label, since, until}]}}``."""
        raw = yaml.safe_load(file.read_text("utf-8"))[name]
        return cls(name, raw["source"], (Code(**each) for each in raw["codes"]))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """All codes with their labels, current or not."""
        return [(code.key, code.label) for code in self.codes.values()]

    def fault(self, key: str, on: date) -> str | None:
        """Why a record of that day may not take ``key``, or None."""
        code = self.codes.get(key)
        if code is None or code.current(on):
            return None
        if code.since is not None and on < code.since:
            return f"“{code.label}”自{code.since.isoformat()}起使用，{on.isoformat()}的记录请选当时的类别"
        assert code.until is not None
        return f"“{code.label}”用到{code.until.isoformat()}为止，请选现行的类别"


class CodeField(models.CharField):  # type: ignore[type-arg]
    """A code of a list. The choices live in the list, not in migrations: a new code is no change of schema."""

    def __init__(self, *args: Any, codes: CodeList | None = None, **kwargs: Any) -> None:
        self.codes = codes
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **{**kwargs, "choices": codes.choices if codes else None})

    def deconstruct(self) -> Any:
        """Leaves the list out."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs
