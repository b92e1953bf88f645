"""What the renderer does to a finished page."""

from __future__ import annotations

import re

from landscape.render import lead_back


def test_each_source_leads_back_to_every_mark_that_leads_to_it():
    mark = '<sup class="mark"><a href="#source-{}" aria-label="Source">1</a></sup>'
    html = lead_back(f'<p>One{mark.format("s1")} two{mark.format("s2")} three{mark.format("s1")}</p>'
                     + "".join(f'<li id="source-{id}"><p class="small back" data-source="{id}"></p></li>' for id in ("s1", "s2", "s3")))
    assert re.findall(r'<a id="([^"]+)" href="#(source-s\d)"', html) == [("mark-s1-1", "source-s1"), ("mark-s2-1", "source-s2"), ("mark-s1-2", "source-s1")]
    assert re.findall(r'href="#(mark-[^"]+)"', html) == ["mark-s1-1", "mark-s1-2", "mark-s2-1"]
    assert html.endswith('<li id="source-s3"></li>')


def test_on_a_real_page_every_mark_is_led_back_to(built):
    html = (built / "case-studies/deep-end-money-advice-glasgow/index.html").read_text(encoding="utf-8")
    marks = re.findall(r'<a id="(mark-[^"]+)"', html)
    assert len(marks) > 10 and sorted(marks) == sorted(re.findall(r'href="#(mark-[^"]+)"', html))
