"""Packed copies of a built site's text files, FILE.gz and FILE.br, for servers that send them as they are: nginx with
``gzip_static`` and ``brotli_static``. Run by ``scripts/compress DIR``; it knows nothing of partnerships.

It is a step of its own, not part of the build, because GitHub Pages, Netlify and Cloudflare Pages pack by themselves: there
the copies would only be more to upload.
"""

from __future__ import annotations

import argparse
import os
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

# Ends of names of text files. What is left out is packed already: pictures, fonts, workbooks. The database is not, but is for download.
TEXT = frozenset((".bib", ".css", ".csv", ".geojson", ".html", ".ics", ".js", ".json", ".map", ".ris", ".svg", ".txt", ".webmanifest", ".xml", ".yml"))
# A smaller file goes into one packet of the network with its headers, packed or not.
SMALLEST = 1024


def gzipped(content: bytes) -> bytes:
    """As gzip, with the same bytes every time: no name and no date inside."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


def brotlied(content: bytes) -> bytes:
    """As Brotli at level 10 of 11: the highest takes nearly three times as long for 2 percent less."""
    return brotli.compress(content, mode=brotli.MODE_TEXT, quality=10)


PACKERS = {".gz": gzipped, ".br": brotlied}


def compress(folder: Path) -> tuple[int, int, dict[str, int]]:
    """Pack a folder on all cores. Returns how many files it packed, their bytes, and the bytes sent with each way of packing."""
    _sweep(folder)
    files = sorted(path for path in folder.rglob("*") if path.suffix in TEXT and path.is_file() and path.stat().st_size >= SMALLEST)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # threads are enough: both libraries let go of Python while they pack
        done = list(pool.map(_pack, files))
    return len(files), sum(plain for plain, _ in done), {end: sum(sent[end] for _, sent in done) for end in PACKERS}


def _pack(path: Path) -> tuple[int, dict[str, int]]:
    """Write the packed copies of one file, each whole or not at all, because the folder may be one that is served. A copy that
    would not be smaller is left out."""
    content, sent = path.read_bytes(), {}
    for end, packed in ((end, packer(content)) for end, packer in PACKERS.items()):
        sent[end] = min(len(packed), len(content))
        if len(packed) < len(content):
            unfinished = path.with_name(f".{path.name}{end}.new")
            unfinished.write_bytes(packed)
            unfinished.replace(path.with_name(path.name + end))
    return len(content), sent


def _sweep(folder: Path) -> None:
    """Take away the copies of an earlier run: a server would send one whose file has changed or gone."""
    for path in folder.rglob("*"):
        if path.suffix in PACKERS and Path(path.stem).suffix in TEXT:
            path.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Pack the folder that is named and say what was gained."""
    parser = argparse.ArgumentParser(prog="scripts/compress", description="Put a packed copy beside each text file of a built site.")
    parser.add_argument("folder", type=Path, help="the folder of the built site")
    folder = parser.parse_args(arguments).folder
    if not (folder / "index.html").is_file():
        parser.error(f"{folder} is not a built site: it has no index.html. Run scripts/build first.")
    number, plain, sent = compress(folder)
    print(f"Packed {number:,} files, {plain / 1e6:.1f} MB: {sent['.gz'] / 1e6:.1f} MB with gzip, {sent['.br'] / 1e6:.1f} MB with Brotli.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
