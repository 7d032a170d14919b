"""The styles of a paper in Word, under the names Word knows where it has one, so that outline and navigation work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fazhi.kernel.casework.papers.rendering import geometry
from fazhi.kernel.casework.papers.rendering.document import Layout
from fazhi.kernel.casework.papers.rendering.tables import Align
from fazhi.kernel.casework.papers.rendering.word import measures
from fazhi.kernel.casework.papers.rendering.word.markup import (
    Element,
    Indent,
    Rule,
    Spacing,
    flag,
    fonts,
    part,
    some,
    table_borders,
    w,
)

TITLE_FACE: Final = "方正小标宋简体"
BODY_FACE: Final = "仿宋_GB2312"
HEI_FACE: Final = "黑体"
KAI_FACE: Final = "楷体_GB2312"
SONG_FACE: Final = "宋体"

FACES: Final = {
    TITLE_FACE: ("华文中宋", "auto", "variable"),
    BODY_FACE: ("仿宋", "modern", "fixed"),
    HEI_FACE: ("SimHei", "modern", "fixed"),
    KAI_FACE: ("楷体", "modern", "fixed"),
    SONG_FACE: ("SimSun", "auto", "variable"),
}
"""Each face with the one Word takes where it is not installed (no Windows since 7 has the _GB2312 faces), and its kind."""

# Style ids; what Word shows is the name beside each id below.
BODY: Final = "BodyText"
MARK: Final = "IssuingMark"
NUMBER: Final = "PaperNumber"
NOTICE: Final = "Notice"
TITLE: Final = "Title"
SUBTITLE: Final = "Subtitle"
LABELLED: Final = "Labelled"
SIGNATURE: Final = "Signature"
ATTACHMENT_NOTE: Final = "AttachmentNote"
ATTACHMENT_MARK: Final = "AttachmentMark"
CAPTION: Final = "Caption"
TABLE_TEXT: Final = "TableText"
TABLE_LABEL: Final = "TableLabel"
TABLE_NOTE: Final = "TableNote"
IMPRINT: Final = "Imprint"
CHECK: Final = "Check"
FOOTER: Final = "Footer"
SPACER: Final = "Spacer"
STRONG: Final = "Strong"
TABLE: Final = "PaperTable"
GAP: Final = 12 * measures.POINT


def heading(level: int) -> str:
    """The id of the style of headings of this level."""
    return f"Heading{level}"


@dataclass(frozen=True, slots=True)
class Style:
    """This paragraph style: what differs from the one it builds on."""

    id: str
    name: str
    face: str = ""
    size: float = 0.0
    tightening: int | None = None
    colour: str = ""
    line: int | None = None
    first: float | None = None
    align: Align | None = None
    keep_next: bool = False
    outline: int | None = None
    based_on: str | None = "Normal"
    next: str | None = None

    def element(self) -> Element:
        """As Word keeps it."""
        return w(
            "style",
            w("name", val=self.name),
            w("basedOn", val=self.based_on) if self.based_on else None,
            w("next", val=self.next) if self.next else None,
            w("qFormat"),
            self._of_paragraph(),
            self._of_type(),
            type="paragraph",
            styleId=self.id,
            default=1 if self.id == "Normal" else None,
        )

    def _of_paragraph(self) -> Element | None:
        return some(
            "pPr",
            flag("keepNext", self.keep_next),
            w("snapToGrid", val=0) if self.line else None,  # else LibreOffice makes it a line of the grid
            None if self.line is None else Spacing(line=self.line).element(),
            None if self.first is None else Indent(first=self.first, character=measures.CHARACTER).element(),
            w("jc", val=self.align.value) if self.align else None,
            None if self.outline is None else w("outlineLvl", val=self.outline),
        )

    def _of_type(self) -> Element | None:
        half_points = round(self.size * 2)
        return some(
            "rPr",
            fonts(self.face) if self.face else None,
            w("color", val=self.colour) if self.colour else None,
            None if self.tightening is None else w("spacing", val=self.tightening),
            w("sz", val=half_points) if half_points else None,
            w("szCs", val=half_points) if half_points else None,
        )


def _paragraph_styles(layout: Layout) -> Iterator[Style]:
    left, centre, right = Align.LEFT, Align.CENTER, Align.RIGHT
    table = measures.table_size(layout)
    table_line = round(table * measures.POINT * 1.4)
    small = round(table * 0.875 * 2) / 2
    yield Style("Normal", "Normal", based_on=None)
    yield Style(BODY, "Body Text", first=2)
    for level, face in enumerate((HEI_FACE, KAI_FACE, BODY_FACE, BODY_FACE), 1):
        yield Style(heading(level), f"heading {level}", face, first=2, keep_next=True, outline=level - 1, next=BODY)
    yield Style(
        MARK, "发文机关标志", TITLE_FACE, tightening=0, colour=geometry.RED, line=60 * measures.POINT, align=centre
    )
    yield Style(NUMBER, "发文字号", align=centre)
    yield Style(NOTICE, "份号密级紧急程度", HEI_FACE)
    yield Style(
        TITLE,
        "Title",
        TITLE_FACE,
        geometry.SIZE_2_PT,
        0,
        line=measures.TITLE_PITCH,
        align=centre,
        keep_next=True,
        next=BODY,
    )
    yield Style(SUBTITLE, "Subtitle", KAI_FACE, align=centre)
    yield Style(LABELLED, "标项")
    yield Style(SIGNATURE, "Signature", align=right)
    yield Style(ATTACHMENT_NOTE, "附件说明")
    yield Style(ATTACHMENT_MARK, "附件标识", HEI_FACE)
    yield Style(
        CAPTION,
        "caption",
        HEI_FACE,
        round(table * 1.15 * 2) / 2,
        0,
        line=measures.PITCH * 3 // 4,
        align=centre,
        keep_next=True,
    )
    yield Style(TABLE_TEXT, "表格文字", "", table, 0, line=table_line, align=left)
    yield Style(TABLE_LABEL, "表格标目", HEI_FACE, based_on=TABLE_TEXT, align=centre)
    yield Style(TABLE_NOTE, "表注", "", small, 0, line=round(small * measures.POINT * 1.5), align=left)
    yield Style(IMPRINT, "版记", "", geometry.SIZE_4_PT, 0, line=20 * measures.POINT, align=left)
    yield Style(CHECK, "核验", "", geometry.SIZE_5_PT, 0, line=15 * measures.POINT, align=left)
    yield Style(FOOTER, "footer", SONG_FACE, geometry.SIZE_4_PT, 0, line=20 * measures.POINT)
    yield Style(SPACER, "间隔", "", 1, 0, line=2 * measures.POINT)


def styles(layout: Layout) -> bytes:
    """All styles of papers of this layout; only the type size of tables depends on it."""
    return part(
        "styles",
        _defaults(),
        *(style.element() for style in _paragraph_styles(layout)),
        w(
            "style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
            type="character", default=1, styleId="DefaultParagraphFont",
        ),
        w(
            "style", w("name", val="Strong"), w("basedOn", val="DefaultParagraphFont"), w("qFormat"),
            w("rPr", fonts(HEI_FACE)), type="character", styleId=STRONG,
        ),
        w(
            "style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"),
            w("tblPr", w("tblInd", w=0, type="dxa"), _margins(0, 0)), type="table", default=1, styleId="TableNormal",
        ),
        _table_style(layout),
    )  # fmt: skip


def _defaults() -> Element:
    """What every style starts from: Chinese rules for lines, and none of Word's own spaces between scripts."""
    return w(
        "docDefaults",
        w("rPrDefault", w(
            "rPr",
            fonts(BODY_FACE),
            w("spacing", val=measures.TIGHTENING),
            w("sz", val=round(geometry.SIZE_3_PT * 2)),
            w("szCs", val=round(geometry.SIZE_3_PT * 2)),
            w("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"),
        )),
        w("pPrDefault", w(
            "pPr",
            w("widowControl", val=0),
            w("kinsoku"),
            w("overflowPunct", val=0),
            w("adjustRightInd", val=0),
            w("spacing", before=0, after=0, line=measures.PITCH, lineRule="exact"),
            w("jc", val="both"),
        )),
    )  # fmt: skip


def _table_style(layout: Layout) -> Element:
    size = measures.table_size(layout) * measures.POINT
    framed = layout in measures.TABLE_SIZES
    outer, inner = Rule(8 if framed else 4), Rule(4)
    return w(
        "style",
        w("name", val="文书表格"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w(
            "tblPr",
            w("tblInd", w=0, type="dxa"),
            table_borders(top=outer, left=outer, bottom=outer, right=outer, insideH=inner, insideV=inner),
            _margins(round(size * 0.3), round(size * 0.13)),
        ),
        type="table",
        styleId=TABLE,
    )


def _margins(across: int, along: int) -> Element:
    return w(
        "tblCellMar",
        w("top", w=along, type="dxa"),
        w("left", w=across, type="dxa"),
        w("bottom", w=along, type="dxa"),
        w("right", w=across, type="dxa"),
    )


def font_table() -> bytes:
    """The faces, each with what Word shall take in its place where it is not installed."""
    return part(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=behind),
                w("charset", val="86"),
                w("family", val=kind),
                w("pitch", val=pitch),
                name=face,
            )
            for face, (behind, kind, pitch) in FACES.items()
        ),
    )
