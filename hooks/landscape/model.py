"""The types of the landscape. Field names equal those of ``fields.py``; a test holds the two together.

Dates stay as the editor wrote them: "2019", "2019-06" or "2019-06-30". Lists are tuples; what is absent is "" or ().
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Mapping

from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Site:
    name: str = ""
    type: str = ""
    town: str = ""
    postcode: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Partner:
    name: str = ""
    kind: str = ""
    side: str = ""
    roles: tuple[str, ...] = ()
    note: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Referral:
    who: tuple[str, ...] = ()
    how: str = ""


@dataclass(frozen=True)
class Funding:
    funder: str = ""
    kind: str = ""
    amount: str = ""
    period: str = ""
    note: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    measure: str = ""
    what: str = ""
    as_written: str = ""
    number: str = ""
    number_to: str = ""
    qualifier: str = ""
    period: str = ""
    period_kind: str = ""
    scope: str = ""
    rival: str = ""
    note: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    date: str = ""
    date_as_written: str = ""
    what: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    id: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    archived_url: str = ""
    copy: bool = False
    supports: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """One partnership or programme. Fields named by tag (settings, issues …) hold tags of the vocabulary."""

    id: str = ""
    kind: str = ""
    programme: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    describes_itself_as: str = ""
    summary: str = ""
    status: str = ""
    status_as_of: str = ""
    started: str = ""
    ended: str = ""
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    nation: str = ""
    region: str = ""
    local_authorities: tuple[str, ...] = ()
    health_boards: tuple[str, ...] = ()
    area: str = ""
    coverage: str = ""
    sites: tuple[Site, ...] = ()
    settings: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    issues: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    advice_level: tuple[str, ...] = ()
    referral: Referral | None = None
    funding: tuple[Funding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    timeline: tuple[Event, ...] = ()
    website: str = ""
    in_doubt: str = ""
    cautions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    first_listed: str = ""
    last_changed: str = ""
    last_reviewed: str = ""

    @property
    def changed(self) -> str:
        """The day of the record's present wording, which is its version; the day of its review while no other is known."""
        return self.last_changed or self.listed

    @property
    def listed(self) -> str:
        """The day it was first published here, or the day of its review while that is not known."""
        return self.first_listed or self.last_reviewed

    @property
    def is_programme(self) -> bool:
        return self.kind == "programme"

    @property
    def providers(self) -> tuple[Partner, ...]:
        """The organisations that give the advice."""
        return tuple(partner for partner in self.partners if "adviser" in partner.roles)

    @property
    def provider_kinds(self) -> tuple[str, ...]:
        """Kinds of the organisations that give the advice, each once, in the record's order."""
        return tuple(dict.fromkeys(partner.kind for partner in self.providers))


@dataclass(frozen=True)
class Name:
    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True)
class Publication:
    """One work of the bibliography. Names follow CSL where it has them, with ``_`` for its hyphens."""

    id: str = ""
    type: str = ""
    title: str = ""
    author: tuple[Name, ...] = ()
    authors_complete: bool = True
    issued: str = ""
    container_title: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    publisher: str = ""
    DOI: str = ""
    URL: str = ""
    country: str = ""
    design: str = ""
    settings: tuple[str, ...] = ()
    other_settings: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    outcomes_studied: tuple[str, ...] = ()
    finding: str = ""
    direction: Mapping[str, str] = field(default_factory=dict)
    results_seen: str = ""
    partnerships: tuple[str, ...] = ()
    partnerships_named: tuple[str, ...] = ()
    open_access: str = ""
    source_url: str = ""
    source_is_copy: bool = False
    note: str = ""


