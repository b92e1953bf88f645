"""The kinds of page of a built site, told by address: those below partnerships/ are one kind, their cards another."""

from __future__ import annotations

from pathlib import Path


def kind(address: str) -> str:
    """The kind of page at an address below the site: its first step, and a star for each further one."""
    first, *steps = address.strip("/").split("/")
    return "/".join([first, *("*" for _ in steps)]) or "home"


def address_of(page: Path, site: Path) -> str:
    """The address of a page's file: partnerships/hwc/index.html is partnerships/hwc/."""
    return page.relative_to(site).as_posix().removesuffix("index.html")


def kinds(site: Path) -> dict[str, list[Path]]:
    """The pages of each kind, the longest first."""
    found: dict[str, list[Path]] = {}
    for page in sorted(site.rglob("*.html")):
        found.setdefault(kind(address_of(page, site)), []).append(page)
    return {name: sorted(pages, key=lambda page: (-page.stat().st_size, page)) for name, pages in sorted(found.items())}


def samples(site: Path) -> list[Path]:
    """The longest and the shortest page of each kind: between them they use most of what a template can write."""
    return sorted({page for pages in kinds(site).values() for page in (pages[0], pages[-1])})
