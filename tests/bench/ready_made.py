"""Ready-made Markdown of synthetic records, for the peers that build nothing but Markdown. Making it is not timed."""

from __future__ import annotations

from typing import Mapping, Sequence

Labels = Mapping[str, Mapping[str, str]]


def record_page(record: Mapping, labels: Labels) -> str:
    """All facts of a record, with the headings that the other peers' templates have."""
    return "\n".join([*_glance(record, labels), *_who(record, labels), *_help(record, labels), *_figures(record, labels), *_sources(record)])


def list_page(records: Sequence[Mapping], labels: Labels) -> str:
    """A table with a row for each record."""
    head = ["Name", "Place", "Status", "Settings", "Advice from", "Issues", "Last reviewed"]
    rows = [_row(record, labels) for record in records]
    return "\n".join(["# Partnerships", "", _line(head), _line(["---"] * len(head)), *rows, ""])


def _row(record: Mapping, labels: Labels) -> str:
    advice = [labels["organisations"][one["kind"]] for one in record["partners"] if one["side"] == "advice"]
    return _line([
        f"[{record['name']}]({record['id']}.md)", record["area"], _status(record, labels), _named(labels["settings"], record["settings"]),
        ", ".join(advice), _named(labels["issues"], record["issues"]), str(record["last_reviewed"]),
    ])


def _glance(record: Mapping, labels: Labels) -> list[str]:
    councils = _linked(labels["local-authorities"], record["local_authorities"], "local-authorities")
    lines = [
        f"# {record['name']}", "", _status(record, labels), "", record["summary"].strip(), "", "## At a glance", "",
        f"- Settings: {_linked(labels['settings'], record['settings'], 'settings')}",
        f"- Issues: {_linked(labels['issues'], record['issues'], 'issues')}",
        f"- Covers: {labels['coverage'][record['coverage']]}", f"- Started: {record['started']}", "", "## Where", "",
        f"- Place: {record['area']}", f"- Council: {councils}",
        f"- Region: {_linked(labels['regions'], [record['region']], 'regions')}", f"- Nation: {_linked(labels['nations'], [record['nation']], 'nations')}", "",
    ]
    sites = [f"- {site['name']}, {site['town']} ({labels['site-types'][site['type']]})" for site in record.get("sites", ())]
    return lines + (["### Places that the sources name", "", *sites, ""] if sites else [])


def _who(record: Mapping, labels: Labels) -> list[str]:
    lines = [
        f"- **{one['name']}**. {labels['sides'][one['side']]}: {labels['organisations'][one['kind']]}: {_named(labels['roles'], one['roles'])}"
        for one in record["partners"]
    ]
    return ["## Who works with whom", "", *lines, ""]


def _help(record: Mapping, labels: Labels) -> list[str]:
    lines = [
        "## What help, and at what level", "", f"- Level of help: {_named(labels['advice-levels'], record['advice_level'], '; ')}",
        f"- How it is given: {_named(labels['delivery'], record['delivery'], '; ')}", "",
    ]
    referral = record.get("referral")
    return lines + (["## How to refer", "", referral["how"], "", f"Who can refer: {_named(labels['referrers'], referral['who'])}.", ""] if referral else [])


def _figures(record: Mapping, labels: Labels) -> list[str]:
    rows = [
        _line([one["what"], one["as_written"], f"{one.get('period', 'Not stated')}, {labels['period-kinds'][one['period_kind']]}", ", ".join(f"[{id}](#sources)" for id in one["source"])])
        for one in record["outcomes"]
    ]
    lines = ["## What the sources report", "", _line(["What was counted", "Figure", "Period", "Source"]), _line(["---"] * 4), *rows, ""]
    funds = [f"- **{one['funder']}** ({labels['funding-kinds'][one['kind']]})" for one in record.get("funding", ())]
    return lines + (["## Funding", "", *funds, ""] if funds else [])


def _sources(record: Mapping) -> list[str]:
    lines = [
        f"- {one['id']}: [{one['title']}]({one['url']}). {one['publisher']}{', ' + str(one['date']) if 'date' in one else ''}. Stands behind: {', '.join(one['supports'])}."
        for one in record["sources"]
    ]
    dates = [f"- First listed here: {record['first_listed']}", f"- Last reviewed: {record['last_reviewed']}", "", "Listing is not endorsement.", ""]
    return ["## Sources", "", *lines, "", "## History of this record", "", *dates]


def _status(record: Mapping, labels: Labels) -> str:
    return f"{labels['statuses'][record['status']]} ({record['status_as_of']})"


def _named(labels: Mapping[str, str], tags: Sequence[str], between: str = ", ") -> str:
    return between.join(labels[tag] for tag in tags)


def _linked(labels: Mapping[str, str], tags: Sequence[str], folder: str) -> str:
    return ", ".join(f"[{labels[tag]}](/{folder}/{tag}/)" for tag in tags)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
