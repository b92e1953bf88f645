"""Make the software bill of materials (SBOM, CycloneDX 1.6): what builds the site and what a browser loads. Run by scripts/sbom.

It is made from the lock, its reasons in requirements.in, the metadata of the installed libraries and the manifest of vendored
files. The file is kept in the project and not made by each build, because it changes only with the pins, needs a library that
the build does not, and so stands in the history like the pins themselves.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from importlib import metadata
from pathlib import Path
from typing import Any, Iterator, Mapping
from uuid import NAMESPACE_OID, UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType, Pedigree
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from npm_project import with_inside

ROOT = Path(__file__).parent.parent
BILL = "data/software/sbom.cdx.json"
MANIFEST = "data/software/vendored.json"
NAME = "health-justice-landscape"

# Classifiers that name one licence and no other. "BSD License" and "Apache Software License" are names of several.
CLASSIFIERS = {
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
}
# Read by hand: in the licence file, where the metadata says too little; or in the metadata, of what is not installed on every
# machine. A test holds that no entry is here without need.
READ_BY_HAND = {
    "colorama": "BSD-3-Clause",
    "feedgenerator": "BSD-3-Clause",
    "ghp-import": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "lazy-importer": "Apache-2.0",
    "segno": "BSD-3-Clause",
}


class NotKnown(Exception):
    """What must be known of a library and is not, with the way to mend it."""


@dataclass(frozen=True)
class Pin:
    """A library of the lock. ``marker`` says on which machines it is installed, "" for all; ``via`` what asks for it."""

    name: str
    version: str
    marker: str = ""
    via: tuple[str, ...] = ()

    @property
    def purl(self) -> PackageURL:
        return PackageURL("pypi", name=self.name, version=self.version)


def reasons(text: str) -> dict[str, str]:
    """The direct dependencies of a requirements.in with the reason beside each pin."""
    lines = (line.partition("#") for line in text.splitlines() if line.strip() and not line.startswith(("#", "-r")))
    return {canonicalize_name(Requirement(pin.strip()).name): reason.strip() for pin, _, reason in lines}


_PIN = re.compile(r"^(\S+)==(\S+)(?: ; (.+?))? \\\n((?:^    .*\n?)+)", re.MULTILINE)
_VIA = re.compile(r"^    #(?: via)? +(?!via)(\S.*)$", re.MULTILINE)


def pins(lock: str) -> list[Pin]:
    """The libraries of a lock that uv wrote, each with what asks for it."""
    return [Pin(canonicalize_name(name), version, marker or "", tuple(_VIA.findall(below))) for name, version, marker, below in _PIN.findall(lock)]


def declared_licence(name: str) -> str:
    """The SPDX id or expression in a library's own metadata, or "" where it names none clearly."""
    about = metadata.metadata(name)
    said = about.get("License-Expression") or about.get("License") or ""
    if said and (is_supported_id(said) or is_expression(said)):
        return said
    named = {CLASSIFIERS[last] for one in about.get_all("Classifier", []) if (last := one.rpartition(" :: ")[2]) in CLASSIFIERS}
    return named.pop() if len(named) == 1 else ""


def licence_of(pin: Pin) -> tuple[str, LicenseAcknowledgement]:
    """A library's licence, and whether its makers declared it or we read it."""
    if pin.name in READ_BY_HAND:
        return READ_BY_HAND[pin.name], LicenseAcknowledgement.CONCLUDED
    if pin.marker:
        raise NotKnown(f"{pin.name} is not installed on every machine: write its licence into READ_BY_HAND of tests/sbom.py")
    if metadata.version(pin.name) != pin.version:
        raise NotKnown(f"{pin.name} {pin.version} is pinned and {metadata.version(pin.name)} is installed: run scripts/setup test")
    if not (said := declared_licence(pin.name)):
        raise NotKnown(f"the metadata of {pin.name} names no licence clearly: read its licence file and write the SPDX id into READ_BY_HAND of tests/sbom.py")
    return said, LicenseAcknowledgement.DECLARED


@dataclass
class Parts:
    """Components by what other parts call them, and who needs whom."""

    components: dict[str, Component] = field(default_factory=dict)
    needs: list[tuple[str, str]] = field(default_factory=list)  # (who, whom)


def add_pins(parts: Parts, locked: list[Pin], why: Mapping[str, str]) -> None:
    """The libraries that build the site. One that the lock has at two versions is two components."""
    for pin in locked:
        licence, acknowledgement = licence_of(pin)
        parts.components[str(pin.purl)] = Component(
            name=pin.name, version=pin.version, type=ComponentType.LIBRARY, purl=pin.purl, bom_ref=str(pin.purl), scope=ComponentScope.REQUIRED,
            description=why.get(pin.name), licenses=[_licence(licence, acknowledgement)],
            properties=[_property("use", "builds the site"), *([_property("installed-when", pin.marker)] if pin.marker else [])],
        )
    by_name = {pin.name: [str(one.purl) for one in locked if one.name == pin.name] for pin in locked}
    for pin in locked:
        for one in pin.via:
            askers = [NAME] if one.startswith("-r") else by_name[canonicalize_name(one)]
            parts.needs += [(asker, str(pin.purl)) for asker in askers]


