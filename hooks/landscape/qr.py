"""A web address as a QR code, drawn as SVG. This is the only module that imports segno."""

from __future__ import annotations

import segno

# "M" still reads when 15 % of the code is soiled; four modules of white round it, as the standard asks.
# One mask for all: trying the eight to choose the one best to look at takes most of the time, and any of them reads.
CORRECTION, QUIET, MASK = "m", 4, 0


def svg(address: str) -> str:
    """The QR code as an inline SVG, always dark on white, so that a phone reads it from a dark screen too."""
    code = segno.make_qr(address, error=CORRECTION, mask=MASK)
    return code.svg_inline(border=QUIET, omitsize=True, light="#fff", dark="#000", title=f"QR code of {address}", svgclass="qr", lineclass=None)
