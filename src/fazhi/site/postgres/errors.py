"""The one error of the launcher."""


class PostgresUnusable(Exception):
    """Says why no server could be had and what would mend it."""
