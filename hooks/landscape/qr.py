"""A web address as a QR code, drawn as SVG. This is the only module that imports segno."""

from __future__ import annotations

import segno

# "M" still reads when 15 % of the code is soiled; four modules of white round it, as the standard asks.
CORRECTION, QUIET = "m", 4


def svg(address: str) -> str:
    """The QR code as an inline SVG, always dark on white, so that a phone reads it from a dark screen too."""
    code = segno.make_qr(address, error=CORRECTION)
    return code.svg_inline(border=QUIET, omitsize=True, light="#fff", dark="#000", title=f"QR code of {address}", svgclass="qr", lineclass=None)
