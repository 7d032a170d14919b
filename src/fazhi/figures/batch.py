"""Reading many files, one at a time: constant memory, progress told, one bad file does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fazhi.figures.checking import Finding, check
from fazhi.figures.lexicon import Lexicon
from fazhi.figures.model import Statement
from fazhi.figures.reader import find
from fazhi.figures.sources import UnreadableFile, read_file
from fazhi.figures.text import Text

Progress = Callable[[int, Path], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file; `error` says why, when nothing could be."""

    path: Path
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: str = ""

    def as_json(self) -> dict[str, Any]:
        """The reading, ready for `json.dumps`."""
        return {
            "file": str(self.path),
            "error": self.error,
            "statements": [s.as_json() for s in self.statements],
            "findings": [f.as_json() for f in self.findings],
        }


def read_many(
    paths: Iterable[Path], *, lexicon: Lexicon | None = None, progress: Progress | None = None
) -> Iterator[Reading]:
    """Read files one after the other.

    Args:
        paths: the files; they are asked for one at a time.
        lexicon: the vocabulary, if not the built-in one.
        progress: called after each file with how many are done and which was the last.

    Yields:
        The reading of each file as soon as it is done; nothing is kept of it here.
    """
    for done, path in enumerate(paths, start=1):
        yield _read(path, lexicon)
        if progress is not None:
            progress(done, path)


def _read(path: Path, lexicon: Lexicon | None) -> Reading:
    try:
        text = Text.of(read_file(path).text, lexicon)
    except (UnreadableFile, OSError) as error:
        return Reading(path, error=str(error))
    statements = find(text)
    return Reading(path, tuple(statements), tuple(check(text, statements)))
