"""Listing: a page of a register as one actor sees it, its exact total, its neighbours by cursor.

A list of cases starts from visibility, so its cost depends on the page and not on how many cases there are. Filters and
order come as text, as they stand in an address; what cannot be read is ignored and named in ``unread``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from fazhi.kernel.casework.matters.models import Case, Tally, Visibility
from fazhi.kernel.casework.matters.phases import Phase
from fazhi.kernel.casework.matters.reaching import reachable
from fazhi.kernel.ground.access.actors import Actor
from fazhi.kernel.records.register.columns import Column, Kind
from fazhi.kernel.records.register.declaring import Register
from fazhi.kernel.records.register.written import read_date, read_money

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """This row of a page: the record's id and what each shown column says."""

    id: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """This page: its rows, and cursors to the next and the previous one (empty at the ends)."""

    rows: tuple[Row, ...]
    after: str
    before: str


class Listing:
    """A register's list for an actor under filters.

    ``parameters`` are those of an address: a column's name filters by it (dates and money ``name_from``/``name_to``),
    ``q`` searches, ``order`` names a column (``-`` first: downwards). ``within`` narrows it further, e.g. to the
    records behind a figure.
    """

    def __init__(
        self,
        register: type[Register],
        actor: Actor,
        parameters: Mapping[str, str] | None = None,
        *,
        columns: Sequence[Column] | None = None,
        within: Q | None = None,
        size: int = PAGE,
    ) -> None:
        self.register, self.actor, self.size = register, actor, size
        self.within = (
            register.scope if within is None else within if register.scope is None else register.scope & within
        )
        self.parameters = dict(parameters or {})
        self.columns = tuple(columns) if columns is not None else register.shown
        self.record = register.record()
        self.unread: list[str] = []
        self.condition = self._condition()
        self.order = self._order()

    # -- the set ---------------------------------------------------------------------------------------------------

    def rows(self) -> QuerySet[Any]:
        """These records as a queryset, unordered."""
        found: QuerySet[Any] = reachable(self.actor, self.record).filter(self.condition)
        if self.within is not None:
            found = found.filter(self.within)
        if not self.parameters.get("void"):
            living: dict[str, Any] = {"void_reason": ""}
            found = found.exclude(phase=Phase.VOID) if issubclass(self.record, Case) else found.filter(**living)
        return found

    def total(self) -> int:
        """How many records the list holds, exactly: from the tally where nothing filters, counted otherwise."""
        if self._plain():
            units = self._single_reach()
            if units is not None:
                rows = Tally.objects.filter(unit_id=units, record=self.register.keeping.name())
                found = rows.exclude(phase=Phase.VOID).aggregate(total=Sum("delta"))["total"]
                return int(found or 0)
        return self.rows().count()

    def page(self, cursor: str = "") -> Page:
        """One page. ``cursor``: ``a`` or ``b`` (after, before), then the key and id of the row at the edge."""
        backwards = cursor.startswith("b")
        key = self._read_cursor(cursor)
        if self._plain() and self._single_reach() is not None:
            ids = self._page_of_visible(key, backwards)
            found = list(self._values(self.record._default_manager.filter(pk__in=ids)))
            place = {record_id: position for position, record_id in enumerate(ids)}
            found.sort(key=lambda each: place[each[0]])
        else:
            found = self._page_of_rows(key, backwards)
        more = len(found) > self.size
        found = found[: self.size]
        if backwards:
            found.reverse()
        rows = tuple(
            Row(each[0], tuple(column.show(value) for column, value in zip(self.columns, each[2:], strict=True)))
            for each in found
        )
        after = f"a{_text(found[-1][1])}~{found[-1][0]}" if found and (more or backwards) else ""
        before = (
            f"b{_text(found[0][1])}~{found[0][0]}"
            if found and ((more and backwards) or (key and not backwards))
            else ""
        )
        return Page(rows, after, before)

    def _values(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.values_list("id", self.order[0], *[column.path for column in self.columns])

    def _page_of_visible(self, key: tuple[Any, int] | None, backwards: bool) -> list[int]:
        unit_id: Any = self._single_reach()
        rows = Visibility.objects.filter(unit_id=unit_id, record=self.register.keeping.name()).exclude(phase=Phase.VOID)
        if key is not None:
            day, matter_id = key
            edge = (
                Q(opened_on__gt=day) | Q(opened_on=day, matter_id__gt=matter_id)
                if backwards
                else Q(opened_on__lt=day) | Q(opened_on=day, matter_id__lt=matter_id)
            )
            bound = Q(opened_on__gte=day) if backwards else Q(opened_on__lte=day)
            rows = rows.filter(bound & edge)
        order = ("opened_on", "matter_id") if backwards else ("-opened_on", "-matter_id")
        return list(rows.order_by(*order).values_list("matter_id", flat=True)[: self.size + 1])

    def _page_of_rows(self, key: tuple[Any, int] | None, backwards: bool) -> list[Any]:
        name, downwards = self.order
        down = downwards != backwards
        rows = self.rows()
        if key is not None:
            value, record_id = key
            sign = "lt" if down else "gt"
            if value is None:
                edge = Q(**{f"{name}__isnull": True, f"id__{sign}": record_id})
                if not down:
                    edge |= Q(**{f"{name}__isnull": False}) if backwards else Q(pk__in=())
            else:
                edge = Q(**{f"{name}__{sign}": value}) | Q(**{name: value, f"id__{sign}": record_id})
                if not backwards:
                    edge |= Q(**{f"{name}__isnull": True})
            rows = rows.filter(edge)
        place: dict[str, Any] = {"nulls_first": True} if backwards else {"nulls_last": True}
        first = F(name).desc(**place) if down else F(name).asc(**place)
        return list(self._values(rows.order_by(first, "-id" if down else "id"))[: self.size + 1])

    # -- reading the address ---------------------------------------------------------------------------------------

    def _plain(self) -> bool:
        ordinary = self.order == (self.register.order(), True)
        untouched = not self.condition and self.within is None and not self.parameters.get("void")
        return issubclass(self.record, Case) and ordinary and untouched

    def _single_reach(self) -> int | None:
        """The one unit through which the actor sees everything the list may hold, if there is one."""
        reach = self.actor.reach(self.register.keeping.line)
        allowed = self.actor.holds(self.register.keeping.reads, self.register.keeping.line)
        if not allowed or reach.own_units or len(reach.units) != 1:
            return None
        return next(iter(reach.units))

    def _order(self) -> tuple[str, bool]:
        wanted = self.parameters.get("order", "")
        name = wanted.lstrip("-")
        if name in self.register.all_columns:
            return name, wanted.startswith("-")
        if wanted:
            self.unread.append("order")
        return self.register.order(), True

    def _read_cursor(self, cursor: str) -> tuple[Any, int] | None:
        edge, _, record_id = cursor[1:].rpartition("~")
        if not cursor or not record_id.isdigit():
            return None
        if edge == "":
            return None, int(record_id)
        field: Any = self.record._meta.get_field(self.order[0])
        return field.to_python(edge), int(record_id)

    def _condition(self) -> Q:
        condition = Q()
        # Whatever may be shown may be filtered by; an address is as good as the filter row.
        filtering = (*self.register.filtering, *self.register.all_columns.values(), *self.columns)
        for column in {column.name: column for column in filtering}.values():
            condition &= self._of(column)
        words = self.parameters.get("q", "").split()
        searched = self.register.searches or [each for each in ("number", "title", "name") if self._has(each)]
        for word in words:
            any_of = Q()
            for reference in searched:
                name = reference if isinstance(reference, str) else reference.field.name
                any_of |= Q(**{f"{name}__contains": word})
            condition &= any_of
        return condition

    def _has(self, name: str) -> bool:
        return name in {field.name for field in self.record._meta.concrete_fields}

    def _of(self, column: Column) -> Q:
        name = column.name
        low, high, exact = (self.parameters.get(key, "") for key in (f"{name}_from", f"{name}_to", name))
        if column.kind in (Kind.DATE, Kind.INSTANT, Kind.MONEY, Kind.NUMBER):
            return (
                self._bound(column, low, "gte") & self._bound(column, high, "lte") & self._bound(column, exact, "exact")
            )
        if not exact:
            return Q()
        if column.kind in (Kind.CHOICE, Kind.STATE):
            keys = [key for key, _ in column.choices if key in exact.split(",")]
            if not keys:
                self.unread.append(name)
            return Q(**{f"{name}__in": keys}) if keys else Q()
        if column.kind is Kind.YES_NO:
            return Q(**{name: exact in ("1", "true", "是")})
        if column.kind is Kind.SECRET:
            return Q(**{f"{name}_hash": column.field.hash_of(exact)})  # type: ignore[attr-defined]
        if column.kind is Kind.UNIT:
            wanted = [int(each) for each in exact.split(",") if each.isdigit()]
            return Q(**{f"{name}__audience__overlap": wanted}) if wanted else Q()
        if column.kind in (Kind.ACCOUNT, Kind.RECORD):
            wanted = [int(each) for each in exact.split(",") if each.isdigit()]
            return Q(**{f"{name}__in": wanted}) if wanted else Q(**{f"{column.path}__contains": exact})
        return Q(**{f"{name}__contains": exact})

    def _bound(self, column: Column, text: str, lookup: str) -> Q:
        if not text:
            return Q()
        value: Any = None
        if column.kind in (Kind.DATE, Kind.INSTANT):
            value = read_date(text)
        elif column.kind is Kind.MONEY:
            value = read_money(text)
        elif text.lstrip("-").isdigit():
            value = int(text)
        if value is None:
            self.unread.append(column.name)
            return Q()
        suffix = f"__date__{lookup}" if column.kind is Kind.INSTANT else f"__{lookup}"
        return Q(**{f"{column.name}{suffix}": value})


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
