"""Holds the settings; every one that an operator may change is declared once, through `environment.env`."""
