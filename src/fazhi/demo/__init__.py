"""The demonstration district: an invented New Area with two years of work and an inbox dated from today.

``quotas.yaml`` says how much was done, ``area.yaml`` who is there, ``stories.yaml`` what disputes are about. Everything is
written by the procedure, by the district's own people. Measures and reports count what is written and never look here.
"""
