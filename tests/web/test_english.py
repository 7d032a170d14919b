"""English: no Chinese word of the screens or of a declaration is left without it, and it says the right thing."""

from __future__ import annotations

import gettext as library
import io
import re
from collections.abc import Callable, Iterable

import pytest
import yaml
from django.test import Client
from django.utils import translation

from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.line import LINES
from fazhi.web import catalogue, seats
from fazhi.web.words import said, sentence
from tests.web import scene, wording
from tests.world import World

Enters = Callable[[str], Client]

# Signs and examples, which are the same in any language, and what is read rather than said.
EXEMPT = {"报", "缺", "第{}条", "第{}款", "第{}项", "”或“", "”或“|、", "区块#", "记录数#", "万", "月份"}
READ = ("area\t", "^(?P<name>")


def missing(texts: Iterable[tuple[str, str]]) -> list[str]:
    english = catalogue.read()
    known = {*english.terms, *english.patterns, *(term for terms in english.contexts.values() for term in terms)}
    return sorted(
        {
            f"{place}: {text}"
            for place, text in texts
            if wording.HAN.search(text) and text not in known | EXEMPT and not text.startswith(READ)
        }
    )


def test_templates_say_everything_through_the_catalogue() -> None:
    assert missing(wording.of_templates()) == []


def test_no_chinese_stands_bare_in_a_template() -> None:
    bare = [(place, text) for place, text in wording.left_bare() if text not in ("法", "中文English")]
    assert bare == []


def test_the_program_says_everything_in_english_too() -> None:
    assert missing(wording.of_program()) == []


def test_the_kernel_declares_nothing_untranslated() -> None:
    assert missing(wording.of_kernel()) == []


@pytest.mark.parametrize("code", sorted(LINES))
def test_a_line_declares_nothing_untranslated(code: str) -> None:
    assert missing(wording.of_line(code)) == []


def test_a_term_has_one_english() -> None:
    """Two files that translate one term differently would say it differently, depending on their order."""
    told: dict[str, dict[str, str]] = {}
    for path in catalogue.files():
        raw = yaml.safe_load(path.read_text("utf-8"))
        for term, english in (raw.get("terms") or {}).items():
            told.setdefault(str(term), {})[str(english)] = path.parent.name
    assert {term: said for term, said in told.items() if len(said) > 1} == {}


def test_the_compiled_catalogue_is_what_gettext_reads() -> None:
    english = catalogue.English(
        terms={"待办": "Inbox", "件": ["case", "cases"]}, contexts={"weekday": {"一": "Mo"}}, patterns={}
    )
    read = library.GNUTranslations(io.BytesIO(catalogue.compiled(english)))
    assert read.gettext("待办") == "Inbox"
    assert (read.ngettext("件", "件", 1), read.ngettext("件", "件", 2)) == ("case", "cases")
    assert read.pgettext("weekday", "一") == "Mo"


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("剩余 3 个工作日", "3 working days left"),
        ("逾期 2 日", "2 days overdue"),
        ("请填写“受理日期”", "Please fill in “Accepted on”"),
        ("“受理”由经办人办理", "“Accept” is done by: Clerk"),
        (
            "2026年11月19日（周四）为起算事由发生之日，当日不计入。",
            "2026-11-19 is the day of the event and is not counted.",
        ),
        ("谁也没有翻译的话", "谁也没有翻译的话"),
        ("", ""),
    ],
)
def test_sentences_with_names_in_them(chinese: str, english: str) -> None:
    with translation.override("en"):
        assert sentence(chinese) == english
    with translation.override("zh-hans"):
        assert sentence(chinese) == chinese


def test_one_term_with_two_meanings() -> None:
    with translation.override("en"):
        assert (said("日"), said("日", "weekday")) == ("days", "Su")


def test_a_person_reads_english_everywhere(world: World, enters: Enters) -> None:
    home = scene.committee(world)
    case = scene.accepted(world, scene.case(world, home))
    client = enters("east")
    assert client.post("/language/", {"language": "en", "next": "/inbox/"})["Location"] == "/inbox/"
    assert Account.objects.get(login="east").language == "en"
    seats.forget()
    base = f"/mediation/cases/{case.id}/"
    own = [
        *(name for unit in world.units.values() for name in (unit.name, unit.short_name)),
        *(account.name for account in world.accounts.values()),
        *(world.jurisdiction.name, case.number, case.title, case.summary, home.name),
        *("甲某", "乙某", "中文", "法</b>"),
    ]
    for address in (
        "/", "/inbox/", "/due/", "/mediation/", "/mediation/cases/", "/mediation/cases/new/", base, f"{base}timeline/",
        f"{base}clocks/", f"{base}links/", f"{base}history/", f"{base}act/succeed/", f"{base}void/", "/search/", "/nothing/",
    ):  # fmt: skip
        page = client.get(address).content.decode()
        assert '<html lang="en"' in page
        left = re.sub(
            "|".join(map(re.escape, sorted(own, key=len, reverse=True))),
            "",
            re.sub(r"<script.*?</script>|value=\"[^\"]*\"", "", page, flags=re.DOTALL),
        )
        # Definitions of figures are law and custom of the bureau, and stay in its language.
        left = re.sub(r'title="[^"]*"', "", left)
        assert wording.HAN.findall(left) == [], (address, re.findall(r".{20}[㐀-鿿]+.{20}", left))
    assert client.post("/language/", {"language": "xx"}).status_code == 302
    assert Account.objects.get(login="east").language == "en"
