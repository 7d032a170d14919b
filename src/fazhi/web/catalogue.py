"""English: one file of terms for the screens and one beside each line, compiled at start into what Django reads.

``english.yaml`` maps Chinese to English under ``terms``. A value that is a list is singular and plural. ``contexts``
holds, by context, the few terms whose meaning depends on where they stand. ``patterns`` are sentences with gaps
(``请填写“{}”``), for what is said with a name in it.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from fazhi.kernel.ground import law

FILE = "english.yaml"
_HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
_MAGIC = 0x950412DE


@dataclass(slots=True)
class English:
    """These translations: terms (a pair where number matters), terms by context, and sentences with gaps."""

    terms: dict[str, str | list[str]] = field(default_factory=dict)
    contexts: dict[str, dict[str, str]] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)

    def take(self, raw: dict[str, Any]) -> None:
        """Add what one file says; a term that is there already stays as it is."""
        for term, said in (raw.get("terms") or {}).items():
            self.terms.setdefault(str(term), said)
        for context, terms in (raw.get("contexts") or {}).items():
            mine = self.contexts.setdefault(context, {})
            for term, said in terms.items():
                mine.setdefault(str(term), said)
        for pattern, said in (raw.get("patterns") or {}).items():
            self.patterns.setdefault(pattern, said)


def files() -> list[Path]:
    """These files of terms: that of the screens first, then those beside other installed packages of ours."""
    found = [Path(__file__).with_name(FILE)]
    for name in settings.INSTALLED_APPS:
        package = name.partition(".apps.")[0]
        if not package.startswith("fazhi.") or package == "fazhi.web":
            continue
        spec = find_spec(package)
        if spec is not None and spec.origin is not None and (path := Path(spec.origin).with_name(FILE)).is_file():
            found.append(path)
    return found


def read() -> English:
    """These translations of all files."""
    english = English()
    for path in files():
        english.take(yaml.load(path.read_text("utf-8"), Loader=_LOADER))  # noqa: S506 (a safe loader, in C if possible)
    # The rules of law bring their own English, in the standard terms.
    for rule in law.rules():
        english.terms.setdefault(rule.title_zh, rule.title_en)
        english.terms.setdefault(rule.law_zh, rule.law_en)
        # The law by its bare name, without the year and number in brackets.
        english.terms.setdefault(rule.law_zh.partition("（")[0], rule.law_en.partition(" (")[0])
    return english


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compiled(english: English) -> bytes:
    """These translations as a binary catalogue, in the format of GNU gettext."""
    entries = {"": _HEADER}
    for term, said in english.terms.items():
        if isinstance(said, list):
            entries[f"{term}\0{term}"] = "\0".join(said)
        else:
            entries[term] = said
    for context, terms in english.contexts.items():
        entries |= {f"{context}\x04{term}": said for term, said in terms.items()}
    pairs = sorted((term.encode(), said.encode()) for term, said in entries.items())
    start = 7 * 4
    offsets = start + 2 * 8 * len(pairs)
    keys: list[int] = []
    values: list[int] = []
    text = b""
    for table, side in ((keys, 0), (values, 1)):
        for pair in pairs:
            table += [len(pair[side]), offsets + len(text)]
            text += pair[side] + b"\0"
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), start, start + 8 * len(pairs), 0, offsets)
    return head + struct.pack(f"<{len(keys) + len(values)}I", *keys, *values) + text


def install() -> None:
    """Write the catalogue where Django looks for it, unless it is there already."""
    place = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES" / "django.mo"
    content = compiled(read())
    if place.is_file() and place.read_bytes() == content:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{os.getpid()}.mo")
    draft.write_bytes(content)
    draft.replace(place)
