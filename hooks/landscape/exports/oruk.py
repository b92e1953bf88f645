"""Open Referral UK 3.0 (HSDS-UK), the UK's open standard for data about services, as static files under ``oruk/``.

The profile is at https://github.com/OpenReferralUK/uk-profile. Every query parameter there is optional and every list here is
one page, so files can give every answer. A record is one service. No person, e-mail address or phone number is in it.
"""

from __future__ import annotations

from typing import Any, Iterator
from uuid import UUID, uuid5

from .. import words
from ..model import Partner, Record
from ..model import Site as Place
from ..site import Site
from ..vocabulary import Term
from . import plain
from .plain import to_json

ROOT = "oruk"
ABOUT = {
    "version": "HSDS-UK-3.0",
    "profile": "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md",
    "openapi_url": "https://raw.githubusercontent.com/OpenReferralUK/uk-profile/main/schema/openapi.json",
}

# Every id follows from this and the path of what it names, so it is the same in every build. Never change it.
NAMESPACE = UUID("7621c77f-58a9-4627-a065-7462cdaf1cfa")

# The fields that the profile requires of each thing we write (schema/compiled/*.json and schema/taxonomy*.json there; of a
# page, the Page of its OpenAPI document). Written here so that a build can hold itself to them with nothing fetched.
REQUIRED = {
    "page": ("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"),
    "service": ("id", "name", "status"),
    "organization": ("id", "name", "description"),
    "location": ("id", "location_type"),
    "service_at_location": ("id",),
    "service_area": ("id",),
    "funding": ("id",),
    "attribute": ("id",),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "name", "description"),
}

STATUSES = {"active": "active", "unknown": "inactive", "ended": "defunct"}
# Each is a field of a record, and the vocabulary of that field, with what one of its terms describes.
TAXONOMIES = {"settings": "setting", "issues": "issue", "delivery": "delivery"}
REMOTE = "remote"
# An area's persistent address at the Office for National Statistics is this and its GSS code.
AREA_ADDRESS = "http://statistics.data.gov.uk/id/statistical-geography/"

Thing = dict[str, Any]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file: (address inside the site, bytes). Without its .json an address is that of the profile."""
    yield f"{ROOT}/index.json", to_json(ABOUT)
    rows, full, places = [], [], []
    for record in plain.in_order(site.landscape.records):
        row = _service_row(site, record)
        at = _service_at_locations(site, record)
        parts = _service_parts(site, record)
        rows.append(row)
        full.append(_made("service", {**row, **parts, "service_at_locations": at}))
        places += [(one, row, {**row, **parts}) for one in at]
    yield from _listed("services", rows, full)
    yield from _listed("service_at_locations", [{**one, "service": row} for one, row, _ in places], [{**one, "service": whole} for one, _, whole in places])
    terms = {name: [_taxonomy_term(site, name, term) for term in site.vocabularies[name]] for name in TAXONOMIES}
    taxonomies = [_taxonomy(site, name) for name in TAXONOMIES]
    yield from _listed("taxonomies", taxonomies, [{**one, "taxonomy_terms": inside} for one, inside in zip(taxonomies, terms.values())])
    every_term = [term for inside in terms.values() for term in inside]
    yield from _listed("taxonomy_terms", every_term, every_term)


def _listed(name: str, rows: list[Thing], full: list[Thing]) -> Iterator[tuple[str, bytes]]:
    """A list as its one page, and each thing as a file of its own."""
    yield f"{ROOT}/{name}.json", to_json(_page(rows))
    for one in full:
        yield f"{ROOT}/{name}/{one['id']}.json", to_json(one)


def _page(contents: list[Thing]) -> Thing:
    """All of a list as page 1 of 1."""
    number = len(contents)
    return {"total_items": number, "total_pages": 1, "page_number": 1, "size": number, "first_page": True, "last_page": True, "empty": not number, "contents": contents}


def id_of(*path: str) -> str:
    """The UUID of the thing with this path, such as ("service", "newham-hub")."""
    return str(uuid5(NAMESPACE, "/".join(path)))


def missing(kind: str, thing: Thing) -> list[str]:
    """The fields that the profile requires of a thing of this kind and that are absent or empty."""
    return [name for name in REQUIRED[kind] if thing.get(name) in (None, "")]


def _made(kind: str, values: Thing) -> Thing:
    """A thing without what is empty. Raises ValueError when the profile requires what it lacks, which stops the build."""
    thing = {name: value for name, value in values.items() if value not in (None, "", [])}
    if lacking := missing(kind, thing):
        raise ValueError(f"Open Referral UK: the {kind} {values.get('name') or values.get('id')} lacks {', '.join(lacking)}")
    return thing


# --- services ---------------------------------------------------------------------------------------------------


def _service_row(site: Site, record: Record) -> Thing:
    """A service as lists have it: what it has one of. The day of a review is the standard's "assured date"."""
    organization = _organization(site, record)
    return _made("service", {
        "id": id_of("service", record.id),
        "organization_id": organization and organization["id"],
        "name": record.name,
        "description": f"{record.summary}\n\nWhat to know before using this, and the sources: {site.address}partnerships/{record.id}/",
        "url": record.website,
        "status": STATUSES[record.status],
        "assured_date": record.last_reviewed,
        "alert": "" if record.status == "active" else f"{words.status_words(record)}.",
        "last_modified": f"{record.changed}T00:00:00.000Z",
        "organization": organization,
    })


