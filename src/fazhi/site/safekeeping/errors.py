"""The error of backups."""


class BackupUnusable(Exception):
    """Says why a backup could not be made, read or restored, and what would mend it. Nothing has been changed then."""
