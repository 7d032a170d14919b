"""What is done to a report beyond its acts: beginning it, and writing its text block by block."""
