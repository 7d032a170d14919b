"""The one error of the installation."""


class CannotInstall(Exception):
    """Says what is missing and what would mend it."""
