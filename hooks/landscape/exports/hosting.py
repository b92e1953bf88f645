"""What a static host must be told besides the files: ``_redirects`` and ``_headers``, read by Netlify and Cloudflare Pages.

Other hosts ignore both; ``nginx`` says the same to nginx. docs/contribute/hosting.md says what each host does with them.
Addresses are from the root of the host, for there these hosts put the site. ``META_POLICY`` stands in the head of every page.
"""

from __future__ import annotations

from typing import Iterable, Iterator

from ..site import Site

# The whole site as one zip, by its address inside the site. Only ``scripts/build --offline`` makes it.
OFFLINE_COPY = "data/health-justice-landscape-offline.zip"

# (address asked for, file that answers). Open Referral UK asks for addresses without an ending. They have a base of their
# own, because /oruk/ is a page for people and Cloudflare Pages follows a rule even where a file stands at the address.
REWRITES = (
    ("/oruk/v3", "/oruk/index.json"),
    ("/oruk/v3/", "/oruk/index.json"),
    ("/oruk/v3/*", "/oruk/:splat.json"),
)

# The pages load nothing from elsewhere and have no script or style inside them, so the browser is told to allow neither.
# Images may be data: because base.css holds the icons of notes so. What no page has at all is refused by name.
META_POLICY = "default-src 'self'; img-src 'self' data:; frame-src 'none'; media-src 'none'; object-src 'none'; worker-src 'none'; base-uri 'none'; form-action 'self'"
# Browsers heed frame-ancestors in a header only: in a page they ignore it and complain.
POLICY = f"{META_POLICY}; frame-ancestors 'none'"

# How long what was fetched counts without asking again. Everything else keeps its address when it changes and must fit what is
# loaded beside it, so a browser asks each time; hosts answer "not changed" in a few bytes.
FOR_EVER = "public, max-age=31536000, immutable"  # a year: the address holds the version
A_WEEK = "public, max-age=604800"  # fonts: they change about never, and an old one does no harm
TEN_MINUTES = "public, max-age=600"  # what programs ask for, often in a loop
KEPT = (
    ("/assets/vendor/*", FOR_EVER), ("/assets/stylesheets/*", FOR_EVER), ("/data/editions/*", FOR_EVER),
    ("/assets/fonts/*", A_WEEK), ("/api/v1/*", TEN_MINUTES), ("/oruk/v3/*", TEN_MINUTES),
)

# Everything here is public and nothing asks who the reader is, so any page elsewhere may read it.
EVERYWHERE = (
    ("Access-Control-Allow-Origin", "*"), ("Content-Security-Policy", POLICY), ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
_JSON = (("Content-Type", "application/json; charset=utf-8"),)

# (addresses, headers). No header is named twice for one address: hosts would send both values, joined by a comma.
HEADERS = (
    ("/*", EVERYWHERE), *((asked, (("Cache-Control", kept),)) for asked, kept in KEPT), ("/oruk/v3", _JSON), ("/oruk/v3/*", _JSON),
)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two files: (address inside the site, bytes)."""
    yield "_redirects", _text([*(f"{asked} {answer} 200" for asked, answer in REWRITES), *(f"{old}* {new}:splat 301" for old, new in moved(site))])
    yield "_headers", _text(line for asked, headers in HEADERS for line in (asked, *(f"  {name}: {value}" for name, value in headers)))


def moved(site: Site) -> Iterator[tuple[str, str]]:
    """(old address, new address) of records that another record stands in for; what is below moves too. A host that reads no
    rules shows the page that is there."""
    for gone in site.landscape.retired.values():
        if gone.became:
            yield f"/partnerships/{gone.id}/", f"/partnerships/{gone.became}/"


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
