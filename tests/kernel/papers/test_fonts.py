"""Which characters can be printed, and with whose fonts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from fazhi.kernel.casework.papers.rendering import FontLibrary, MissingGlyph, PaperError, font_library
from fazhi.kernel.casework.papers.rendering.fonts import Face


def test_gb_2312_and_the_rarest_names_at_hand_can_be_printed() -> None:
    # Every character of the 72 filled rows 16 to 87 of GB 2312; five cells at the end of row 55 are empty.
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in rows)
    assert len(characters) == 6763
    assert font_library().missing([characters, "喆堃垚䶮翀㛃𬭎"]) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("你好😀", "😀（U+1F600）"),
        ("𠮷野家", "𠮷（U+20BB7）"),
        ("\ue000", "（U+E000）"),
        ("葛\U000e0100", "（U+845B U+E0100）"),
    ],
)
def test_what_no_font_has_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        font_library().require([text])
    assert named in str(refused.value)
    assert "字库文件夹" in str(refused.value)


def test_each_missing_character_is_named_once_in_order_of_code() -> None:
    assert font_library().missing(["😁😀", "😀𠮷"]) == ("😀", "😁", "𠮷")


def test_spaces_breaks_and_joiners_need_no_glyph() -> None:
    assert font_library().missing(["　\u00a0\n\t\u200d\u2060"]) == ()


def test_a_folder_of_fonts_that_is_not_there_is_said() -> None:
    with pytest.raises(PaperError, match="字库文件夹 /nowhere 不存在"):
        FontLibrary(Path("/nowhere"))


def test_the_sites_own_fonts_are_found_and_the_bundled_ones_stand_behind(tmp_path: Path) -> None:
    shutil.copy(pylopdf_fonts_zh_cn.sans_path(), tmp_path / "own.otf")
    library = FontLibrary(tmp_path)
    assert library.missing(["字"]) == ()
    for face in Face:
        assert {"Noto Serif SC", "Noto Sans SC"} <= set(library.choices[face].families)


def test_a_title_is_thickened_only_where_its_face_is_missing() -> None:
    choices = font_library().choices
    assert choices[Face.TITLE].thickening > 0
    assert choices[Face.KAI].thickening > 0
    assert choices[Face.HEI].thickening == 0
    assert choices[Face.BODY].thickening == 0
