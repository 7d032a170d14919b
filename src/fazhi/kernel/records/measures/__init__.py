"""Measures: figures declared once, counted from records, each able to show the records behind it.

``declaring`` says what a measure is; ``computing`` counts (``scanning`` the tables, ``reported`` what is not counted
yet); ``members`` finds the records and ``opening`` their list; ``balancing`` and ``quality`` ask whether it can be true;
``reporting`` takes in what units report.
"""
