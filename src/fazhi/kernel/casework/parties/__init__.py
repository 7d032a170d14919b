"""Parties: the people and organisations in a case, with what identifies them encrypted."""
