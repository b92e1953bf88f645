"""Checking outside links politely. Pages are not crawled: each address is asked once, like a reader who follows it.

Addresses of one host are asked one after another with a pause between, hosts side by side. requests and urllib3 do the rest:
redirects, retries after a pause that doubles, and waiting as long as a host asks. What answered lately is not asked again.
"""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ..load import LINK_EXCLUSIONS, LINK_REPORT, PUBLICATIONS, RECORDS, SURVEYS, load
from ..model import Exclusion, FailedLink, Landscape, LinkReport
from ..parse import is_web_address
from ..problems import ProblemsFound, count, report
from .markdown import address as shown_address, plain
from .quality import record_links

CACHE = ".cache/links.json"
# Days for which an answer counts. The check runs weekly, so an address that answered is asked every other week.
FRESH_DAYS = 8
PAUSE = 1.0  # seconds between two questions to one host
TIMEOUT = (10, 30)  # seconds to connect, and between two pieces of an answer
RETRIES = 3
HOSTS_AT_ONCE = 8
ARCHIVE = "https://archive.org/wayback/available"
# The server is there but will not answer a program, or not now. A reader may well see the page, so these are no failures.
REFUSALS = {401, 403, 405, 406, 418, 429, 451, 999}
_IN_DOCS = re.compile(r"https?://[^\s<>\"'`)\]]+")


@dataclass(frozen=True)
class Answer:
    """What an address answered on the day ``checked``: ``state`` is "ok", "refused" or "failed"; ``moved`` is where it leads
    for good, or ""; ``first_failed`` is the first day of a run of failures, or ""."""

    state: str
    reason: str
    checked: str
    moved: str = ""
    first_failed: str = ""


# --- which links ------------------------------------------------------------------------------------------------------


def collect(landscape: Landscape, root: Path) -> dict[str, list[str]]:
    """Where each outside address stands: "file: field" by address, of records, publications, surveys and hand-written pages."""
    found: dict[str, list[str]] = {}
    for url, place in (*data_links(landscape), *_docs_links(root)):
        found.setdefault(url.partition("#")[0], []).append(place)
    return found


def data_links(landscape: Landscape) -> Iterator[tuple[str, str]]:
    """(address, "file: field") of each outside link in the data."""
    for record in landscape.records.values():
        yield from ((url, f"{RECORDS}/{record.id}.yml: {field}") for field, url in record_links(record))
    for work in landscape.publications.values():
        parts = {"URL": work.URL, "source_url": work.source_url, "DOI": f"https://doi.org/{work.DOI}" if work.DOI else ""}
        yield from ((url, f"{PUBLICATIONS}/{work.id}.yml: {field}") for field, url in parts.items() if url)
    for survey in landscape.surveys.values():
        yield from ((source.url, f"{SURVEYS}/{survey.id}.yml: sources.{number}.url") for number, source in enumerate(survey.sources, 1) if source.url)


def _docs_links(root: Path) -> Iterator[tuple[str, str]]:
    """Addresses in hand-written pages, but those of examples."""
    for path in sorted((root / "docs").rglob("*.md")):
        for url in dict.fromkeys(_IN_DOCS.findall(path.read_text(encoding="utf-8"))):
            host = urlsplit(url).hostname or ""
            if is_web_address(url.rstrip(".,;:")) and not re.search(r"(^|\.)(example\.(org|com|net)|localhost)$", host):
                yield url.rstrip(".,;:"), path.relative_to(root).as_posix()


def excluded(url: str, exclusions: Iterable[Exclusion]) -> Exclusion | None:
    """The exclusion that covers an address, if any."""
    return next((one for one in exclusions if url == one.url or one.url.endswith("/") and url.startswith(one.url)), None)


# --- asking -----------------------------------------------------------------------------------------------------------


class _Outside(HTTPAdapter):
    """Sends nothing into the network the program itself runs in: an address in a contribution must not reach what only this
    machine can. Redirects pass here too."""

    def send(self, request, *arguments, **more):
        host = urlsplit(request.url).hostname or ""
        for *_, place in socket.getaddrinfo(host, None):
            if not ipaddress.ip_address(place[0].partition("%")[0]).is_global:
                raise requests.exceptions.InvalidURL("is not an address of the public internet")
        return super().send(request, *arguments, **more)


