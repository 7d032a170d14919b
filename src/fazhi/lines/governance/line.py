"""Rule-of-law steering: what the line holds."""

from fazhi.kernel.line import Line
from fazhi.kernel.line.manifest import STEERING
from fazhi.lines.governance.measures import GovernanceMeasures

LINE = Line(
    code="governance",
    label="依法治区统筹",
    chapter=STEERING,
    measures=GovernanceMeasures,
    statutes=[
        "法治政府建设与责任落实督察工作规定",
        "政府督查工作条例",
        "关于党政主要负责人履行推进法治建设第一责任人职责情况列入年终述职内容工作的意见",
    ],
)
