"""Word refuses a file whose properties stand out of order, so their order is held against the schema's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from lxml import etree

from fazhi.kernel.casework.papers.rendering import Document, Figure, Paragraph
from fazhi.kernel.casework.papers.rendering.document import PageBreak
from tests.kernel.papers import samples
from tests.kernel.papers.reading import Word

Sample = Callable[[], Document]

# The sequences of ISO/IEC 29500-1, of which every element used here is one.
SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked"
    " personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins defaultTabStop autoHyphenation"
    " evenAndOddHeaders characterSpacingControl hdrShapeDefaults footnotePr endnotePr compat docVars rsids"
    " themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "compat": "ulTrailSpace doNotExpandShiftReturn compatSetting",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "pgBorders": "top left bottom right",
    "tblCellMar": "top left bottom right",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p tbl",
    "docDefaults": "rPrDefault pPrDefault",
}


def misplaced(tree: etree._Element) -> Iterator[str]:
    """What in this part has a child its schema does not name, or names at another place."""
    for element in tree.iter():
        tag = etree.QName(element).localname
        if tag not in SEQUENCES:
            continue
        sequence = SEQUENCES[tag].split()
        children = [etree.QName(child).localname for child in element]
        for child in set(children) - set(sequence):
            yield f"{child} in {tag}"
        known = [sequence.index(child) for child in children if child in sequence]
        if known != sorted(known):
            yield f"{tag}: {' '.join(children)}"


def rich() -> Document:
    """A paper with the properties the samples lack."""
    figure = Figure("1件", "key", anchor="a", link="https://papers.example/", tooltip="定义")
    blocks = (Paragraph.of(figure), PageBreak(), samples.statistics())
    return replace(samples.redhead(), approver="甲", blocks=blocks, check=samples.certificate().check)


@pytest.mark.parametrize("sample", [*samples.EVERY_LAYOUT, rich])
def test_properties_stand_in_the_order_of_the_schema(sample: Sample) -> None:
    word = Word(sample())
    parts = {name: tree for name, tree in word.trees.items() if name.startswith("word/") and name.endswith(".xml")}
    assert {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml"} <= set(parts)
    assert {name: list(misplaced(tree)) for name, tree in parts.items()} == {name: [] for name in parts}


def test_what_is_out_of_order_is_seen() -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    wrong = etree.fromstring(f'<p xmlns="{namespace}"><pPr><jc/><keepNext/><nothing/></pPr></p>')
    assert list(misplaced(wrong)) == ["nothing in pPr", "pPr: jc keepNext nothing"]


@pytest.mark.parametrize("sample", [*samples.EVERY_LAYOUT, rich])
def test_every_relation_has_its_part_and_every_reference_its_relation(sample: Sample) -> None:
    word = Word(sample())
    entries = {entry.get("Id"): entry for entry in word.trees["word/_rels/document.xml.rels"]}
    for entry in entries.values():
        if entry.get("TargetMode") != "External":
            assert f"word/{entry.get('Target')}" in word.parts
    relations = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    used = {
        text
        for element in word.trees["word/document.xml"].iter()
        for name, text in element.attrib.items()
        if str(name).startswith(relations)
    }
    assert used <= set(entries)
    types = {str(entry.get("PartName")) for entry in word.trees["[Content_Types].xml"] if entry.get("PartName")}
    assert types <= {f"/{name}" for name in word.parts}
