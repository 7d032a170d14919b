"""The place a restore works on: what is there steps aside first, and comes back if anything fails.

The schema of the database is renamed, and so are the folder of files and the file of anchors; keys are copied, since
the database cannot be reached without one of them. The old schema under its other name is the mark that a restore has
not been finished: whoever next starts, migrates or restores sees it and puts everything back.
"""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from psycopg import sql

from fazhi.kernel.ground.audit import anchors
from fazhi.site.safekeeping.keyring import LEFT_OUT
from fazhi.site.safekeeping.tables import SCHEMA

_PUBLIC = sql.Identifier(SCHEMA)
_MARK = "fazhi_replaced"
_ASIDE = sql.Identifier(_MARK)
_SUFFIX = ".replaced"


def files_folder() -> Path:
    """Returns the folder of files."""
    return Path(settings.MEDIA_ROOT)


def keys_folder() -> Path:
    """Returns the folder of keys."""
    return Path(settings.FAZHI_HOME) / "keys"


def anchors_file(owner: str) -> Path:
    """Returns the file of anchors of the database."""
    return anchors.path(str(connections[owner].settings_dict["NAME"]))


def aside(path: Path) -> Path:
    """Returns where a file or folder stands while a restore is at work."""
    return path.with_name(path.name + _SUFFIX)


def set_aside(owner: str) -> None:
    """Moves everything aside and puts an empty schema in place."""
    with transaction.atomic(using=owner, durable=True), connections[owner].cursor() as cursor:
        # Waits for whoever still reads or writes; with the site stopped that is nobody for long.
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(_PUBLIC, _ASIDE))
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(_PUBLIC))
    _move_aside(files_folder(), as_folder=True)
    _move_aside(anchors_file(owner), as_folder=False)
    draft = aside(keys_folder()).with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(keys_folder(), draft, ignore=shutil.ignore_patterns(*LEFT_OUT))
    draft.rename(aside(keys_folder()))


def is_unfinished(owner: str) -> bool:
    """Tells whether a restore is at work, or was and has not been finished."""
    with connections[owner].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)", [_MARK])
        return bool(cursor.fetchone()[0])


def undo_unfinished(owner: str) -> bool:
    """Puts back what an unfinished restore has set aside; tells whether there was one."""
    if not is_unfinished(owner):
        return False
    for path in (files_folder(), anchors_file(owner)):
        if aside(path).exists():
            _remove(path)
            aside(path).rename(path)
    _put_keys_back()
    # Last, because it is the mark.
    with transaction.atomic(using=owner, durable=True), connections[owner].cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(_PUBLIC))
        cursor.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(_ASIDE, _PUBLIC))
    return True


def finish(owner: str) -> None:
    """Gives up what was set aside: from here on the restored site is the site."""
    with connections[owner].cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(_ASIDE))
    for path in (files_folder(), anchors_file(owner), keys_folder()):
        _remove(aside(path))


def _move_aside(path: Path, *, as_folder: bool) -> None:
    if path.exists():
        path.rename(aside(path))
    elif as_folder:
        # That there was nothing must be known as well, when it is to be put back.
        aside(path).mkdir(mode=0o700, parents=True)
    else:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside(path).touch(mode=0o600)


def _put_keys_back() -> None:
    if not aside(keys_folder()).exists():
        return
    former = {path.name for path in aside(keys_folder()).iterdir()}
    for path in keys_folder().iterdir():
        if path.name not in former | LEFT_OUT:
            path.unlink()
    for name in former:
        shutil.copy2(aside(keys_folder()) / name, keys_folder() / name)
    shutil.rmtree(aside(keys_folder()))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
