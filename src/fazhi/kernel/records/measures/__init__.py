"""Measures: figures declared once, counted from records, each able to show the records behind it."""


class Measures:
    """These measures of a line."""
