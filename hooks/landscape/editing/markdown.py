"""Text from contributions inside Markdown that GitHub shows: always as text, never as markup, a link, a mention or a command."""

from __future__ import annotations

import re

from ..signs import shown

_SIGNS = re.compile(r"([\\`*_\[\]<>#!|~&$])")
_START = re.compile(r"\A(?:[0-9]{1,9}(?=[.)](?: |\Z))|(?=[-+=]))")  # of a list, or of the line that makes a heading of the one above
# A joiner that does not show, set where GitHub would otherwise link: after @ (people), # and GH (issues) and in www. (addresses).
_BREAK = "\u2060"


def plain(text: str) -> str:
    """``text`` on one line, so that Markdown shows it as it is inside a line. CommonMark lets punctuation be escaped by a
    backslash; mentions, numbers of issues and bare addresses are GitHub's own additions and are broken by a sign that does not
    show. Signs of the text that do not show are written as their numbers."""
    line = shown(" ".join(text.split()))
    line = re.sub(r"@|#|://|(?<=www)(?=\.)|\bGH(?=-[0-9])", lambda found: f"{found[0]}{_BREAK}", line, flags=re.IGNORECASE)
    return _START.sub(lambda found: f"{found[0]}\\", _SIGNS.sub(r"\\\1", line))


def address(url: str) -> str:
    """A web address as code, to be copied and not followed: GitHub makes no link of it. A web address of the data holds no backtick."""
    return f"`{shown(url)}`" if "`" not in url and len(url.split()) == 1 else plain(url)
