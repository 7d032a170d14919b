"""Writes the configuration reference from what the settings declare."""

from collections.abc import Iterable

from fazhi.site.settings.environment import Group, Setting

_HEAD = """# Configuration

Written by `fazhi configuration` from the settings' own declarations; do not edit it by hand.

Every setting has a default, so that nothing needs to be set to begin. A value comes from the environment first, then
from the file `fazhi.env` in `FAZHI_HOME` (lines `NAME=value`, `#` begins a comment), then from the default. After a
change stop and start `fazhi serve`.
"""


def reference(settings: Iterable[Setting]) -> str:
    """Returns the page: a chapter for each group, in it the settings in the order of their declaration."""
    known = list(settings)
    chapters = [_HEAD]
    for group in Group:
        entries = [_entry(setting) for setting in known if setting.group is group]
        if entries:
            chapters.append(f"## {group}\n\n" + "\n".join(entries))
    return "\n".join(chapters)


def _entry(setting: Setting) -> str:
    default = setting.default if "`" in setting.default else f"`{setting.default}`"
    return f"### `{setting.name}`\n\n{setting.help}\n\n*{setting.kind}; default {default if setting.default else 'empty'}*\n"
