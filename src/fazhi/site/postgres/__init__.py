"""Runs a PostgreSQL server of our own for a bureau that has none: made once, started when down, stopped last.

`Cluster` is the server of one `FAZHI_HOME`. Why it is not the launcher that comes with the wheel: that one claims to
run after a crash, refuses paths with a space, trusts every local account, and as root opens the rights of folders.
"""

from fazhi.site.postgres.binaries import Binaries, find
from fazhi.site.postgres.cluster import ADMIN, APP, DATABASE, OWNER, Cluster
from fazhi.site.postgres.errors import PostgresUnusable

__all__ = ["ADMIN", "APP", "DATABASE", "OWNER", "Binaries", "Cluster", "PostgresUnusable", "find"]
