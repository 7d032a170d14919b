"""Tests generated from declarations: a line gives a sample, and receives every refusal it declared."""
