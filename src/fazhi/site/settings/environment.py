"""Reads settings from the environment and from `fazhi.env`, and remembers each declaration for the reference page.

A setting is declared by the one call that reads it, so the reference in `docs/configuration.md` cannot name a setting
that does not exist or miss one that does. Values come from the environment first, then from the file `fazhi.env` in
`FAZHI_HOME` (lines `NAME=value`, `#` for comments), then from the declared default.
"""

import os
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import overload

CHECKOUT = Path(__file__).resolve().parents[4]
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})

_TYPE_NAME = {str: "text", int: "whole number", bool: "yes or no", Path: "path", tuple: "list, separated by commas"}


class Group(StrEnum):
    """Names the chapters of the configuration reference, in their order."""

    PLACE = "Where things are kept"
    WEB = "Web"
    DATABASE = "Database"
    PROCESSES = "Processes"
    SAFETY = "Safety"


class SettingRefused(Exception):
    """Says which setting cannot be read and what it may be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Describes one setting as the reference prints it."""

    name: str
    kind: str
    default: str
    help: str
    group: Group


DECLARED: dict[str, Setting] = {}


def home() -> Path:
    """Returns the folder that holds database, files and keys: `FAZHI_HOME`, else `var` in the checkout."""
    return Path(os.environ.get("FAZHI_HOME") or CHECKOUT / "var").expanduser().absolute()


@overload
def env(name: str, default: bool, *, help: str, group: Group, shown: str | None = None) -> bool: ...
@overload
def env(name: str, default: int, *, help: str, group: Group, shown: str | None = None) -> int: ...
@overload
def env(name: str, default: str, *, help: str, group: Group, shown: str | None = None) -> str: ...
@overload
def env(name: str, default: Path, *, help: str, group: Group, shown: str | None = None) -> Path: ...
@overload
def env(
    name: str, default: tuple[str, ...], *, help: str, group: Group, shown: str | None = None
) -> tuple[str, ...]: ...


def env(
    name: str,
    default: bool | int | str | Path | tuple[str, ...],
    *,
    help: str,
    group: Group,
    shown: str | None = None,
) -> bool | int | str | Path | tuple[str, ...]:
    """Declares the setting `name` and returns its value, in the type of `default`.

    `shown` is printed in the reference instead of a default that depends on the machine. Raises `SettingRefused` when
    the text given cannot be read as that type, and `ValueError` when a setting is declared twice.
    """
    if name in DECLARED:
        raise ValueError(f"the setting {name} is declared twice")
    DECLARED[name] = Setting(name, _TYPE_NAME[_kind(default)], _shown(default) if shown is None else shown, help, group)
    given = os.environ.get(name) or _from_file().get(name)
    return default if not given else _read(name, given, _kind(default))


def _kind(default: bool | int | str | Path | tuple[str, ...]) -> type:
    return Path if isinstance(default, Path) else type(default)


def _shown(default: bool | int | str | Path | tuple[str, ...]) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return ", ".join(default) if isinstance(default, tuple) else str(default)


def _read(name: str, given: str, kind: type) -> bool | int | str | Path | tuple[str, ...]:
    if kind is bool:
        if given.lower() not in _YES | _NO:
            raise SettingRefused(f"{name}={given!r}: write yes or no")
        return given.lower() in _YES
    if kind is int:
        try:
            return int(given)
        except ValueError:
            raise SettingRefused(f"{name}={given!r}: write a whole number") from None
    if kind is Path:
        return Path(given).expanduser().absolute()
    if kind is tuple:
        return tuple(part.strip() for part in given.split(",") if part.strip())
    return given


@cache
def _from_file() -> dict[str, str]:
    path = home() / "fazhi.env"
    if not path.is_file():
        return {}
    values: dict[str, str] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, found, value = line.partition("=")
        if not found:
            raise SettingRefused(f"{path}, line {number}: write NAME=value")
        values[name.strip()] = value.strip()
    return values
