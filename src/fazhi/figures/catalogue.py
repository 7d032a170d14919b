"""The catalogue that figures in a text are bound to: measures with their labels, units and other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that figures in a text may be bound to.

    `key` is stable; `label` and `unit` are as declared; `line` is the label of the business line. An alias is one or
    more words separated by spaces: all of them must stand in the sentence of the figure, the last one right at the
    figure. `topics` are words of which one must stand in the headings above the figure or in its sentence, for measures
    whose label alone would fit elsewhere too.
    """

    key: str
    label: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    line: str = ""


class Catalogue:
    """Measures by key, in the order given. Two measures of one key are refused."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._measures: dict[str, Measure] = {}
        for measure in measures:
            if measure.key in self._measures:
                raise ValueError(f"指标目录中标识重复:{measure.key}。请删去其中一项。")
            self._measures[measure.key] = measure

    def __iter__(self) -> Iterator[Measure]:
        return iter(self._measures.values())

    def __len__(self) -> int:
        return len(self._measures)

    def __contains__(self, key: object) -> bool:
        return key in self._measures

    def __getitem__(self, key: str) -> Measure:
        return self._measures[key]

    def get(self, key: str | None) -> Measure | None:
        """The measure of that key, or nothing."""
        return self._measures.get(key) if key else None

    def with_aliases(self, aliases: Mapping[str, Iterable[str]]) -> Catalogue:
        """This catalogue with more aliases; keys it does not know are passed over."""
        return Catalogue(replace(m, aliases=(*m.aliases, *aliases.get(m.key, ()))) for m in self)
