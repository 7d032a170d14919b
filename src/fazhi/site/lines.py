"""The business lines of this installation. Adding a line edits this tuple and nothing else."""

LINES: tuple[str, ...] = ("fazhi.lines.mediation",)
