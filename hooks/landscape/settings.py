"""What mkdocs.yml says of the public addresses, for commands that work without MkDocs."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

_SITE = re.compile(r"^site_url:.*?(https?://[^\s\"',\]]+)", re.MULTILINE)
_REPOSITORY = re.compile(r"^repo_url: *(\S+)", re.MULTILINE)


def addresses(root: Path) -> tuple[str, str]:
    """The public address of the site (the environment variable SITE_URL comes first, as in mkdocs.yml) and that of the project; "" where
    none is given."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    site, repository = _SITE.search(text), _REPOSITORY.search(text)
    return os.environ.get("SITE_URL") or (site[1] if site else ""), repository[1] if repository else ""


if __name__ == "__main__":  # the address of the site, for the scripts
    print(addresses(Path(sys.argv[1]))[0])
