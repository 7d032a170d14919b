"""Templates of papers: data in a file of the line, with placeholders for facts; nothing in them is executed.

::

    - key: acceptance_notice
      title: 行政复议受理通知书
      layout: instrument
      number: "{area}复受〔{year}〕{serial}号"
      version: 1
      to: "{applicants}"
      source: 行政复议法第三十条
      body:
      - "你（单位）不服{respondent}作出的{contested_act}，……"
      - {when: simplified, text: "本案适用简易程序审理。"}
      - {heading: 事实和理由}
      - {label: 申请人, text: "{applicants}"}
      - {each: requests, text: "{item}"}
      - {sign: 记录人}

A placeholder is a name in braces. A paragraph with ``when`` (``unless``) stands only where that fact is true (is not).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fazhi.kernel.casework.papers.rendering import Layout, Openness
from fazhi.kernel.ground.core.errors import Misdeclared

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_KINDS = ("text", "heading", "label", "each", "sign", "page_break", "table")
_ITEM = "item"


@dataclass(frozen=True, slots=True)
class Template:
    """This paper as data. ``number`` is empty where the paper bears the case's own number."""

    key: str
    title: str
    layout: Layout
    body: tuple[Mapping[str, Any], ...]
    version: int
    number: str = ""
    to: str = ""
    copies: tuple[str, ...] = ()
    seal: bool = False
    openness: Openness = Openness.WITHHELD
    source: str = ""
    certainty: str = "secondary"

    def names(self) -> set[str]:
        """These facts the template speaks of."""
        found = {each["when"] for each in self.body if "when" in each}
        found |= {each["unless"] for each in self.body if "unless" in each}
        found |= {each["each"] for each in self.body if "each" in each}
        found |= {each["table"]["rows"] for each in self.body if "table" in each}
        for text in self._texts():
            found |= set(_PLACEHOLDER.findall(text))
        return found - {_ITEM}

    def _texts(self) -> Iterator[str]:
        yield from (self.to, *self.copies)
        for each in self.body:
            yield from (str(each[name]) for name in ("text", "heading", "label", "sign") if name in each)


def fill(text: str, facts: Mapping[str, Any], *, item: str = "") -> str:
    """This text with its placeholders replaced by facts."""
    return _PLACEHOLDER.sub(lambda found: item if found[1] == _ITEM else str(facts[found[1]]), text)


@cache
def read(file: Path) -> dict[str, Template]:
    """These templates of a file by key; raises :class:`Misdeclared` naming the one that is malformed."""
    found: dict[str, Template] = {}
    for raw in yaml.safe_load(file.read_text("utf-8")):
        place = f"{file.name}: {raw.get('key', '?')}"
        try:
            body = tuple({"text": each} if isinstance(each, str) else each for each in raw["body"])
            made = Template(
                **{
                    **raw,
                    "layout": Layout(raw["layout"]),
                    "body": body,
                    "copies": tuple(raw.get("copies", ())),
                    "openness": Openness(raw.get("openness", Openness.WITHHELD)),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise Misdeclared(place, f"模板写错：{error}", "对照 papers/templates.py 的说明改正") from error
        for each in body:
            if not any(kind in each for kind in _KINDS):
                raise Misdeclared(place, f"看不懂的段落：{each}", f"写明 {'、'.join(_KINDS)} 之一")
        if made.key in found:
            raise Misdeclared(place, "模板重复", "改一个 key")
        found[made.key] = made
    return found
