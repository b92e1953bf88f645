"""Text from contributions inside Markdown that GitHub shows: always as text, never as markup, a link, a mention or a command."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]<>#!|~&$])")
# A joiner that does not show, set where GitHub would otherwise link: after @ (people), # (issues) and in www. (addresses).
_BREAK = "\u2060"


def plain(text: str) -> str:
    """``text`` on one line, so that Markdown shows it as it is inside a line. CommonMark lets punctuation be escaped by a
    backslash; mentions, numbers of issues and bare addresses are GitHub's own additions and are broken by a sign that does not
    show. Not for the start of a line, where a number or a hyphen would begin a list."""
    line = " ".join(text.split())
    line = re.sub(r"@|#|://|(?<=www)(?=\.)", lambda found: f"{found[0]}{_BREAK}", line)
    return _SIGNS.sub(r"\\\1", line)


def address(url: str) -> str:
    """A web address as code, to be copied and not followed: GitHub makes no link of it. A web address of the data holds no backtick."""
    return f"`{url}`" if "`" not in url and len(url.split()) == 1 else plain(url)
