"""The business lines of this installation. Adding a line edits this tuple and nothing else."""

LINES: tuple[str, ...] = (
    "fazhi.lines.governance",
    "fazhi.lines.assessment",
    "fazhi.lines.legality",
    "fazhi.lines.reconsideration",
    "fazhi.lines.litigation",
    "fazhi.lines.enforcement",
    "fazhi.lines.investment",
    "fazhi.lines.mediation",
    "fazhi.lines.services",
    "fazhi.lines.legal_aid",
    "fazhi.lines.publicity",
    "fazhi.lines.corrections",
    "fazhi.lines.industry",
    "fazhi.lines.bureau",
    "fazhi.lines.report",
)
