"""The software bill of materials (CycloneDX), read as the list of libraries that the site shows."""

from __future__ import annotations

import json
from typing import Any, Iterable, Mapping

from .model import Bill, Library

PREFIX = "health-justice-landscape:"


def read_bill(content: bytes) -> Bill:
    """A bill from its file. Raises ValueError, LookupError, TypeError or AttributeError where it is not one of scripts/sbom."""
    bill = json.loads(content)
    ours, names = bill["metadata"]["component"]["bom-ref"], {one["bom-ref"]: one["name"] for one in bill["components"]}
    askers = {ref: [one["ref"] for one in bill["dependencies"] if ref in one.get("dependsOn", ())] for ref in names}
    libraries = (_library(one, askers[one["bom-ref"]], ours, names) for one in bill["components"])
    return Bill(content, bill["metadata"]["timestamp"][:10], tuple(sorted(libraries, key=lambda one: (one.name.lstrip("@").lower(), one.version))))


def _library(one: Mapping[str, Any], askers: Iterable[str], ours: str, names: Mapping[str, str]) -> Library:
    builds = "builds the site" in _values(one, "use")
    return Library(
        one["name"], one.get("version", ""), _licence(one["licenses"][0]), builds, ours in askers, one.get("description", "") if builds else "",
        "".join(_values(one, "purpose-in-browser")), "".join(_addresses(one, "website")), "".join(_values(one, "installed-when")),
        tuple(sorted({names[asker] for asker in askers if asker != ours})), tuple(file["name"] for file in one.get("components", ())),
        tuple(_values(one, "adapted-in")), tuple(url.removeprefix("../") for url in _addresses(one, "license")),
    )


def _licence(said: Mapping[str, Any]) -> str:
    return said["expression"] if "expression" in said else said["license"]["id"]


def _values(one: Mapping[str, Any], name: str) -> list[str]:
    """What a component says under a name of ours."""
    return [said["value"] for said in one.get("properties", ()) if said["name"] == f"{PREFIX}{name}"]


def _addresses(one: Mapping[str, Any], kind: str) -> list[str]:
    return [link["url"] for link in one.get("externalReferences", ()) if link["type"] == kind]