class Asker:
    """Asks addresses. ``inside`` lets it ask this machine too, which only tests want; ``sleep`` is the pause, in seconds."""

    def __init__(self, agent: str, pause: float = PAUSE, inside: bool = False, sleep: Callable[[float], None] = time.sleep, archive: str = ARCHIVE):
        self.agent, self.pause, self.inside, self.sleep, self.archive = agent, pause, inside, sleep, archive

    def session(self) -> requests.Session:
        """A session that retries what a host may mend by itself; a failed HEAD is followed by GET anyway."""
        retry = Retry(total=RETRIES, backoff_factor=self.pause, status_forcelist=(500, 502, 503, 504, 429), allowed_methods=("GET",), respect_retry_after_header=True, retry_after_max=60, raise_on_status=False)
        session = requests.Session()
        session.headers["User-Agent"] = self.agent
        adapter = (HTTPAdapter if self.inside else _Outside)(max_retries=retry)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session

    def all(self, urls: Iterable[str], today: date) -> dict[str, Answer]:
        """An answer for each address, asked host by host."""
        hosts: dict[str, list[str]] = {}
        for url in sorted(urls):
            hosts.setdefault(urlsplit(url).netloc, []).append(url)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            done = pool.map(lambda mine: self._host(mine, today), hosts.values())
        return {url: answer for answers in done for url, answer in answers.items()}

    def _host(self, urls: list[str], today: date) -> dict[str, Answer]:
        answers = {}
        with self.session() as session:
            for number, url in enumerate(urls):
                if number:
                    self.sleep(self.pause)
                answers[url] = self.one(session, url, today)
        return answers

    def one(self, session: requests.Session, url: str, today: date) -> Answer:
        """HEAD first, which costs a host least; GET when that does not lead to a page, because some answer only readers."""
        answer = self._try(session, "HEAD", url, today)
        return answer if answer.state == "ok" else self._try(session, "GET", url, today)

    def _try(self, session: requests.Session, method: str, url: str, today: date) -> Answer:
        try:
            with session.request(method, url, timeout=TIMEOUT, allow_redirects=True, stream=True) as response:
                return _answer(response, today)
        except (requests.RequestException, OSError, UnicodeError) as error:
            return Answer("failed", _why(error), today.isoformat())

    def archived(self, url: str) -> str:
        """The address of the newest archived copy that the Wayback Machine knows, or ""."""
        try:
            with self.session() as session:
                told = session.get(self.archive, params={"url": url}, timeout=TIMEOUT).json()
            closest = told["archived_snapshots"]["closest"]
            address = str(closest["url"]).replace("http://web.archive.org/", "https://web.archive.org/", 1)
            return address if closest["available"] and is_web_address(address) else ""
        except (requests.RequestException, OSError, ValueError, KeyError, TypeError):
            return ""


def _answer(response: requests.Response, today: date) -> Answer:
    code = response.status_code
    if code >= 400:
        return Answer("refused" if code in REFUSALS else "failed", f"answers {code}", today.isoformat())
    for_good = response.history and all(step.status_code in (301, 308) for step in response.history)
    return Answer("ok", "", today.isoformat(), moved=response.url if for_good else "")


def _why(error: Exception) -> str:
    """A failure in plain words, without what differs from run to run."""
    known = (
        (requests.exceptions.SSLError, "has no valid certificate"), (requests.exceptions.Timeout, "does not answer in time"), (requests.exceptions.TooManyRedirects, "redirects in a circle"),
        (requests.exceptions.InvalidURL, "is not an address of the public internet"), (socket.gaierror, "has no such host"), (requests.exceptions.RetryError, "answers with errors only"),
    )
    if "NameResolutionError" in repr(error):
        return "has no such host"
    return next((words for kind, words in known if isinstance(error, kind)), "cannot be reached")


# --- what is known from before ------------------------------------------------------------------------------------------


