"""Makes, restores and drops the test database."""

from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from fazhi.kernel.ground.audit import anchors
from fazhi.kernel.ground.core import ids


class TestDatabase:
    """The test database, owned by the owner role, and its pristine copy.

    Tests that commit cannot be rolled back, and the app role may not truncate: after each of them the database is made
    anew from the copy, which also brings back what migrations have put in.
    """

    __test__ = False

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep

    def create(self) -> None:
        """Creates and migrates the database as the owner, then lets the app role see it under `default`."""
        owner, app = connections["owner"], connections["default"]
        # A data migration that forgets its connection would otherwise write into the real database.
        app.close()
        app.settings_dict["NAME"] = owner.settings_dict["TEST"]["NAME"] or f"test_{owner.settings_dict['NAME']}"
        self._pristine = f"{app.settings_dict['NAME']}_pristine"
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=self._keep)
        self._copy(source=self._name(), target=self._pristine)
        setattr(TransactionTestCase, "_fixture_teardown", lambda _case: self.restore())  # noqa: B010 — not in the stubs

    def restore(self) -> None:
        """Puts the database back to where migrations left it."""
        self._copy(source=self._pristine, target=self._name())
        # The sequence starts anew as well, and would hand out what is still in this process's pool a second time.
        ids._pool.clear()
        # What a test has sealed is no past of the next: the sealer would refuse to work upon it.
        anchors.path(self._name()).unlink(missing_ok=True)

    def drop(self, *, keep: bool) -> None:
        """Removes the database, and its copy in any case."""
        self._close()
        with connections["owner"]._nodb_cursor() as cursor:
            if not keep:
                self._drop(cursor, self._name())
            self._drop(cursor, self._pristine)

    def _name(self) -> str:
        return str(connections["default"].settings_dict["NAME"])

    def _copy(self, *, source: str, target: str) -> None:
        self._close()
        with connections["owner"]._nodb_cursor() as cursor:
            self._drop(cursor, target)
            cursor.execute(
                sql.SQL("CREATE DATABASE {target} TEMPLATE {source} STRATEGY FILE_COPY").format(
                    target=sql.Identifier(target), source=sql.Identifier(source)
                )
            )

    @staticmethod
    def _drop(cursor, name: str) -> None:
        # A thread of the live server may still be closing its connection, which only its own role may end.
        with connections["default"]._nodb_cursor() as app:
            app.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = current_user AND pid <> pg_backend_pid()",
                [name],
            )
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @staticmethod
    def _close() -> None:
        for connection in connections.all(initialized_only=True):
            connection.close()
