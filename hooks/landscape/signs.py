"""Signs that do not show, or that change how others show: no text of the data may hold one, and no message passes one on.

They can hide words, turn the order of letters round (bidi), make two names look the same, or steer a terminal.
"""

from __future__ import annotations

import re
import unicodedata

_CATEGORIES = ("Cc", "Cf", "Co", "Cs")  # control, format (zero-width and bidi among them), private, surrogate
# Signs of other categories that show nothing: Unicode's Default_Ignorable_Code_Point, a Braille cell without dots, and the
# code points that Unicode keeps for no character, of which XML forbids some.
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)) + "]"
)


def hidden(text: str) -> str:
    """The first sign of a text that does not show, or "". An ordinary line end is none."""
    if text.isprintable() and not BLANK.search(text):
        return ""
    return next((sign for sign in text if sign != "\n" and (unicodedata.category(sign) in _CATEGORIES or BLANK.match(sign))), "")


def shown(text: str) -> str:
    """The text with the number of each sign that does not show in its place: <U+202E>."""
    return "".join(f"<{number(sign)}>" if hidden(sign) else sign for sign in text) if hidden(text) else text


def number(sign: str) -> str:
    """How Unicode names a sign: U+202E."""
    return f"U+{ord(sign):04X}"
