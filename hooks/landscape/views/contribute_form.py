"""The pages with the form for adding a record and for editing one. A script makes the form from ``editing.form_model``."""

from __future__ import annotations

from ..load import RECORDS
from ..site import Site
from .page import Page

TRAIL = (("Add or correct a record", "contribute/"),)
ASSETS = ("form",)


def add_page(site: Site) -> Page:
    """Adding a partnership: asked in steps, checked on the page."""
    data = {"folder": RECORDS}
    return Page("contribute/add/", "Add a partnership", "A form that asks for a partnership step by step, checks it as you go, and makes the file to send. No account is needed to fill it in.", "form_add.html", data, trail=TRAIL, assets=ASSETS)


def edit_page(site: Site) -> Page:
    """Editing the record whose id is in the address."""
    data = {"folder": RECORDS}
    return Page("contribute/edit/", "Edit a partnership", "A form that opens a record as it is and makes its file with only your changes.", "form_edit.html", data, trail=TRAIL, assets=ASSETS, noindex=True)
