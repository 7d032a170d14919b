"""Measures: figures declared once, counted from records, each able to show the records behind it.

``declaring`` says what a measure is, ``computing`` counts, ``members`` finds the records, ``reporting`` takes in what is not
counted yet.
"""
