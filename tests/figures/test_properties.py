"""What must hold of any text: places are true, clauses do not change their neighbours, nothing breaks the reader."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi import figures
from fazhi.figures import Kind, Statement
from tests.figures.test_sentences import Expected, parsed, sentences

PLAIN = [s for s in sentences() if "\\n" not in s and "\\t" not in s and "target" not in s and s.endswith("。")]
FILLERS = [
    "进一步健全工作机制。",
    "坚持以人民为中心，持续深化改革。",
    "深刻领悟“两个确立”，做到“两个维护”。",
    "推行“1+N”模式。",
]
ALPHABET = "0123456789一二三十百千万亿零〇两余多近超约不足以上件人次个%。，、；：（）()“”《》年月日第每其中\n\t |.+-全覆盖无未零"


def counted(statements: list[Statement]) -> list[tuple[object, ...]]:
    return [
        (s.surface, s.value, s.unit, s.qualifier, s.kind) for s in statements if s.kind in (Kind.MEASURE, Kind.TARGET)
    ]


@given(st.sampled_from(PLAIN), st.sampled_from(FILLERS), st.sampled_from(PLAIN))
@settings(max_examples=150, deadline=None)
def test_a_sentence_between_changes_neither_neighbour(left: str, filler: str, right: str) -> None:
    before, after = parsed(left)[0], parsed(right)[0]
    alone = counted(figures.find(before)) + counted(figures.find(after))
    # 例如 tells of one case up to its full stop only, so that neighbours stay what they are.
    assert counted(figures.find(before + filler + after)) == alone


@given(st.lists(st.sampled_from(PLAIN), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_paragraphs_read_as_they_do_alone(lines: list[str]) -> None:
    texts = [parsed(line)[0] for line in lines]
    assert counted(figures.find("\n".join(texts))) == [one for text in texts for one in counted(figures.find(text))]


@given(st.text(alphabet=ALPHABET, max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_places_are_true(text: str) -> None:
    statements = figures.find(text)
    for s in statements:
        assert text[s.start : s.end] == s.surface
        assert s.kind in (Kind.NAME, Kind.DATE) or s.value is not None
        assert s.as_json()["surface"] == s.surface
    figures.check(text)


@given(st.sampled_from(PLAIN), st.sampled_from(["\u3000\u3000", "\ufeff", "  ", "\r\n", "\n\n"]))
@settings(max_examples=100, deadline=None)
def test_what_stands_before_moves_places_only(line: str, before: str) -> None:
    text = parsed(line)[0]
    moved = [(s.surface, s.start - len(before)) for s in figures.find(before + text) if s.kind is Kind.MEASURE]
    assert moved == [(s.surface, s.start) for s in figures.find(text) if s.kind is Kind.MEASURE]


CLAUSES = [
    "审核行政规范性文件{}件", "办理法律援助案件{}件", "培训执法人员{}人次", "走访企业{}家", "发放宣传资料{}万份", "群众满意率达{}%",
    "化解矛盾纠纷{}余起", "追缴欠款近{}万元", "组建志愿服务队{}支", "召开联席会议{}次", "开展专项检查{}场次", "新增法律顾问{}名",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_a_report_made_of_clauses(seed: int) -> None:
    """A report put together by chance: every number is read once, in order."""
    chance = random.Random(seed)
    wanted: list[str] = []
    paragraphs = []
    for heading in ("一、主要工作情况", "二、队伍建设情况"):
        sentence = []
        for clause in chance.sample(CLAUSES, k=len(CLAUSES)):
            number = str(chance.randint(2, 99)) if "%" in clause else str(chance.randint(2, 9999))
            wanted.append(number)
            sentence.append(clause.format(number))
        paragraphs.append(f"{heading}\n" + chance.choice(["，", "；"]).join(sentence) + "。")
    read = figures.find("某区2023年法治政府建设报告\n" + "\n".join(paragraphs))
    digits = ["".join(c for c in s.surface if c.isdigit()) for s in read if s.kind is Kind.MEASURE]
    assert digits == wanted


def test_marks_are_parsed_to_places() -> None:
    text, expected = parsed("收到[[93件|93|件]]，受理[[79件|79|件]]。")
    assert text == "收到93件，受理79件。"
    assert expected[1] == Expected("79件", 8, 79.0, "件", "exact", "measure")


@pytest.mark.parametrize(
    "text", ["12件、" * 3000 + "3件", "、各" * 9000 + "12件", "“" * 9000 + "一" * 9000, "1、" * 9000, "其中" * 9000]
)
def test_a_text_that_is_no_text_takes_no_time(text: str) -> None:
    """Twenty times the length of a report may take twenty times as long, not four hundred times."""
    begun = time.process_time()
    figures.check(text)
    assert time.process_time() - begun < 8
