"""What a static host must be told besides the files: ``_redirects`` and ``_headers``, read by Netlify and Cloudflare Pages.

Other hosts ignore both. docs/contribute/hosting.md says what each host does with them. Addresses are from the root of the
host, for there these hosts put the site.
"""

from __future__ import annotations

from typing import Iterator

from ..site import Site

# (address asked for, file that answers). Open Referral UK asks for addresses without an ending. They have a base of their
# own, because /oruk/ is a page for people and Cloudflare Pages follows a rule even where a file stands at the address.
REWRITES = (
    ("/oruk/v3", "/oruk/index.json"),
    ("/oruk/v3/", "/oruk/index.json"),
    ("/oruk/v3/*", "/oruk/:splat.json"),
)

# Everything here is public and nothing asks who the reader is, so any page elsewhere may read it.
HEADERS = (
    ("/*", (("Access-Control-Allow-Origin", "*"),)),
    ("/oruk/v3", (("Content-Type", "application/json; charset=utf-8"),)),
    ("/oruk/v3/*", (("Content-Type", "application/json; charset=utf-8"),)),
)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two files: (address inside the site, bytes)."""
    yield "_redirects", _text(f"{asked} {answer} 200" for asked, answer in REWRITES)
    yield "_headers", _text(line for asked, headers in HEADERS for line in (asked, *(f"  {name}: {value}" for name, value in headers)))


def _text(lines: Iterator[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
