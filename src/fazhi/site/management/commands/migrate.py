"""Migrates as the owner of the tables."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from fazhi.kernel.ground.audit.protect import FOUNDATION, protect
from fazhi.site.postgres.grants import statements


class Command(Migrate):
    """Applies migrations as the owner role, and puts row security, audit and rights on whatever they make."""

    help = "更新数据表结构与数据防护 | Brings tables and their protection up to date"

    def add_arguments(self, parser: CommandParser) -> None:
        """Changes the default database of Django's command: the app role owns nothing and could alter nothing."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Runs the migrations."""
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