def read_cache(file: Path) -> dict[str, Answer]:
    """Answers of earlier checks; none when there is no file, or one that cannot be read: it can always be made again."""
    try:
        return {url: Answer(**one) for url, one in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_cache(file: Path, answers: Mapping[str, Answer]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({url: asdict(answers[url]) for url in sorted(answers)}, indent=1) + "\n", encoding="utf-8")


def is_fresh(answer: Answer | None, today: date) -> bool:
    """True for an answer that counts still. Failures are always asked again."""
    return answer is not None and answer.state != "failed" and (today - date.fromisoformat(answer.checked)).days < FRESH_DAYS


def with_first_days(answers: Mapping[str, Answer], before: Mapping[str, str]) -> dict[str, Answer]:
    """Answers with the day since when each failure lasts; ``before`` has the days known from earlier checks."""
    return {url: replace(one, first_failed=before.get(url) or one.checked) if one.state == "failed" else one for url, one in answers.items()}


def check_links(landscape: Landscape, urls: Iterable[str], asker: Asker, cache: Mapping[str, Answer], today: date) -> dict[str, Answer]:
    """An answer for each address that is not excluded: from ``cache`` where it is fresh, else asked now."""
    wanted = [url for url in dict.fromkeys(urls) if not excluded(url, landscape.link_exclusions)]
    known = {url: cache[url] for url in wanted if is_fresh(cache.get(url), today)}
    before = {one.url: one.first_failed for one in landscape.link_report.failed} if landscape.link_report else {}
    before |= {url: one.first_failed for url, one in cache.items() if one.state == "failed"}
    return with_first_days({**known, **asker.all((url for url in wanted if url not in known), today)}, before)


# --- the report -----------------------------------------------------------------------------------------------------------


def link_report(answers: Mapping[str, Answer], asker: Asker, today: date) -> LinkReport:
    """The report that the project keeps, with an archived copy for each failure where there is one. A copy is a proposal only:
    an editor looks whether it shows what the record says."""
    failed = tuple(FailedLink(url, one.reason, one.first_failed, asker.archived(url)) for url, one in sorted(answers.items()) if one.state == "failed")
    return LinkReport(today.isoformat(), len(answers), failed)


def to_markdown(found: LinkReport, answers: Mapping[str, Answer], places: Mapping[str, list[str]], exclusions: Iterable[Exclusion]) -> str:
    """The report for people."""
    refused = sorted(url for url, one in answers.items() if one.state == "refused")
    moved = sorted((url, one.moved) for url, one in answers.items() if one.moved)
    lines = [f"# Outside links on {found.date}", "", f"{count(found.checked, 'address', 'addresses')} checked: {len(found.failed):,} failed, {len(refused):,} refused programs, {len(moved):,} moved for good.", ""]
    lines += ["## Failed", "", *(line for one in found.failed for line in _failed_lines(one, places)), ""] if found.failed else []
    lines += ["## Moved for good", "", "Write the new address, if it still shows the same page.", "", *(f"- {shown_address(old)} to {shown_address(new)} ({plain('; '.join(places.get(old, ())))})" for old, new in moved), ""] if moved else []
    lines += ["## Refused programs", "", f"Look at these by hand, and exclude them in `{LINK_EXCLUSIONS}` with the reason.", "", *(f"- {shown_address(url)} {plain(answers[url].reason)}" for url in refused), ""] if refused else []
    unused = [one for one in exclusions if not any(excluded(url, [one]) for url in places)]
    lines += ["## Exclusions that no link needs", "", *(f"- {shown_address(one.url)}" for one in unused), ""] if unused else []
    return "\n".join(lines)


def _failed_lines(one: FailedLink, places: Mapping[str, list[str]]) -> list[str]:
    copy = [f"  - An archived copy may be {shown_address(one.archived)}"] if one.archived else []
    return [f"- {shown_address(one.url)} {plain(one.reason)}, since {one.first_failed}", *(f"  - in {plain(place)}" for place in places.get(one.url, ())), *copy]


def to_json(found: LinkReport) -> str:
    """The report as the project keeps it; ``load`` reads it."""
    return json.dumps(asdict(found), indent=1, ensure_ascii=False) + "\n"


# --- the command ------------------------------------------------------------------------------------------------------------


def agent(address: str) -> str:
    """How the program names itself to hosts, with an address where they can read what it is."""
    return f"health-justice-landscape-link-check/1 (+{address}contribute/)" if address else "health-justice-landscape-link-check/1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--address", default="", help="the public address of the site, told to the hosts that are asked")
    parser.add_argument("--date", type=date.fromisoformat, default=None, help="the day of the check; today unless told")
    parser.add_argument("--keep", action="store_true", help=f"also write {LINK_REPORT}, which the page Data quality shows")


def run(options: Namespace, root: Path) -> int:
    """Print the report. A failed link is no error of the command: it ends with 0."""
    try:
        landscape = load(root)
    except ProblemsFound as found:
        print(report(found.problems))
        return 1
    today, asker = options.date or date.today(), Asker(agent(options.address))
    places, cache = collect(landscape, root), read_cache(root / CACHE)
    answers = check_links(landscape, places, asker, cache, today)
    write_cache(root / CACHE, answers)
    told = link_report(answers, asker, today)
    if options.keep:
        (root / LINK_REPORT).write_text(to_json(told), encoding="utf-8")
    print(to_markdown(told, answers, places, landscape.link_exclusions))
    return 0
