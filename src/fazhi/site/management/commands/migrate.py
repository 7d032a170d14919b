"""Migrates as the owner of the tables."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from fazhi.site.postgres.grants import statements


class Command(Migrate):
    """Applies migrations as the owner role, after granting the app role the use of whatever they make."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Changes the default database of Django's command: the app role owns nothing and could alter nothing."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Runs the migrations."""
        with connections[options["database"]].cursor() as cursor:
            for statement in statements(connections["default"].settings_dict["USER"]):
                cursor.execute(statement)
        return super().handle(*args, **options)