def _service_parts(site: Site, record: Record) -> Thing:
    """What a service has several of, its places aside."""
    parts = {"service_areas": _service_areas(site, record), "funding": _funding(record), "attributes": _attributes(site, record)}
    return {name: part for name, part in parts.items() if part}


def _organization(site: Site, record: Record) -> Thing | None:
    """The body that gives the advice, the leading one where there are several; None when the record names none.

    Its id belongs to the record: sources write bare names such as "Citizens Advice Bureau", and the same name in two
    records need not be the same body.
    """
    partner = _leading_provider(record)
    if partner is None:
        return None
    kind = site.label(partner.kind, "organisations")
    return _made("organization", {"id": id_of("organization", record.id, partner.name), "name": partner.name, "description": f"{kind}. Advice provider in {record.name}."})


def _leading_provider(record: Record) -> Partner | None:
    return next((partner for partner in record.providers if "lead" in partner.roles), next(iter(record.providers), None))


def _service_areas(site: Site, record: Record) -> list[Thing]:
    """The smallest areas the record names: its councils, or health boards, or region, or nation."""
    choices = (("local-authorities", record.local_authorities), ("health-boards", record.health_boards), ("regions", (record.region,)), ("nations", (record.nation,)))
    vocabulary, tags = next(((name, tags) for name, tags in choices if any(tags)), ("", ()))
    return [_service_area(record, site.vocabularies[vocabulary][tag]) for tag in tags]


def _service_area(record: Record, area: Term) -> Thing:
    return _made("service_area", {
        "id": id_of("service_area", record.id, area.tag), "service_id": id_of("service", record.id),
        "name": area.label, "uri": f"{AREA_ADDRESS}{area.code}" if area.code else "",
    })


def _funding(record: Record) -> list[Thing]:
    """Who pays, with amount and time as the record has them."""
    found = {}
    for item in record.funding:
        source = ", ".join(part for part in (item.funder, item.amount, item.period) if part)
        id = id_of("funding", record.id, source)
        found[id] = _made("funding", {"id": id, "service_id": id_of("service", record.id), "source": source})
    return list(found.values())


# --- places -----------------------------------------------------------------------------------------------------


def _service_at_locations(site: Site, record: Record) -> list[Thing]:
    """The places of a service: the sites that the record names and, when it says so, the phone and the web."""
    locations = [_location(site, record, place) for place in record.sites]
    if REMOTE in record.delivery:
        locations.append(_remote(site, record))
    service = id_of("service", record.id)
    found = {
        place["id"]: _made("service_at_location", {"id": id_of("service_at_location", record.id, place["id"]), "service_id": service, "location_id": place["id"], "location": place})
        for place in locations
    }
    return list(found.values())


def _location(site: Site, record: Record, place: Place) -> Thing:
    """A site. An address is never given: the standard wants it complete, and records hold a name and perhaps a postcode. A
    position is the middle of the postcode district, and says so."""
    lat, lon = site.landscape.outcodes.get(place.postcode.split(" ")[0], (None, None))
    kind = f"{site.label(place.type, 'site-types')}{f' in {place.town}' if place.town else ''}."
    return _made("location", {
        "id": id_of("location", record.id, place.name, place.town), "location_type": "physical", "name": place.name,
        "description": kind if lat is None else f"{kind} The position is the middle of its postcode district.",
        "latitude": lat, "longitude": lon,
    })


def _remote(site: Site, record: Record) -> Thing:
    mode = site.vocabularies["delivery"][REMOTE]
    return _made("location", {"id": id_of("location", record.id, REMOTE), "location_type": "virtual", "name": mode.label, "description": mode.definition})


# --- taxonomies -------------------------------------------------------------------------------------------------


def _taxonomy(site: Site, name: str) -> Thing:
    vocabulary = site.vocabularies[name]
    return _made("taxonomy", {"id": id_of("taxonomy", name), "name": vocabulary.title, "description": vocabulary.about, "uri": f"{site.address}api/v1/vocabularies/{name}.json"})


def _taxonomy_term(site: Site, name: str, term: Term) -> Thing:
    """A term; one without a definition is described by its label, for the standard wants a description."""
    return _made("taxonomy_term", {
        "id": id_of("taxonomy_term", name, term.tag), "name": term.label, "description": term.definition or term.label,
        "taxonomy": site.vocabularies[name].title, "taxonomy_id": id_of("taxonomy", name),
    })


def _attributes(site: Site, record: Record) -> list[Thing]:
    """A service's terms in the three taxonomies."""
    return [_attribute(site, record, name, tag) for name in TAXONOMIES for tag in getattr(record, name)]


def _attribute(site: Site, record: Record, name: str, tag: str) -> Thing:
    term = _taxonomy_term(site, name, site.vocabularies[name][tag])
    return _made("attribute", {
        "id": id_of("attribute", record.id, name, tag), "link_id": id_of("service", record.id), "taxonomy_term_id": term["id"],
        "link_type": TAXONOMIES[name], "taxonomy_term": term,
    })
