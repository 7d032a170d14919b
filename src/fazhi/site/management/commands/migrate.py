"""Migrates as the owner of the tables."""

import argparse
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from fazhi.kernel.ground.audit.protect import FOUNDATION, protect
from fazhi.site.postgres.grants import statements
from fazhi.site.safekeeping.place import undo_unfinished


class Command(Migrate):
    """Applies migrations as the owner role, and puts row security, audit and rights on whatever they make."""

    help = "更新数据表结构与数据防护 | Brings tables and their protection up to date"

    def add_arguments(self, parser: CommandParser) -> None:
        """Changes the default database of Django's command: the app role owns nothing and could alter nothing."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")
        # For the restore itself, which is never a restore left unfinished.
        parser.add_argument("--restoring", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Runs the migrations, after putting back what an unfinished restore may have left aside."""
        if not options["restoring"] and undo_unfinished(options["database"]):
            self.stderr.write("未完成的恢复已撤销 | a restore that was not finished has been undone")
        with connections[options["database"]].cursor() as cursor:
            for statement in statements(connections["default"].settings_dict["USER"]):
                cursor.execute(statement)
        result = super().handle(*args, **options)
        if self._may_protect(options["database"]):
            protect(owner=options["database"])
        return result

    @staticmethod
    def _may_protect(database: str) -> bool:
        """Whether the audit's own tables are there; they are not after migrating backwards or one package only."""
        with connections[database].cursor() as cursor:
            return set(connections[database].introspection.table_names(cursor)) >= FOUNDATION