def add_vendored(parts: Parts, packages: list[Mapping[str, Any]]) -> None:
    """The packages whose files a browser loads, with those files and those of ours that hold parts of them, and what these hold
    inside."""
    for package in packages:
        own, *inside = (_vendored(parts, one) for one in with_inside(package))
        own.components = [_file(path, one["sha256"]) for path, one in package["files"].items()]
        own.properties = [*own.properties, *(_property("adapted-in", f"assets/{path}") for path in package.get("adapted", ()))]
        own.pedigree = Pedigree(notes=package["note"]) if "note" in package else None
        parts.needs += [(NAME, own.bom_ref.value), *((own.bom_ref.value, one.bom_ref.value) for one in inside)]


def _vendored(parts: Parts, one: Mapping[str, Any]) -> Component:
    """The component of a package of the manifest. One that also builds the site is there already. Licence texts are named as
    seen from the published bill."""
    purl = _purl(one)
    ref = str(purl) if purl else f"{NAME}#{canonicalize_name(one['name'].replace(' ', '-'))}"
    component = parts.components.setdefault(ref, Component(
        name=one["name"], version=one.get("version"), type=ComponentType.LIBRARY, purl=purl, bom_ref=ref, scope=ComponentScope.REQUIRED,
        description=one["purpose"], licenses=[_licence(one["licence"], LicenseAcknowledgement.DECLARED)],
    ))
    component.properties = [*component.properties, _property("use", "a browser loads it"), _property("purpose-in-browser", one["purpose"])]
    component.external_references = [
        ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(one["website"])),
        *(ExternalReference(type=ExternalReferenceType.LICENSE, url=XsUri(f"../assets/{path}")) for path in one["licence_texts"]),
    ]
    return component


def _purl(one: Mapping[str, Any]) -> PackageURL | None:
    """The package URL of a package of the manifest. Icons inside a style sheet have none: nobody says which release they are of."""
    if "registry" not in one:
        return None
    namespace, _, name = one["name"].rpartition("/")
    return PackageURL(one["registry"], namespace=namespace or None, name=name, version=one["version"])


def _file(path: str, sha256: str) -> Component:
    address = f"assets/{path}"
    return Component(name=address, type=ComponentType.FILE, bom_ref=f"{NAME}#{address}", hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)])


def _licence(said: str, acknowledgement: LicenseAcknowledgement):
    return LicenseFactory().make_from_string(said, license_acknowledgement=acknowledgement)


def _property(name: str, value: str) -> Property:
    return Property(name=f"{NAME}:{name}", value=value)


def make_bom(root: Path, date: str) -> Bom:
    """The bill of the project in ``root``. ``date`` is the day on which it last changed."""
    read = {name: (root / name).read_text(encoding="utf-8") for name in ("requirements.in", "requirements.txt", MANIFEST)}
    parts, why = Parts(), reasons(read["requirements.in"])
    add_pins(parts, pins(read["requirements.txt"]), why)
    add_vendored(parts, json.loads(read[MANIFEST])["packages"])
    ours = Component(name=NAME, type=ComponentType.APPLICATION, bom_ref=NAME, licenses=[_licence("MIT", LicenseAcknowledgement.DECLARED)])
    bom = Bom(components=parts.components.values(), serial_number=UUID(int=0))
    bom.metadata.component, bom.metadata.timestamp = ours, datetime.fromisoformat(date).replace(tzinfo=timezone.utc)
    by_ref = {NAME: ours, **parts.components}
    for who in by_ref:
        bom.register_dependency(by_ref[who], [by_ref[whom] for asker, whom in parts.needs if asker == who])
    return bom


def write(bom: Bom) -> str:
    """The bill as JSON. Its serial number comes from its content, so that the same content is the same file."""
    bom.serial_number = uuid5(NAMESPACE_OID, _json(bom))
    return _json(bom)


def _json(bom: Bom) -> str:
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def sbom(root: Path, date: str) -> str:
    """The text of the bill of the project in ``root``, as of ``date`` (2026-11-24)."""
    return write(make_bom(root, date))


def date_of(text: str) -> str:
    """The day of a bill that was written before."""
    return json.loads(text)["metadata"]["timestamp"][:10]


def main(root: Path, today: str) -> None:
    path = root / BILL
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before and sbom(root, date_of(before)) == before:
        print(f"{BILL} is as it should be.")
        return
    path.write_text(sbom(root, today), encoding="utf-8")
    print(f"Wrote {BILL}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the software bill of materials anew.")
    parser.add_argument("--date", default=datetime.now(timezone.utc).date().isoformat(), help="the day of the change, today unless told")
    try:
        main(ROOT, parser.parse_args().date)
    except NotKnown as fault:
        raise SystemExit(f"{fault}.") from None
