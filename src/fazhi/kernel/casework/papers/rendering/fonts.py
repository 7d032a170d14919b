"""The type of official papers: which font plays which part, and which characters can be printed at all.

No open 仿宋 can be had as a Python package, so the site's licensed fonts come first and the Noto faces of
`pylopdf-fonts-zh-cn` stand behind every one of them, character by character. The system's fonts are never used: the
same paper must come out the same on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTFont

from fazhi.kernel.casework.papers.rendering.text import PaperError


class Face(StrEnum):
    """The parts type plays in an official paper."""

    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    HEI = "hei"  # 黑体
    KAI = "kai"  # 楷体
    SONG = "song"  # 宋体


_FAMILIES: Mapping[Face, tuple[str, ...]] = MappingProxyType({
    Face.TITLE: (
        "方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "小标宋",
        "华文中宋", "STZhongsong",
    ),
    Face.BODY: (
        "仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "FZFangSong-Z02",
        "华文仿宋", "STFangsong", "朱雀仿宋", "Zhuque Fangsong (technical preview)", "FandolFang", "FandolFang R",
    ),
    Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "FandolHei", "FandolHei R", "Noto Sans SC"),
    Face.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "FZKai-Z03", "FandolKai", "FandolKai R"),
    Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", "FZShuSong-Z01", "FandolSong", "FandolSong R", "Noto Serif SC"),
})  # fmt: skip

# Drawn as a thin outline in units of the type size where the right face is missing: the only Noto weight at hand is
# Regular, and a title or a second-level heading must still be told from the text.
_THICKENED: Mapping[Face, float] = MappingProxyType({Face.TITLE: 0.028, Face.KAI: 0.018})

_FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_NO_GLYPH_NEEDED = frozenset({"Cc", "Cf", "Zl", "Zp"})


class MissingGlyph(PaperError):
    """No font at hand can print these characters, so the paper is refused rather than printed without them.

    `characters` holds each once, in order of code; one with a variation selector has two code points.
    """

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        named = "、".join(f"{text}（{' '.join(f'U+{ord(point):04X}' for point in text)}）" for text in characters)
        super().__init__(f"现有字库缺少以下字形，无法打印：{named}。请由管理员向字库文件夹加入含有这些字的字体。")


@dataclass(frozen=True, slots=True)
class Choice:
    """The font families tried for one face, in order, and the outline that makes up for a missing one (0: none)."""

    families: tuple[str, ...]
    thickening: float


class FontLibrary:
    """These fonts, ready for the typesetter: the site's own folder first, the bundled Noto faces behind."""

    def __init__(self, site_folder: Path | None = None) -> None:
        bundled = (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path())
        own = sorted(_font_files(site_folder)) if site_folder is not None else []
        self.fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=sorted({str(path.parent) for path in (*bundled, *own)}),
        )
        self._covered: set[int] = set()
        self._variations: set[tuple[int, int]] = set()
        names: dict[str, str] = {}  # every name a font goes by → the family name the typesetter knows it by
        for info in self.fonts.fonts():
            if info.path is not None:
                for name in self._read(Path(info.path), info.index):
                    names.setdefault(name, info.family)
                names.setdefault(info.family, info.family)
        behind = ["Noto Serif SC", "Noto Sans SC", *sorted(set(names.values()))]
        self.choices: Mapping[Face, Choice] = MappingProxyType({face: _choose(face, names, behind) for face in Face})

    def _read(self, path: Path, index: int) -> set[str]:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            self._covered |= font.getBestCmap().keys()
            for table in font["cmap"].tables:
                if table.format == 14:
                    for selector, pairs in table.uvsDict.items():
                        self._variations |= {(base, selector) for base, _ in pairs}
            return {str(record) for record in font["name"].names if record.nameID in (1, 4, 16)}

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The characters of these texts that no font can print, each once, in order of code."""
        found: set[str] = set()
        for text in texts:
            previous = ""
            for character in text:
                code = ord(character)
                if code in _VARIATION_SELECTORS:
                    if previous and (ord(previous), code) not in self._variations:
                        found.add(previous + character)
                elif code not in self._covered and unicodedata.category(character) not in _NO_GLYPH_NEEDED:
                    found.add(character)
                previous = character
        return tuple(sorted(found))

    def require(self, texts: Iterable[str]) -> None:
        """Raise MissingGlyph, naming them, unless every character of these texts can be printed."""
        missing = self.missing(texts)
        if missing:
            raise MissingGlyph(missing)


def _font_files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise PaperError(f"字库文件夹 {folder} 不存在。")
    return (path for path in folder.rglob("*") if path.suffix.lower() in _FONT_SUFFIXES)


def _choose(face: Face, names: Mapping[str, str], behind: list[str]) -> Choice:
    own = [names[name] for name in _FAMILIES[face] if name in names]
    families = tuple(dict.fromkeys([*own, *behind]))
    return Choice(families, 0.0 if own else _THICKENED.get(face, 0.0))


@lru_cache(maxsize=4)
def font_library(site_folder: Path | None = None) -> FontLibrary:
    """The library over this folder (none: the bundled fonts alone), read once a process."""
    return FontLibrary(site_folder)
