"""Gives the app role what it needs in one database, and no more."""

from psycopg import sql

RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def statements(app_role: str) -> list[sql.Composed]:
    """Returns the statements the owner runs before migrating: whatever it makes from then on, the app role can use.

    A migration that wants less for a table (an append-only one, say) revokes it there. Repeating them changes nothing.
    """
    return [sql.SQL(right).format(app=sql.Identifier(app_role)) for right in RIGHTS]
