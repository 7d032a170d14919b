"""A line's page, a register's list, and the views people save of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from fazhi.kernel.casework.matters.workflow import Keeping
from fazhi.kernel.ground.access.models import Account
from fazhi.kernel.ground.core.errors import Fault, Refused, Unseen
from fazhi.kernel.records.measures import opening
from fazhi.kernel.records.measures.computing import totals
from fazhi.kernel.records.measures.declaring import MEASURES, Measure
from fazhi.kernel.records.measures.figures import Figure
from fazhi.kernel.records.measures.periods import Period
from fazhi.kernel.records.register import Kind, Listing, Register, home_of
from fazhi.kernel.records.register.columns import column_of
from fazhi.web import addresses, asked, figuring, frame, lists, seats
from fazhi.web.models import SavedView
from fazhi.web.navigation import address_of, readable
from fazhi.web.seats import Seat
from fazhi.web.words import in_chinese, listed, said, sentence

_IN_ROW = 5
_MOST_VIEWS = 12


@require_GET
def line(request: Any, line: str) -> HttpResponse:
    """A line's own page: its registers, and its figures of the year."""
    seat = frame.seat_of(request)
    found = asked.line_at(seat.actor, line)
    year = Period.year(_year(request))
    keys = [each.key for each in (found.measures.measures if found.measures else ())]
    mine = readable(seat.actor, found)
    first = {each.key: each.figures[0] for each in mine if each.figures and each.figures[0] in MEASURES}
    measures = [MEASURES[key] for key in first.values()]
    totalled = figuring.kept_totals(seat.home, measures, year, figuring.scope_of(seat)) if measures else {}
    registers = [
        {
            "label": said(each.label, each.key),
            "href": address_of(each),
            "figure": _plain(totalled[first[each.key]]) if each.key in first else "",
        }
        for each in mine
    ]
    context = {
        "title": said(found.label),
        "lead": listed(f"《{each}》" if in_chinese() else said(each) for each in found.statutes),
        "strip": _with_years(figuring.strip(seat, keys, year), request, year),
        "registers": registers,
    }
    return frame.page(request, "web/line.html", context)


def _plain(figure: Figure) -> str:
    """A figure in words, where it stands inside a link and cannot be one itself."""
    text, unit = figuring.written(figure)
    return f"{said(figure.measure.label)} {text} {unit}".strip()


