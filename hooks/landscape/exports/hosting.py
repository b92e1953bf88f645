"""What a static host must be told besides the files: ``_redirects`` and ``_headers``, read by Netlify and Cloudflare Pages.

Other hosts ignore both. docs/contribute/hosting.md says what each host does with them. Addresses are from the root of the
host, for there these hosts put the site.
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
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
_FOR_EVER = (("Cache-Control", "public, max-age=31536000, immutable"),)  # a year: what has its version in its address never changes

# Everything here is public and nothing asks who the reader is, so any page elsewhere may read it.
HEADERS = (
    ("/*", (
        ("Access-Control-Allow-Origin", "*"), ("Content-Security-Policy", POLICY), ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
    )),
    ("/assets/vendor/*", _FOR_EVER),
    ("/data/editions/*", _FOR_EVER),
    ("/oruk/v3", (("Content-Type", "application/json; charset=utf-8"),)),
    ("/oruk/v3/*", (("Content-Type", "application/json; charset=utf-8"),)),
)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two files: (address inside the site, bytes)."""
    yield "_redirects", _text([*(f"{asked} {answer} 200" for asked, answer in REWRITES), *_moved(site)])
    yield "_headers", _text(line for asked, headers in HEADERS for line in (asked, *(f"  {name}: {value}" for name, value in headers)))


def _moved(site: Site) -> Iterator[str]:
    """Old addresses of records that another record stands in for. A host that reads no rules shows the page that is there."""
    for gone in site.landscape.retired.values():
        if gone.became:
            yield f"/partnerships/{gone.id}/* /partnerships/{gone.became}/:splat 301"


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
