"""Reading figures: one report of 6,000 characters read, checked and proven; the floor is one regular expression pass.

Times are of the processor, so that neighbours on the machine do not count. Then a batch of a thousand reports, one after
the other: milliseconds a report, and by how much memory grew from the first hundred to the last (`floor` is what was
used by then). The report is made here from clauses of every sort and holds three times the figures of a real one.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fazhi import figures
from fazhi.figures import Catalogue, Measure

LENGTH = 6000
BATCH = 1000
READ_MS, CHECK_MS, PROVE_MS, BATCH_MS = 100.0, 120.0, 250.0, 120.0
GROWTH_MB = 8.0

CLAUSES = (
    "全年收到行政复议申请{}件，受理{}件，已办结{}件，其中调解终止{}件，调解率达到9.8%", "审核行政规范性文件{}件、合同{}份，提出意见{}余条",
    "开展执法检查{}次，出动人员{}人次，检查商户{}户次，责令整改{}家", "群众满意度超98%，按期办结率由92.5%提升至99.1%，提高6.6个百分点",
    "落实行政执法三项制度，深刻领悟“两个确立”，构建“1+N”体系，用好12345热线", "受理法律援助{}件、结案{}件，为群众挽回损失{}万余元，农民工案件占三分之一",
    "每月召开风险研判会，对重点人员进行排查，做到无超期、无脱管漏管", "2023年，区政府常务会议学法{}次，举办讲座{}场，受众近{}万人次，实现全覆盖",
    "调处邻里、物业、婚姻家庭纠纷分别为{}起、{}起、{}起，平均办结时长从{}天缩短为2天", "进一步健全工作机制，压实各方责任，持续提升依法行政能力和水平",
)  # fmt: skip
CATALOGUE = Catalogue(
    Measure(f"m{n}", label, unit)
    for n, (label, unit) in enumerate(
        [("收到行政复议申请数", "件"), ("受理行政复议案件数", "件"), ("办结行政复议案件数", "件"), ("受理法律援助件数", "件"), ("法律援助结案件数", "件"), ("群众满意度", "%"), ("审核合同数", "份")]
        + [(f"第{n}项专门工作开展次数", "次") for n in range(93)]
    )
)  # fmt: skip


def report(seed: int) -> str:
    """A report of `LENGTH` characters."""
    chance = random.Random(seed)  # noqa: S311 - the same text every time, nothing secret
    parts, length = ["某区2023年法治政府建设情况报告\n一、主要工作情况"], 0
    while length < LENGTH:
        clauses = chance.sample(CLAUSES, k=4)
        parts.append("。".join(c.format(*(chance.randint(2, 9000) for _ in range(4))) for c in clauses) + "。")
        length += len(parts[-1]) + 1
    return "\n".join(parts)[:LENGTH]


def best_ms(work: Callable[[], object], runs: int = 7) -> float:
    """The shortest of several runs, in milliseconds."""
    took = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took) * 1000


def line(name: str, ours: float, floor: float, budget: float) -> None:
    """Print one line of the contract of `tools/bench.py`; `ours` is held against `budget`."""
    verdict = "ok" if ours <= budget else "over"
    sys.stdout.write(f"{name} {ours:.2f} {floor:.3f} {ours / floor:.1f} {budget:g} {verdict}\n")
    sys.stdout.flush()


def memory_mb() -> float:
    """The most memory this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def batch() -> tuple[float, float, float]:
    """Milliseconds a report over a batch, memory after a hundredth part of it, and growth from there."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n in range(20):
            paths.append(Path(folder) / f"{n}.txt")
            paths[-1].write_text(report(n), encoding="utf-8")
        early = 0.0
        begun = time.process_time()
        for done, _ in enumerate(figures.read_many(paths[n % len(paths)] for n in range(BATCH)), start=1):
            if done == BATCH // 10:
                early = memory_mb()
        return (time.process_time() - begun) * 1000 / BATCH, early, memory_mb() - early


def main() -> None:
    """Measure and print."""
    text = report(0)
    floor = best_ms(lambda: re.findall(r"\d+", text), runs=50)
    begun = time.process_time()
    figures.built_in()
    line("figures_lexicon_compiled_ms", (time.process_time() - begun) * 1000, floor, 500)
    values = {measure.key: 12 for measure in CATALOGUE}
    line("figures_find_6000_ms", best_ms(lambda: figures.find(text)), floor, READ_MS)
    line("figures_check_6000_ms", best_ms(lambda: figures.check(text)), floor, CHECK_MS)
    line("figures_prove_6000_ms", best_ms(lambda: figures.prove(text, CATALOGUE, values)), floor, PROVE_MS)
    each, early, growth = batch()
    line("figures_batch_1000_ms_each", each, floor, BATCH_MS)
    line("figures_batch_growth_mb", growth, early, GROWTH_MB)


if __name__ == "__main__":
    main()
