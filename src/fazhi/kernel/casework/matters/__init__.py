"""Matters: the index card of a case, the bases of record kinds, and how a kind is kept and moved."""
