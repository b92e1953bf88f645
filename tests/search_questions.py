"""Asks the questions of search_queries.yml in a browser and scores the answers; shared by the test and the benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

QUESTIONS = Path(__file__).parent / "search_queries.yml"

# Types each question into the open dialog, whole, and reads the addresses of the results as they stand on the page.
ASK = """(questions) => {
    const box = document.getElementById('site-search-query'), base = new URL('../', document.querySelector('script[src$="landscape.js"]').src).href;
    return questions.map((question) => {
        box.value = question;
        const start = performance.now();
        box.dispatchEvent(new Event('input'));
        const found = [...document.querySelectorAll('#site-search li a')].map((link) => link.href.slice(base.length));
        return [found, performance.now() - start];
    });
}"""


# Types all questions key by key, to the results laid out, three times over. The best time of each key counts, because another
# program that takes the processor for a moment is not the search. Between two times the search has forgotten the word.
TYPE = """(questions) => {
    const box = document.getElementById('site-search-query'), results = document.getElementById('site-search-results');
    const keys = questions.flatMap((question) => Array.from(question, (_, end) => question.slice(0, end + 1)).slice(1));
    const times = keys.map(() => Infinity);
    for (let round = 0; round < 3; round++) {
        keys.forEach((typed, key) => {
            box.value = typed;
            const start = performance.now();
            box.dispatchEvent(new Event('input'));
            results.getBoundingClientRect();
            times[key] = Math.min(times[key], performance.now() - start);
        });
    }
    return keys.map((typed, key) => [typed, times[key]]);
}"""


@dataclass(frozen=True)
class Answer:
    """A question, the pages that answer it, the pages that were found, and how long it took in milliseconds."""

    ask: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]
    milliseconds: float

    @property
    def place(self) -> int:
        """Where the first right page stands, from 1; 0 when none was found."""
        return next((number for number, url in enumerate(self.found, 1) if url in self.wanted), 0)


def questions() -> list[dict]:
    """All questions: ``ask`` is what is typed, ``find`` the pages of which any is right."""
    return yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))


def open_search(page) -> None:
    """Open the search with the keyboard and wait until its index is there."""
    page.keyboard.press("/")
    page.wait_for_selector("#site-search[data-ready]")


def ask_all(page, asked: list[dict]) -> list[Answer]:
    """The answers to all questions, on a page whose search is open."""
    found = page.evaluate(ASK, [question["ask"] for question in asked])
    return [Answer(question["ask"], tuple(question["find"]), tuple(urls), time) for question, (urls, time) in zip(asked, found)]


def type_all(page, asked: list[dict]) -> list[tuple[float, str]]:
    """(milliseconds, what was typed so far) of each key of all questions, slowest first, on a page whose search is open."""
    return sorted(((time, typed) for typed, time in page.evaluate(TYPE, [question["ask"] for question in asked])), reverse=True)


def hit_at(answers: list[Answer], rank: int) -> float:
    """The share of questions with a right page among the first ``rank``."""
    return sum(1 <= answer.place <= rank for answer in answers) / len(answers)


def mean_reciprocal_rank(answers: list[Answer]) -> float:
    return sum(1 / answer.place for answer in answers if answer.place) / len(answers)