@require_GET
def listing(request: Any, line: str, register: str) -> HttpResponse:
    """A register's list, narrowed, sorted and paged as the address says."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    behind = _behind(request, seat, found)
    if isinstance(behind, HttpResponse):
        return behind
    measured, narrowed = behind or ({}, None)
    columns = lists.chosen_columns(found, request.GET)
    voids = request.GET.get("void") == "1"
    options: Any = found.record()._meta
    marks = [column_of(found.keeping, options.get_field("void_reason"))] if voids else []
    listed = Listing(found, seat.actor, dict(request.GET.items()), columns=[*columns, *marks], within=narrowed)
    ordering = found.all_columns.get(listed.order[0]) or column_of(found.keeping, options.get_field(listed.order[0]))
    total = listed.total()
    page = listed.page(lists.cursor(request.GET, listed.order, ordering))
    if measured:
        measured["visible"] = _visible(measured.pop("exact"), total)
    pairs = addresses.pairs_of(request.GET)
    today = request.at.date()
    form = lists.row_format(found, columns, seat, today, f"{address_of(found)}{{}}/", voids=voids)
    chips = lists.chips(found, request.GET, seat.home, _accounts(request, found))
    year = Period.year(_year(request))
    shown_filters = lists.filters(found, request.GET, seat.home)
    context = {
        "title": said(found.label, found.key),
        "total": gettext("%(n)s 条") % {"n": f"{total:,}"},
        "crumbs": _crumbs(seat, found),
        "behind": measured,
        "strip": None if measured else _with_years(figuring.strip(seat, figuring.keys_for(found), year), request, year),
        "starts": _starts(seat, found.keeping, found),
        **_exchange(seat, found, pairs),
        "views": _views(seat, found, request),
        "filters": shown_filters[:_IN_ROW],
        "further": shown_filters[_IN_ROW:],
        "further_on": any(each.get("on") for each in shown_filters[_IN_ROW:]),
        "kept": addresses.hidden(pairs, "page", "from", "void", *_asked_by(shown_filters)),
        "chips": chips,
        "clear": addresses.joined([pair for pair in pairs if pair[0] in ("column", "density", "order")]) or "?",
        "chooser": _chooser(found, columns),
        "chooser_kept": addresses.hidden(pairs, "page", "from", "column"),
        "density": _density(request, pairs),
        "saving": {
            "action": f"{address_of(found)}views/",
            "query": addresses.joined(addresses.without(pairs, "page", "from")).removeprefix("?"),
        },
        "columns": lists.headings(found, columns, listed.order, seat, pairs, today),
        "body": form.render((row.id, *row.cells) for row in page.rows),
        "tight": request.GET.get("density") == "tight",
        "paging": _paging(page, ordering, pairs, len(page.rows), total, request.GET.get("from", "")),
        "unread": [
            lists.label_of(found.all_columns[name], found) for name in listed.unread if name in found.all_columns
        ],
        "empty": _empty(found, bool(chips or measured)),
    }
    return frame.page(request, "web/register.html", context)


@require_POST
def views(request: Any, line: str, register: str) -> HttpResponse:
    """Saves the present view of a register under a name, or removes one of the own views."""
    seat = frame.seat_of(request)
    found = asked.register_at(seat.actor, line, register)
    mine = SavedView.objects.filter(account_id=seat.account_id, register=found.key)
    removed = request.POST.get("remove", "")
    if removed.isdigit():
        mine.filter(pk=int(removed)).delete()
        seats.forget(request)
        return HttpResponseRedirect(address_of(found))
    name, query = request.POST.get("name", "").strip()[:20], request.POST.get("query", "")[:1000]
    if not name:
        raise Refused(Fault(gettext("请给视图起个名称"), "name"))
    if mine.exclude(name=name).count() >= _MOST_VIEWS:
        raise Refused(Fault(gettext("视图已经很多了，请先删去不用的"), "name"))
    mine.update_or_create(
        jurisdiction_id=seat.home.id,
        account_id=seat.account_id,
        register=found.key,
        name=name,
        defaults={"query": query},
    )
    seats.forget(request)
    return HttpResponseRedirect(f"{address_of(found)}?{query}" if query else address_of(found))


# -- parts of the page -------------------------------------------------------------------------------------------------


def _year(request: Any) -> int:
    given = request.GET.get("year", "")
    return int(given) if given.isdigit() and 1990 <= int(given) <= request.at.year + 1 else request.at.year


def _with_years(strip: dict[str, Any] | None, request: Any, year: Period) -> dict[str, Any] | None:
    """The strip with the way to the year before and after."""
    if strip is None:
        return None
    pairs = addresses.without(addresses.pairs_of(request.GET), "page", "from")
    number = year.first.year
    strip["previous"] = addresses.joined(addresses.changed(pairs, year=number - 1))
    strip["next"] = addresses.joined(addresses.changed(pairs, year=number + 1)) if number < request.at.year else ""
    return strip


def _behind(request: Any, seat: Seat, register: type[Register]) -> tuple[dict[str, Any], Any] | HttpResponse | None:
    """The figure whose records the list is narrowed to, said in words, and the condition; or the way to its register."""
    try:
        opened = opening.read(request.GET, seat.home.id)
    except ValueError as error:
        raise Unseen(str(error)) from error
    if opened is None:
        return None
    home = home_of(opened.members.record)
    if home is None:
        raise Unseen(opened.measure.key)
    if home is not register:
        return HttpResponseRedirect(address_of(home) + addresses.joined(addresses.pairs_of(request.GET)))
    measure, period, scope = opened.measure, opened.period, opened.scope
    text, unit = figuring.written(totals([measure], period, scope)[measure.key])
    rows = register.record()._default_manager.filter(opened.members.condition, jurisdiction_id=seat.home.id)
    where = seat.home.unit_name(scope.unit_id)
    pairs = addresses.without(addresses.pairs_of(request.GET), *opening.PARAMETERS, "page", "from")
    return {
        "label": "，".join(filter(None, (sentence(period.label), where, said(measure.label)))),
        "value": f"{text} {unit}".strip(),
        "exact": (rows.count(), measure),
        "definition": said(measure.definition),
        "clear": addresses.joined(pairs) or "?",
    }, opened.members.condition


def _visible(exact: tuple[int, Measure], visible: int) -> str:
    """How many of the records behind a figure the reader sees, when that is not all of them or not what is counted."""
    behind, measure = exact
    if visible == behind:
        return "" if measure.unit in ("件", "条") else gettext("涉及 %(n)s 条记录") % {"n": f"{behind:,}"}
    return gettext("涉及 %(n)s 条记录，您可查看 %(m)s 条") % {"n": f"{behind:,}", "m": f"{visible:,}"}


def _crumbs(seat: Seat, register: type[Register]) -> list[dict[str, str]]:
    line = asked.line_at(seat.actor, register.keeping.line)
    return [{"label": said(line.chapter.label), "href": ""}, {"label": said(line.label), "href": f"/{line.code}/"}]


def _starts(seat: Seat, keeping: type[Keeping], register: type[Register]) -> list[dict[str, str]]:
    """The ways to enter a record, for those who may."""
    if not seat.actor.hats_in(keeping.line, keeping.enters):
        return []
    new = f"{address_of(register)}new/"
    found = [{"label": said(keeping.enter_label), "href": new}]
    if register.finishing and not register.finished:
        found.append({"label": said("补录"), "href": f"{new}?mode=history"})
    return found


def _exchange(seat: Seat, register: type[Register], pairs: addresses.Pairs) -> dict[str, str]:
    """The addresses of import and export, for those who may."""
    actor, keeping = seat.actor, register.keeping
    found = {"export": "", "import": ""}
    if actor.holds(register.exports, keeping.line):
        found["export"] = _given("export", register) + addresses.joined(addresses.without(pairs, "page", "from"))
    if actor.hats_in(keeping.line, keeping.enters):
        found["import"] = _given("import", register)
    return {name: href if href.startswith("/") else "" for name, href in found.items()}


def _given(name: str, register: type[Register]) -> str:
    """The address of a page of a register that another part may have given; empty where it has not."""
    try:
        return reverse(name, args=[register.keeping.line, register.slug()])
    except NoReverseMatch:
        return ""


def _views(seat: Seat, register: type[Register], request: Any) -> list[dict[str, Any]]:
    here = addresses.joined(
        addresses.without(addresses.pairs_of(request.GET), "page", "from", "column", "density", "year")
    )
    whole = addresses.joined(addresses.without(addresses.pairs_of(request.GET), "page", "from", "year"))
    standard = lists.standard_views(register, seat, request.at.date())
    mine = seat.views.get(register.key, ())
    if not standard and not mine:
        return []
    shown: list[dict[str, Any]] = [
        {"label": label, "href": href, "current": here == href, "count": None}
        for label, href in ((said("全部"), address_of(register)), *((label, href) for label, href in standard))
    ]
    shown[0]["current"] = not here
    shown += [
        {"label": name, "href": f"?{query}", "current": whole == f"?{query}", "count": None, "remove": view_id}
        for view_id, name, query in mine
    ]
    return shown


def _asked_by(shown: list[dict[str, Any]]) -> list[str]:
    names = [each["name"] for each in shown]
    return [*names, *(f"{name}{end}" for name in names for end in ("_from", "_to"))]


def _chooser(register: type[Register], columns: Any) -> SafeString:
    """The boxes of the columns that may be shown."""
    on = {column.name for column in columns}
    return format_html_join(
        "",
        '<label class="fz-check"><input class="form-check-input" type="checkbox" form="choose" name="column" value="{}"{}> {}</label>',
        (
            (name, mark_safe(" checked") if name in on else "", lists.label_of(column, register))
            for name, column in register.all_columns.items()
        ),
    )


def _density(request: Any, pairs: addresses.Pairs) -> dict[str, str]:
    tight = request.GET.get("density") == "tight"
    return {
        "label": gettext("宽松") if tight else gettext("紧凑"),
        "href": addresses.joined(addresses.changed(pairs, density="" if tight else "tight")) or "?",
    }


def _paging(page: Any, ordering: Any, pairs: addresses.Pairs, here: int, total: int, typed: str) -> dict[str, Any]:
    base = addresses.without(pairs, "page", "from")
    kind = lists.JUMPING.get(ordering.kind)
    jump = (
        {"label": gettext("跳到%(column)s") % {"column": said(ordering.label)}, "kind": kind, "value": typed}
        if kind
        else None
    )
    return {
        "shown": gettext("本页 %(here)s 条，共 %(total)s 条") % {"here": here, "total": f"{total:,}"},
        "previous": addresses.joined([*base, ("page", page.before)]) if page.before else "",
        "next": addresses.joined([*base, ("page", page.after)]) if page.after else "",
        "jump": jump if page.before or page.after or typed else None,
        "kept": addresses.hidden(base),
    }


def _empty(register: type[Register], narrowed: bool) -> dict[str, str]:
    if narrowed:
        return {"title": gettext("没有符合条件的记录"), "text": gettext("放宽或去掉一些条件再看。")}
    return {"title": gettext("还没有记录"), "text": said(register.empty)}


def _accounts(request: Any, register: type[Register]) -> dict[str, str]:
    """The names behind account ids in the address, so that a filter by handler reads as a name."""
    ids = {
        int(each)
        for column in (*register.filtering, *register.all_columns.values())
        if column.kind is Kind.ACCOUNT
        for each in request.GET.get(column.name, "").split(",")
        if each.isdigit()
    }
    known = {request.seat.account_id: request.seat.actor.name}
    missing = ids - known.keys()
    if missing:
        known |= dict(Account.objects.filter(pk__in=missing, home_id=request.seat.home.id).values_list("id", "name"))
    return {str(account_id): name for account_id, name in known.items()}