@dataclass(frozen=True)
class Figure:
    what: str = ""
    as_written: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """A published survey or review of the whole field, with the figures that could be read."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    year: str = ""
    place: str = ""
    summary: str = ""
    figures: tuple[Figure, ...] = ()
    findings: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class People:
    """How many people live in a region."""

    region: str = ""
    people: str = ""


@dataclass(frozen=True)
class Population:
    """Official estimates of how many people live in each region on one day."""

    id: str = ""
    title: str = ""
    date: str = ""
    regions: tuple[People, ...] = ()
    cautions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class CaseStudy:
    """A case study: front matter and prose in Markdown. ``first_line`` is the line of the file where the prose starts."""

    partnership: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    text: str = ""
    first_line: int = 1


@dataclass(frozen=True)
class Retired:
    """A record that was taken out. Its old address tells why, and leads to the record it ``became``, if any."""

    id: str = ""
    name: str = ""
    became: str = ""
    date: str = ""
    why: str = ""


@dataclass(frozen=True)
class Exclusion:
    """An outside link that is not checked; an ``url`` that ends in / stands for all addresses below it."""

    url: str = ""
    reason: str = ""
    date: str = ""


@dataclass(frozen=True)
class FailedLink:
    """An outside link that did not lead to a page. ``archived`` is the address of an archived copy, or ""."""

    url: str
    reason: str
    first_failed: str
    archived: str = ""


@dataclass(frozen=True)
class LinkReport:
    """What the last check of outside links found: its day, how many addresses were asked, and those that failed."""

    date: str
    checked: int
    failed: tuple[FailedLink, ...]


@dataclass(frozen=True)
class Library:
    """A library or a package of files by others. ``licence`` is an SPDX id or expression. ``purpose`` is what it is for when the
    site is built, ``in_browser`` what its files do there; each is "" where there is nothing of it to say. ``needed_by`` names
    the libraries that bring it along; ``direct`` is true of what we chose ourselves. ``marker`` says on which machines it is
    installed, "" for all; ``files``, ``adapted`` (files of ours with parts of it) and ``licence_texts`` are addresses inside the
    site."""

    name: str
    version: str
    licence: str
    builds: bool
    direct: bool
    purpose: str = ""
    in_browser: str = ""
    website: str = ""
    marker: str = ""
    needed_by: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    adapted: tuple[str, ...] = ()
    licence_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bill:
    """The software bill of materials: its file as it is published, the day of its last change, and what it lists."""

    content: bytes = field(repr=False)
    date: str
    libraries: tuple[Library, ...]


@dataclass(frozen=True)
class Area:
    """The outline of a region or council area. ``at`` is a point well inside; ``rings`` are closed lines. Both are in
    (longitude, latitude), degrees (WGS84)."""

    code: str
    tag: str
    name: str
    at: tuple[float, float]
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class FrozenFile:
    """A file of an edition, with the SHA-256 that was written down when it was frozen."""

    name: str
    sha256: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Edition:
    """The downloads of one day, frozen. ``counts`` are numbers by kind; ``changes`` since the ``previous`` edition, by kind
    and by what happened (added, changed, ended, removed), empty for the first."""

    name: str
    date: str
    previous: str
    counts: Mapping[str, int]
    changes: Mapping[str, Mapping[str, int]]
    files: tuple[FrozenFile, ...]


@dataclass(frozen=True)
class Landscape:
    """Everything, checked: records, publications, surveys and case studies by id, and the vocabularies by name.

    ``outcodes`` and ``council_points`` give (latitude, longitude) in degrees (WGS84) of postcode districts and of the
    middle of council areas by tag; ``areas`` are the outlines by GSS code; ``editions`` are the frozen ones, newest first;
    ``record_files`` holds each record's file by id, as its editors wrote it; ``retired`` has those taken out, by id;
    ``link_report`` is None while links have not been checked; ``bill`` lists the software of the site, None where it is not kept.
    """

    vocabularies: Mapping[str, Vocabulary]
    records: Mapping[str, Record]
    publications: Mapping[str, Publication] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    case_studies: Mapping[str, CaseStudy] = field(default_factory=dict)
    outcodes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    outcode_councils: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    council_points: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    populations: Mapping[str, Population] = field(default_factory=dict)
    editions: tuple[Edition, ...] = ()
    record_files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    retired: Mapping[str, Retired] = field(default_factory=dict)
    link_exclusions: tuple[Exclusion, ...] = ()
    link_report: LinkReport | None = None
    bill: Bill | None = None
