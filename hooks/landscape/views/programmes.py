"""Programmes and the Scottish story."""

from __future__ import annotations

from typing import Iterable

from .. import derive, words
from ..exports.citations import context_objects
from ..load import RECORDS
from ..model import Record
from ..site import Site, short, totals
from ..vocabulary import Term
from .cite import list_cite
from .finder import finder
from .page import Page


def programme_index(site: Site) -> Page:
    found = [(record, site.row(record), site.members.get(record.id, [])) for record in site.ordered if record.is_programme]
    top = [entry for entry in found if not entry[0].programme]
    below = {entry[0].id: [inner for inner in found if inner[0].programme == entry[0].id] for entry in found}
    return Page("programmes/", "Programmes", "Families of partnerships with one model, name or funder, such as Scotland's Welfare Advice and Health Partnerships.", "programme_index.html", {"programmes": top, "below": below}, edit=RECORDS)


def programme_page(site: Site, record: Record) -> Page:
    inside = site.members.get(record.id, [])
    numbers = words.numbered(record.sources)
    data = {"record": record, "row": site.row(record), "rows": site.rows(inside), "totals": totals(inside), "chain": derive.programme_chain(site.landscape, record), "numbers": numbers, "councils": _councils_of(site, [record, *inside]), "finder": finder(site, inside, fixed="programme") if len(inside) > 1 else None, "cite": list_cite(site, record.name, totals(inside), f"programmes/{record.id}/") if inside else None, "coins": context_objects(site)}
    return Page(f"programmes/{record.id}/", f"{record.name}: programme", short(record.summary), "programme.html", data, edit=f"{RECORDS}/{record.id}.yml", updated=max(map(derive.last_touched, [record, *inside])), trail=(("Programmes", "programmes/"),), crumb=record.name, assets=("finder",) if len(inside) > 1 else ())


def _councils_of(site: Site, records: Iterable[Record]) -> list[Term]:
    tags = {tag for record in records for tag in record.local_authorities}
    return sorted((site.vocabularies["local-authorities"][tag] for tag in tags), key=lambda term: term.label)


SCOTTISH_STORY = ("wahp", "hwc")


def scotland(site: Site) -> Page:
    records = [record for record in site.ordered if record.nation == "scotland"]
    programmes = [site.landscape.records[id] for id in SCOTTISH_STORY if id in site.landscape.records]
    others = [record for record in records if record.is_programme and record.id not in SCOTTISH_STORY]
    councils = _councils_of(site, records)
    data = {
        "totals": totals(records), "statuses": derive.status_counts(records), "rows": site.rows(records),
        "stories": [(p, site.rows(site.members.get(p.id, [])), _councils_of(site, [p, *site.members.get(p.id, [])]), words.numbered(p.sources)) for p in programmes],
        "others": [(p, len(site.members.get(p.id, []))) for p in others],
        "councils": [(c, len(site.by_facet["local-authorities"][c.tag])) for c in councils],
        "unlisted": [c for c in site.vocabularies["local-authorities"] if c.region == "scotland" and not c.end and c.tag not in {x.tag for x in councils}],
    }
    return Page("scotland/", "Scotland", "Welfare Advice and Health Partnerships, Healthier Wealthier Children and other Scottish partnerships: areas covered, timelines and figures.", "scotland.html", data, edit=RECORDS)
