"""Every layout in every format: complete, the same to the byte, and refusing the same words."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.kernel.casework.papers.rendering import (
    Document,
    Heading,
    Labelled,
    Layout,
    List,
    MissingGlyph,
    PaperError,
    Paragraph,
    SignatureLine,
    Table,
    UnprintableText,
    font_library,
    to_docx,
    to_html,
    to_pdf,
)
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Page, Pdf, Word, without_space

Sample = Callable[[], Document]
every_layout = pytest.mark.parametrize("sample", samples.EVERY_LAYOUT)


def words(document: Document) -> Iterator[str]:
    """Every stretch of words the paper must show, each as it stands together."""
    yield from document.title
    yield from (document.number, document.addressees, document.copy_number, document.urgency, document.note)
    yield from document.page_signers
    yield from (run.text for run in document.runs())
    yield from (attachment.title for attachment in document.attachments)
    yield from document.signature.organs if document.signature else ()
    yield from document.imprint.copies_to if document.imprint else ()
    if document.check:
        yield document.check.code
    for block in document.all_blocks():
        match block:
            case Heading():
                yield block.text
            case Labelled():
                yield block.label
            case SignatureLine():
                yield from (block.label, block.name)
            case Table():
                yield from (block.caption, block.unit, *block.notes)
            case Paragraph() | List() | _:
                continue


def test_the_samples_are_of_every_layout() -> None:
    assert [sample().layout for sample in samples.EVERY_LAYOUT] == list(Layout)


@every_layout
def test_word_leaves_nothing_out(sample: Sample) -> None:
    shown = without_space(Word(sample()).text())
    assert [text for text in words(sample()) if without_space(text) not in shown] == []


@every_layout
def test_pdf_leaves_nothing_out(sample: Sample) -> None:
    shown = Pdf(sample()).whole_text()
    assert [text for text in words(sample()) if without_space(text) not in shown] == []


@every_layout
def test_html_leaves_nothing_out(sample: Sample) -> None:
    shown = without_space(Page(to_html(sample())).text())
    assert [text for text in words(sample()) if without_space(text) not in shown] == []


@every_layout
def test_the_same_paper_is_the_same_bytes(sample: Sample) -> None:
    assert to_docx(sample(), at=samples.AT) == to_docx(sample(), at=samples.AT)
    assert to_pdf(sample(), at=samples.AT) == to_pdf(sample(), at=samples.AT)
    assert to_html(sample()) == to_html(sample())


_PRINT_HASHES = """
import hashlib
from fazhi.kernel.casework.papers.rendering import to_docx, to_html, to_pdf
from tests.kernel.papers import samples
for sample in samples.EVERY_LAYOUT:
    for made in (to_docx(sample(), at=samples.AT), to_pdf(sample(), at=samples.AT), to_html(sample()).encode()):
        print(hashlib.sha256(made).hexdigest())
"""


def test_another_process_hour_and_time_zone_make_the_same_bytes() -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", _PRINT_HASHES],
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [
        hashlib.sha256(made).hexdigest()
        for sample in samples.EVERY_LAYOUT
        for made in (to_docx(sample(), at=samples.AT), to_pdf(sample(), at=samples.AT), to_html(sample()).encode())
    ]
    assert elsewhere.stdout.split() == here


def test_another_instant_makes_other_bytes() -> None:
    later = samples.AT + timedelta(hours=1)
    assert to_docx(samples.letter(), at=later) != to_docx(samples.letter(), at=samples.AT)
    assert to_pdf(samples.letter(), at=later) != to_pdf(samples.letter(), at=samples.AT)


@every_layout
def test_no_entry_of_a_word_file_carries_a_day(sample: Sample) -> None:
    entries = Word(sample()).entries
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}


# ---- odd characters --------------------------------------------------------------------------------------------------

ODD = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("䶮㛃𬭎𠅤𠮷𪚥😀☎①\u3000\u200d\u2028\ufe0f\U000e0100\x00\x1f\n\t<>&\"'\u202e\ufffe"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x20000, max_codepoint=0x2FA1F),
        st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF),
    ),
    min_size=1,
    max_size=40,
)


def paper(text: str) -> Document:
    return Document(
        layout=Layout.RECORD,
        organ="某局",
        title=("笔录",),
        blocks=(Heading(1, text), Paragraph.of(text), Table.of(("甲",), [(text,)]), Labelled.of(text, text)),
    )


def unprintable(text: str) -> tuple[str, ...]:
    try:
        paper(text)
    except UnprintableText as refused:
        return refused.characters
    return ()


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_any_text_is_either_printed_whole_or_refused_by_name(text: str) -> None:
    refused = unprintable(text)
    if refused:
        assert set(refused) <= set(text)
        return
    document = paper(text)
    missing = font_library().missing(document.texts())
    if missing:
        for render in (to_docx, to_pdf):
            with pytest.raises(MissingGlyph) as unprinted:
                render(document, at=samples.AT)
            assert unprinted.value.characters == missing
            assert all(f"U+{ord(character[0]):04X}" in str(unprinted.value) for character in missing)
        return
    word = Word(document)
    assert word.paragraphs().count(text) == 2  # the paragraph and the cell
    assert f"{text}：{text}" in word.paragraphs()
    assert text in Page(to_html(document).replace("<br>", "\n")).text()
    assert to_pdf(document, at=samples.AT).startswith(b"%PDF-")


@pytest.mark.parametrize("render", [to_docx, to_pdf])
@pytest.mark.parametrize(
    "spoil",
    [
        lambda paper: replace(paper, organ="局😀"),
        lambda paper: replace(paper, title=("题😀",)),
        lambda paper: replace(paper, number="号😀"),
        lambda paper: replace(paper, note="注😀"),
        lambda paper: replace(paper, addressees="各😀"),
        lambda paper: replace(paper, blocks=(Heading(1, "😀"),)),
        lambda paper: replace(paper, blocks=(List.of("😀"),)),
        lambda paper: replace(paper, blocks=(SignatureLine("签", "😀"),)),
        lambda paper: replace(paper, blocks=(Table.of(None, [("甲",)], caption="😀"),)),
        lambda paper: replace(paper, page_signers=("😀",)),
    ],
)
def test_no_part_is_printed_without_a_glyph(
    render: Callable[..., bytes], spoil: Callable[[Document], Document]
) -> None:
    with pytest.raises(PaperError, match="😀（U\\+1F600）"):
        render(spoil(samples.redhead()), at=samples.AT)


def test_a_character_only_a_rare_plane_has_is_printed() -> None:
    document = replace(samples.instrument(), blocks=(Paragraph.of("李䶮、王㛃、张𬭎、赵𠅤"),))
    assert "李䶮、王㛃、张𬭎、赵𠅤" in Pdf(document).whole_text()
    assert "李䶮、王㛃、张𬭎、赵𠅤" in Word(document).text()
