"""Mistakes that editors make, one in each file: each gives one message, at the place to mend, with the mend.

Every file is ``broken/newham-welfare-hub.yml``, a good record, with one edit. Most edits are a text and what stands in its place.
"""

from __future__ import annotations

import pytest

from conftest import HERE, make_site
from landscape.checks import check_links
from landscape.fields import RECORD
from landscape.load import RECORDS, load, load_vocabularies
from landscape.read_files import parse_yaml
from landscape.problems import Problem, ProblemsFound

NAME = "newham-welfare-hub"
GOOD = (HERE / "broken" / f"{NAME}.yml").read_text(encoding="utf-8")
SOURCES = GOOD[GOOD.index("sources:\n") : GOOD.index("first_listed")]

# A name of the mistake, the text, what the editor wrote in its place, then line, column and words of the message.
EDITS = (
    ('tab-indent', '  - name: Bridge Road Practice\n    type', '  - name: Bridge Road Practice\n\ttype', 22, 1, 'use spaces'),
    ('tab-after-colon', 'nation: england', 'nation:\tengland', 14, 8, 'use spaces'),
    ('two-tabs-file', '    type: gp-practice\n    town: London', '\ttype: gp-practice\n\ttown: London', 22, 1, 'use spaces'),
    ('trailing-tab', 'nation: england', 'nation: england\t', 14, 16, 'use spaces'),
    ('unquoted-colon', 'name: Newham Welfare Hub', 'name: Newham Welfare Hub: advice', 4, 25, 'put the text in quotes; a new field starts on a'),
    ('colon-in-list-item', '  - The two sources count different years.', '  - Note: the two sources count different years.', 63, 5, 'put the text in quotes'),
    ('colon-in-folded-cont', '  An invented adviser', 'An invented adviser', 7, 1, 'write it as name: text, or indent it under the'),
    ('no-space-after-colon', 'nation: england', 'nation:england', 14, 1, 'write a space after the colon'),
    ('no-space-after-colon-first', 'id: newham-welfare-hub', 'id:newham-welfare-hub', 2, 1, 'write a space after the colon'),
    ('no-space-in-sub', '    side: advice', '    side:advice', 34, 5, 'write a space after the colon'),
    ('no-space-after-dash', '  - debt', '  -debt', 38, 3, 'write a space after the hyphen'),
    ('no-space-after-dash-all', '  - benefits\n  - debt', '  -benefits\n  -debt', 37, 3, 'write a hyphen and a space before each item: -'),
    ('missing-dash', '  - debt', '  debt', 38, 3, 'put - and a space before it; if it belongs to'),
    ('missing-dash-first', '  - benefits\n  - debt', '  benefits\n  debt', 37, 3, 'put square brackets around it, with commas'),
    ('missing-dash-only', '  - newham\n', '  newham\n', 17, 3, 'put square brackets around it, with commas'),
    ('missing-dash-group', '  - name: Citizens Advice Elderfield', '    name: Citizens Advice Elderfield', 32, 5, 'put - before it if a new item starts here, or'),
    ('missing-dash-group-first', 'sites:\n  - name: Bridge', 'sites:\n    name: Bridge', 21, 5, 'put each item on its own line after a hyphen: -'),
    ('word-bullet', '  - debt', '  • debt', 38, 3, 'write - and a space instead of the sign'),
    ('en-dash-bullet', '  - debt', '  – debt', 38, 3, 'write - and a space instead of the sign'),
    ('asterisk-bullet', '  - debt', '  * debt', 38, 3, 'write - and a space instead of the sign'),
    ('semicolon-for-colon', 'nation: england', 'nation; england', 14, 1, 'write a colon and a space after the name'),
    ('equals', 'nation: england', 'nation = england', 14, 1, 'write a colon and a space after the name'),
    ('fullwidth-colon', 'nation: england', 'nation： england', 14, 1, 'write a colon and a space after the name'),
    ('indent-one-off', '    side: advice', '   side: advice', 34, 4, 'start it in the same column as its neighbours'),
    ('indent-one-more', '    side: advice', '     side: advice', 34, 6, 'start it in the same column as its neighbours'),
    ('top-level-indented', 'nation: england', ' nation: england', 14, 2, 'start it in the same column as its neighbours'),
    ('all-list-unindented-item', '    type: gp-practice', '  type: gp-practice', 22, 3, 'put - and a space before it; if it belongs to'),
    ('open-dquote', 'name: Newham Welfare Hub', 'name: "Newham Welfare Hub', 4, 7, 'close it'),
    ('open-squote', 'name: Newham Welfare Hub', "name: 'Newham Welfare Hub", 4, 7, 'close it'),
    ('apostrophe-in-single', "how: Staff book people straight into the adviser's diary.", "how: 'Staff book people straight into the adviser's diary.'", 42, 53, 'put the whole text in double quotes; an'),
    ('quotes-inside-double', 'name: Newham Welfare Hub', 'name: "The "Newham" Hub"', 4, 13, 'put the whole text in double quotes, and write'),
    ('text-after-quote', 'name: Newham Welfare Hub', 'name: "Newham" Welfare Hub', 4, 16, 'put the whole text in double quotes, and write'),
    ('smart-quotes-around', 'postcode: E20 1AS', 'postcode: “E20 1AS”', 24, 15, 'did you mean: E20 1AS'),
    ('smart-quotes-tag', 'nation: england', 'nation: “england”', 14, 9, 'did you mean: england'),
    ('smart-quotes-id', 'id: newham-welfare-hub', 'id: “newham-welfare-hub”', 2, 5, 'did you mean: newham-welfare-hub'),
    ('smart-quotes-url', 'website: https://www.example.org/hub', 'website: “https://www.example.org/hub”', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('open-bracket', 'roles: [adviser]', 'roles: [adviser', 35, 12, 'add the comma or the ]'),
    ('open-bracket-mid', 'delivery: [co-located]', 'delivery: [co-located', 39, 11, 'add the comma or the ]'),
    ('open-bracket-end', 'predecessors, nation, region]', 'predecessors, nation, region', 70, 15, 'add the comma or the ]'),
    ('no-comma', 'roles: [host, referrer]', 'roles: [host referrer]', 31, 13, 'did you mean: referrer'),
    ('starts-at', 'name: Newham Welfare Hub', 'name: @Newham', 4, 7, 'put the text in quotes'),
    ('starts-backtick', 'name: Newham Welfare Hub', 'name: `Newham`', 4, 7, 'put the text in quotes'),
    ('starts-percent', '    amount: £30,000', '    amount: %30', 46, 13, 'put the text in quotes'),
    ('starts-star', 'name: Newham Welfare Hub', 'name: *Newham* Hub', 4, 7, 'put the text in quotes'),
    ('starts-x', 'name: Newham Welfare Hub', 'name: &Newham Hub', 4, 7, 'put the text in quotes'),
    ('starts-bracket-text', 'name: Newham Welfare Hub', 'name: [Newham] Welfare Hub', 4, 7, 'put the text in quotes'),
    ('starts-space', '    as_written: over £1.5 million', '    as_written: > £1.5 million', 52, 17, 'start it there, indented; if the sign belongs'),
    ('dash-value', 'name: Newham Welfare Hub', 'name: - Newham Welfare Hub', 4, 7, 'put the - on a line of its own below the field'),
    ('dup-key', 'nation: england\n', 'nation: england\nnation: wales\n', 15, 1, 'keep one of the two'),
    ('dup-key-later', 'website:', 'name: Another\nwebsite:', 61, 1, 'keep one of the two'),
    ('conflict', 'nation: england\n', '<<<<<<< HEAD\nnation: england\n=======\nnation: wales\n>>>>>>> branch\n', 14, 1, 'keep the right version, and take out the lines'),
    ('conflict-left', 'nation: england\n', 'nation: england\n=======\n', 15, 1, 'keep the right version, and take out the lines'),
    ('conflict-left2', 'nation: england\n', 'nation: england\n>>>>>>> main\n', 15, 1, 'keep the right version, and take out the lines'),
    ('conflict-left0', 'nation: england\n', '<<<<<<< HEAD\nnation: england\n', 14, 1, 'keep the right version, and take out the lines'),
    ('code-fence', '# yaml-language', '```yaml\n# yaml-language', 1, 1, 'take out the lines that start with ```'),
    ('code-fence-end', 'last_reviewed: 2026-11-24\n', 'last_reviewed: 2026-11-24\n```\n', 89, 1, 'take out the lines that start with ```'),
    ('html-tag-value', 'name: Newham Welfare Hub', 'name: <b>Newham Welfare Hub</b>', 4, 7, 'paste it as plain text, and type what the signs'),
    ('html-p', '  An invented adviser', '  <p>An invented adviser', 6, 10, 'paste it as plain text, and type what the signs'),
    ('html-entity', 'name: Newham Welfare Hub', 'name: Newham Welfare &amp; Hub', 4, 7, 'paste it as plain text, and type what the signs'),
    ('html-nbsp', 'name: Newham Welfare Hub', 'name: Newham&nbsp;Welfare Hub', 4, 7, 'paste it as plain text, and type what the signs'),
    ('html-line', 'nation: england\n', 'nation: england\n<br>\n', 15, 1, 'take it out'),
    ('html-link', 'website: https://www.example.org/hub', 'website: <a href="https://www.example.org/hub">hub</a>', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('md-link', 'website: https://www.example.org/hub', 'website: [hub](https://www.example.org/hub)', 61, 10, 'write only the address that stands in ( )'),
    ('md-autolink', 'website: https://www.example.org/hub', 'website: <https://www.example.org/hub>', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('loose-line', 'nation: england\n', 'nation: england\nSee also the other hub.\n', 15, 1, 'write it as name: text, or indent it under the'),
    ('loose-word', 'nation: england\n', 'nation: england\nlondon\n', 15, 1, 'write it as name: text, or indent it under the'),
    ('nbsp-indent', '    side: advice', '    \xa0side: advice', 34, 5, 'delete it and type an ordinary space'),
    ('nbsp-all-indent', '    side: advice', '\xa0\xa0\xa0\xa0side: advice', 34, 1, 'delete it and type an ordinary space'),
    ('nbsp-after-colon', 'nation: england', 'nation:\xa0england', 14, 8, 'delete it and type an ordinary space'),
    ('zero-width', 'nation: england', 'nation: eng\u200bland', 14, 9, 'delete it and type the text again'),
    ('ctrl', 'name: Newham Welfare Hub', 'name: Newham\x0bWelfare Hub', 4, 13, 'delete it and type the text again'),
    ('soft-hyphen', 'name: Newham Welfare Hub', 'name: New\xadham Welfare Hub', 4, 7, 'delete it and type the text again'),
    ('bom-mid', 'nation: england', 'nation: \ufeffengland', 14, 9, 'delete it and type the text again'),
    ('docs', 'nation: england\n', 'nation: england\n---\n', 15, 1, 'take the line out, and keep one record in a file'),
    ('docs-end', 'last_reviewed: 2026-11-24\n', 'last_reviewed: 2026-11-24\n...\nextra: 1\n', 90, 1, 'take out the line --- or ... above, and keep'),
    ('wrong-local-authority', 'local_authorities:\n', 'local_authority:\n', 16, 1, 'did you mean: local_authorities'),
    ('wrong-local-authorities', 'local_authorities:\n', 'local authorities:\n', 16, 1, 'did you mean: local_authorities'),
    ('hyphen', 'local_authorities:\n', 'local-authorities:\n', 16, 1, 'did you mean: local_authorities'),
    ('setting', 'settings:\n', 'setting:\n', 25, 1, 'did you mean: settings'),
    ('near-tag', '  - debt', '  - debts', 38, 5, 'did you mean: debt'),
    ('caps-tag', 'nation: england', 'nation: England', 14, 9, 'did you mean: england'),
    ('caps-tag2', '  - gp-practice\npartners', '  - GP practice\npartners', 26, 5, 'did you mean: gp-practice'),
    ('underscore', '  - gp-practice\npartners', '  - gp_practice\npartners', 26, 5, 'did you mean: gp-practice'),
    ('synonym', '  - debt', '  - money', 38, 5, 'did you mean: debt'),
    ('unknown', '  - debt', '  - astrology', 38, 5, 'use a tag from the list, or propose a new one'),
    ('kind-of-record', 'kind: partnership\n', 'kind: project\n', 3, 7, 'use a tag from the list, or propose a new one'),
    ('status', 'status: active', 'status: current', 9, 9, 'did you mean: active'),
    ('status2', 'status: active', 'status: Active', 9, 9, 'did you mean: active'),
    ('la-label', '  - newham', '  - London Borough of Newham', 17, 5, 'did you mean: newham'),
    ('region', 'region: london', 'region: North East', 15, 9, 'did you mean: north-east'),
    ('region-mismatch', 'region: london', 'region: wales', 15, 1, 'correct the nation or the region'),
    ('nation-uk', 'nation: england', 'nation: UK', 14, 9, 'use a tag from the list, or propose a new one'),
    ('side', '    side: advice', '    side: legal', 34, 11, 'did you mean: advice'),
    ('yes', 'status: active', 'status: yes', 9, 9, 'use a tag from the list, or propose a new one'),
    ('term-list', 'nation: england', 'nation: [england]', 14, 9, 'write one value after the colon'),
    ('list-term', 'coverage: single-site', 'coverage:\n  - single-site', 20, 3, 'write one value after the colon'),
    ('twice', '  - debt', '  - benefits', 38, 5, 'keep one'),
    ('trailing-comma-tag', 'nation: england', 'nation: england,', 14, 9, 'did you mean: england'),
    ('comma-item', '  - debt', '  - debt,', 38, 5, 'did you mean: debt'),
    ('excel', 'first_listed: 2026-11-20', 'first_listed: 20/11/2026', 87, 15, 'did you mean: 2026-11-20'),
    ('excel-us', 'last_reviewed: 2026-11-24', 'last_reviewed: 12/05/2023', 88, 16, 'did you mean: 2023-05-12'),
    ('words', 'started: 2016-09', 'started: September 2016', 11, 10, 'did you mean: 2016-09'),
    ('two-digit', 'started: 2016-09', 'started: Sep-16', 11, 10, 'write a year or a year and month, such as 2019'),
    ('two-digit-yr', 'status_as_of: 2024', 'status_as_of: 24', 10, 15, 'write a year, such as 2019'),
    ('slash-month', 'started: 2016-09', 'started: 09/2016', 11, 10, 'did you mean: 2016-09'),
    ('no-zero', 'started: 2016-09', 'started: 2016-9', 11, 10, 'did you mean: 2016-09'),
    ('day-31', 'last_reviewed: 2026-11-24', 'last_reviewed: 2026-11-31', 88, 16, 'write a date, such as 2019-06-30'),
    ('time', 'last_reviewed: 2026-11-24', 'last_reviewed: 2026-11-24T00:00:00', 88, 16, 'did you mean: 2026-11-24'),
    ('year-range2', 'status_as_of: 2024', 'status_as_of: 2023/24', 10, 15, 'did you mean: 2023'),
    ('year-span', 'status_as_of: 2024', 'status_as_of: 2023-2024', 10, 15, 'did you mean: 2023'),
    ('date-for-year', 'status_as_of: 2024', 'status_as_of: 2024-05', 10, 15, 'did you mean: 2024'),
    ('asof-before', 'status_as_of: 2024', 'status_as_of: 2014', 10, 1, 'correct one of the two dates'),
    ('no-asof', 'status_as_of: 2024\n', '', 9, 1, 'add the year in which a source says so, or'),
    ('last-changed', 'first_listed: 2026-11-20', 'first_listed: 2026-11-20\nlast_changed: 2025-01-01', 88, 1, 'write the day of the last change; first_listed'),
    ('day-month-text', '    date: 2018-05-04', '    date: 4 May 2018', 68, 11, 'did you mean: 2018-05-04'),
    ('num', '    number: 1500000', '    number: £1.5m', 53, 13, 'did you mean: 1500000'),
    ('num2', '    number: 1500000', '    number: £1,5m', 53, 13, 'write digits only: no commas, no £ and no words'),
    ('num3', '    number: 1500000', '    number: 1,500,000', 53, 13, 'did you mean: 1500000'),
    ('num4', '    number: 1500000', '    number: 1.5 million', 53, 13, 'did you mean: 1500000'),
    ('num-to', '    number: 1500000', '    number: 1500000\n    number_to: 1000', 54, 5, 'write the lower end as number and the upper end'),
    ('postcode', 'postcode: E20 1AS', 'postcode: E20 1A', 24, 15, 'write a UK postcode, such as E20 1AS'),
    ('postcode2', 'postcode: E20 1AS', 'postcode: E2O 1AS', 24, 15, 'did you mean: E20 1AS'),
    ('postcode3', 'postcode: E20 1AS', 'postcode: E20', 24, 15, 'write a UK postcode, such as E20 1AS'),
    ('url-no-http', 'website: https://www.example.org/hub', 'website: www.example.org/hub', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('url-htp', 'website: https://www.example.org/hub', 'website: htps://www.example.org/hub', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('url-space-in', 'website: https://www.example.org/hub', 'website: https: //www.example.org/hub', 61, 16, 'take the space out'),
    ('url-email', 'website: https://www.example.org/hub', 'website: info@example.org', 61, 10, 'records hold no personal data: give the'),
    ('url-mailto', 'website: https://www.example.org/hub', 'website: mailto:info@example.org', 61, 10, 'records hold no personal data: give the'),
    ('url-copy-host', ' url: https://www.example.org/two-years', ' url: https://docslib.org/doc/1/two', 69, 5, 'add copy: true below it, or give the address of'),
    ('email', 'how: Staff', 'how: Write to hub@example.org. Staff', 42, 8, 'records hold no personal data: give the'),
    ('phone', 'how: Staff', 'how: Ring 020 7946 0123. Staff', 42, 8, 'records hold no personal data: give the'),
    ('phone-44', 'how: Staff', 'how: Ring +44 (0)20 7946 0123. Staff', 42, 8, 'records hold no personal data: give the'),
    ('phone-mobile', 'how: Staff', 'how: Ring 07700 900123. Staff', 42, 8, 'records hold no personal data: give the'),
    ('email-and-phone', 'how: Staff', 'how: Ring 020 7946 0123 or write to hub@example.org. Staff', 42, 8, 'records hold no personal data: give the'),
    ('unknown-source', '    source: [s2]\noutcomes', '    source: [s3]\noutcomes', 48, 14, 'use the id of a source below, or add the source'),
    ('unknown-source-scalar', '    source: [s2]\noutcomes', '    source: s22\noutcomes', 48, 5, 'did you mean: s2'),
    ('unknown-source-block', '    source: [s2]\noutcomes', '    source:\n      - s9\noutcomes', 49, 9, 'use the id of a source below, or add the source'),
    ('source-missing', '    source: [s2]\noutcomes', 'outcomes', 43, 1, 'add - funding under supports: of the source'),
    ('outcome-source-missing', '    period_kind: annual\n    source: [s1]\n', '    period_kind: annual\n', 50, 5, 'add source: and a list, each item an id (small'),
    ('source-as-title', '    source: [s2]\noutcomes', '    source: The hub at work\noutcomes', 48, 13, 'write the id of a source of this record, such'),
    ('source-url', '    source: [s2]\noutcomes', '    source: https://www.example.org/at-work\noutcomes', 48, 13, 'write the id of a source of this record, such'),
    ('dup-source-id', '  - id: s2', '  - id: s1', 71, 5, 'give each source an id of its own'),
    ('capital-source-id', '    source: [s2]\noutcomes', '    source: [S2]\noutcomes', 48, 14, 'did you mean: s2'),
    ('no-publisher', '    publisher: Elderfield Trust\n', '', 65, 5, 'add publisher: and text, such as Newham Council'),
    ('no-title', '    title: Two years of the hub\n', '', 65, 5, 'add title: and text, such as Evaluation of the'),
    ('not-supported', '      - website\n', '', 61, 1, 'add - website under supports: of the source'),
    ('supports-unknown', '      - website\n', '      - websites\n', 86, 9, 'did you mean: website'),
    ('supports-all', '    supports: [name,', '    supports: [everything, name,', 70, 16, 'write the name of a field of this record'),
    ('supports-unfilled', '      - website\n', '      - website\n      - ended\n', 87, 9, 'fill ended, or take this line out'),
    ('supports-dotted', '      - partners\n', '      - partners.name\n', 82, 9, 'did you mean: partners'),
    ('no-supports', '    supports: [name, aliases, summary, status, status_as_of, started, predecessors, nation, region]\n', '', 65, 5, 'list under supports: the fields that this'),
    ('id-differs', 'id: newham-welfare-hub', 'id: newham-hub', 2, 1, 'did you mean: newham-welfare-hub'),
    ('opt-empty', 'area: Stratford, Newham', 'area:', 18, 1, 'write a value, or take the line out'),
    ('todo', 'area: Stratford, Newham', 'area: TODO', 18, 7, 'write what a source says, or take the line out'),
    ('xxx', 'region: london', 'region: ???', 15, 9, 'use a tag from the list, or propose a new one'),
    ('empty-item', '  - debt', '  -', 38, 4, 'write a value, or take the line out'),
    ('pred-unknown', '  - old-elderfield-desk', '  - old-elderfield-dsk', 13, 5, 'did you mean: old-elderfield-desk'),
    ('pred-self', '  - old-elderfield-desk', '  - newham-welfare-hub', 13, 5, 'take it out'),
    ('region-no-nation', 'nation: england\n', '', 14, 1, 'did you mean: england'),
    ('la-other', '  - newham', '  - leeds', 17, 5, 'correct the region; leave it out if the'),
    ('la-other-nation', '  - newham', '  - glasgow-city', 17, 5, 'correct the region; leave it out if the'),
    ('rival', '    period_kind: annual', '    period_kind: annual\n    rival: x', 56, 5, 'write the same word on the figure it disagrees'),
    ('partners-names', 'partners:\n  - name: Bridge Road Practice\n    kind: gp-practice\n    side: health\n    roles: [host, referrer]\n', 'partners:\n  - Bridge Road Practice\n', 28, 5, 'write name:, kind:, side: each on a line of its'),
    ('referral-text', 'referral:\n  who: [gp, self]\n  how: Staff book', 'referral: Staff book', 40, 11, 'write who: each on a line of its own with a'),
    ('referral-list', 'referral:\n  who: [gp, self]\n  how: ', 'referral:\n  - who: [gp, self]\n    how: ', 41, 3, 'take out the hyphen: there is only one'),
    ('dash-lost-among', '  - name: Citizens Advice Elderfield\n', '  name: Citizens Advice Elderfield\n', 32, 3, 'put - and a space before it; if it belongs to'),
    ('flag-yes', '    date: 2018-05-04', '    date: 2018-05-04\n    copy: yes', 69, 11, 'did you mean: true'),
    ('flag-true', '    date: 2018-05-04', '    date: 2018-05-04\n    copy: True', 69, 11, 'did you mean: true'),
    ('flag-no', '    date: 2018-05-04', '    date: 2018-05-04\n    copy: no', 69, 11, 'did you mean: false'),
    ('summary-noindent', '  An invented adviser sits in an invented surgery in Newham twice a week and helps patients with\n  benefits', 'An invented adviser sits in an invented surgery in Newham twice a week and helps patients with\nbenefits', 7, 1, 'write it as name: text, or indent it under the'),
    ('summary-text-on', 'summary: >-\n', 'summary: >- Something\n', 6, 10, 'start it there, indented; if the sign belongs'),
    ('summary-lost-colon', 'summary: >-\n  An invented adviser', 'summary: An invented adviser: she', 6, 29, 'put the text in quotes; a new field starts on a'),
    ('flow-colon', 'aliases: [The Hub]', 'aliases: [The Hub: Newham]', 5, 11, 'put the text in quotes'),
    ('flow-brace', '  - name: Citizens Advice Elderfield\n    kind: citizens-advice\n    side: advice\n    roles: [adviser]', '  - {name: Citizens Advice, kind: citizens-advice, side: advice, roles: [adviser]', 32, 5, 'add the comma or the }'),
    ('percent-line', 'nation: england', '%nation: england', 14, 1, 'take the line out, or put the text in quotes'),
    ('two-fields-one-line', 'nation: england\nregion: london', 'nation: england region: london', 14, 23, 'put the text in quotes; a new field starts on a'),
    ('item-and-field', 'issues:\n  - benefits\n', 'issues: - benefits\n', 36, 9, 'put the - on a line of its own below the field'),
    ('list-item-no-indent-mixed', '  - debt', '- debt', 38, 1, 'indent it like the items above if it is one of'),
    ('ed-dash', 'started: 2016-09', '- started: 2016-09', 11, 1, 'indent it like the items above if it is one of'),
    ('future-started', 'started: 2016-09', 'started: 2061-09', 11, 1, 'correct one of the two dates'),
    ('future-source', '    date: 2018-05-04', '    date: 2081-05-04', 68, 5, 'correct one of the two dates'),
    ('cut', 'name: Newham Welfare Hub', 'name: Newham Hub #2', 4, 7, 'put the whole text in quotes, or write a space'),
    ('roles-outdent-last', '    roles: [adviser]', 'roles: [adviser]', 35, 1, 'start it in the same column as name:'),
    ('source-outdent', '    source: [s2]\noutcomes', 'source: [s2]\noutcomes', 48, 1, 'start it in the same column as funder:'),
    ('settings-and', 'settings:\n  - gp-practice', 'settings: [gp-practice and hospital]', 25, 12, 'did you mean: gp-practice'),
    ('settings-unquoted', 'settings:\n  - gp-practice', 'settings:\n  - GP surgeries', 26, 5, 'did you mean: gp-practice'),
    ('trailing-colon', 'nation: england', 'nation: england:', 14, 16, 'take it out, or put the text in quotes'),
    ('apostrophe-open', '    title: Two years of the hub', "    title: 'Two years of the hub", 66, 12, 'close it'),
    ('backslash', '    title: Two years of the hub', '    title: "C:\\Users\\hub"', 66, 17, 'use single quotes'),
    ('trailing-semicolon', '  - newham\n', '  - newham;\n', 17, 5, 'did you mean: newham'),
    ('source-in-braces', '    source: [s2]\noutcomes', '    source: {s2}\noutcomes', 48, 13, 'put each item on its own line after a hyphen: -'),
    ('supports-label', 'supports: [name,', 'supports: [Name,', 70, 16, 'did you mean: name'),
    ('supports-twice', '      - website\n', '      - website\n      - website\n', 87, 9, 'keep one'),
    ('null-tilde', 'area: Stratford, Newham', 'area: ~', 18, 1, 'write a value, or take the line out'),
    ('quoted-null', 'coverage: single-site', 'coverage: null', 19, 1, 'write a value, or take the line out'),
    ('coverage-none', 'coverage: single-site', 'coverage: none', 19, 11, 'use a tag from the list, or propose a new one'),
    ('feb-30', '    date: 2018-05-04', '    date: 2018-02-30', 68, 11, 'write 2019, 2019-06 or 2019-06-30'),
    ('month-word', '    date: 2018-05-04', '    date: May 2018', 68, 11, 'did you mean: 2018-05'),
    ('winter', '    date: 2018-05-04', '    date: Winter 2018', 68, 11, 'did you mean: 2018'),
    ('period-kind-wrong', '    period_kind: annual', '    period_kind: yearly', 55, 18, 'use a tag from the list, or propose a new one'),
    ('measure-wrong', '  - measure: income-gained', '  - measure: income gained', 50, 14, 'did you mean: income-gained'),
    ('qualifier', '    qualifier: more-than', '    qualifier: over', 54, 16, 'use a tag from the list, or propose a new one'),
    ('neg', '    number: 1500000', '    number: -', 53, 13, 'put the - on a line of its own below the field'),
    ('who-wrong', '  who: [gp, self]', '  who: [GP, self]', 41, 9, 'did you mean: gp'),
    ('how-list', '  how: Staff', '  how:\n    - Staff', 43, 5, 'write one value after the colon'),
    ('side-swap', '    side: advice', '    side: Advice', 34, 11, 'did you mean: advice'),
    ('kind-label', '    kind: citizens-advice', '    kind: Citizens Advice', 33, 11, 'did you mean: citizens-advice'),
    ('role-wrong', '    roles: [adviser]', '    roles: [advisor]', 35, 13, 'did you mean: adviser'),
    ('site-type', '    type: gp-practice\n    town', '    type: GP surgery\n    town', 22, 11, 'use a tag from the list, or propose a new one'),
    ('url-list', 'website: https://www.example.org/hub', 'website: [https://www.example.org/hub]', 61, 10, 'write one value after the colon'),
    ('kind-cap', 'kind: partnership\n', 'kind: Partnership\n', 3, 7, 'did you mean: partnership'),
    ('kind-prog', 'kind: partnership\n', 'kind: programe\n', 3, 7, 'did you mean: programme'),
    ('area-list', 'area: Stratford, Newham', 'area: [Stratford, Newham]', 18, 7, 'write one value after the colon'),
    ('area-lines', 'area: Stratford, Newham', 'area:\n  - Stratford\n  - Newham', 19, 3, 'write one value after the colon'),
    ('la-region', '  - newham', '  - london', 17, 5, 'did you mean: maldon'),
    ('hb', 'coverage:', 'health_boards: [NHS Fife]\ncoverage:', 19, 17, 'did you mean: nhs-fife'),
    ('summary-next-field-indented', 'status: active', '  status: active', 9, 3, 'start it in the same column as summary:'),
    ('md-hr', 'nation: england', '***\nnation: england', 14, 1, 'put the text in quotes'),
    ('rule', 'nation: england', '----------\nnation: england', 14, 1, 'start it with # and a space, or take it out'),
    ('quote-line', 'nation: england', '> nation: england', 14, 1, 'start it there, indented; if the sign belongs'),
    ('bidi', 'name: Newham Welfare Hub', 'name: Newham \u202eWelfare Hub', 4, 7, 'delete it and type the text again'),
    ('lsep', 'name: Newham Welfare Hub', 'name: Newham\u2028Welfare Hub', 4, 13, 'delete it, and press Enter if a line should end'),
    ('partners-w-o-space', '  - name: Citizens Advice Elderfield', '  -name: Citizens Advice Elderfield', 32, 3, 'write a space after the hyphen'),
    ('partners-double-dash', '  - name: Citizens Advice Elderfield', '  -- name: Citizens Advice Elderfield', 32, 3, 'start it with # and a space, or take it out'),
    ('hyphen-before-each-line', '  - name: Citizens Advice Elderfield\n    kind: citizens-advice\n    side: advice\n    roles: [adviser]', '  - name: Citizens Advice Elderfield\n  - kind: citizens-advice\n  - side: advice\n  - roles: [adviser]', 33, 5, 'write only name: with a hyphen'),
    ('hyphen-before-each-line-of-a-source', '  - id: s2\n    title: The hub at work\n    publisher: Example Council\n    date: 2024-03\n    url', '  - id: s2\n  - title: The hub at work\n  - publisher: Example Council\n  - date: 2024-03\n  - url', 72, 5, 'write only id: with a hyphen'),
    ('name-of-a-list-lost', 'issues:\n  - benefits\n  - debt', '  - benefits\n  - debt', 36, 5, 'write the line issues: above it'),
    ('name-of-a-needed-list-lost', 'settings:\n  - gp-practice\n', '  - gp-practice\n', 25, 5, 'write the line settings: above it'),
    ('name-of-a-list-lost-after-another', 'delivery: [co-located]\n', '  - co-located\n', 39, 5, 'write the line delivery: above it'),
    ('partners-all-names', 'partners:\n', 'partners:\n  - The council\n  - The hospital\n', 28, 5, 'write name:, kind:, side: each on a line'),
    ('date-for-a-field', '  - date: 2016-09\n    what: The', '  - 2016-09: The', 58, 5, 'write date:, what: each on a line of its own'),
    ('funder-for-a-field', '  - funder: Elderfield Trust\n    kind: charity\n', '  - Elderfield Trust: charity\n', 44, 5, 'write funder:, kind: each on a line of its own'),
    ('partner-for-a-field', '  - name: Citizens Advice Elderfield\n    kind: citizens-advice\n    side: advice\n', '  - Citizens Advice Elderfield: adviser\n', 32, 5, 'write name:, kind:, side: each on a line'),
    ('no-comma-in-supports', 'supports: [name, aliases,', 'supports: [name aliases,', 70, 16, 'write them as a list: [name, aliases]'),
    ('two-commas', 'roles: [host, referrer]', 'roles: [host,, referrer]', 31, 18, 'take one of them out'),
    ('wrong-bracket', 'roles: [host, referrer]', 'roles: [host, referrer)', 31, 12, 'add the comma or the ]'),
    ('round-brackets', 'roles: [host, referrer]', 'roles: (host, referrer)', 31, 12, 'put square brackets around it, with commas between the items: [host, referrer]'),
    ('bracket-lost-at-the-start', 'roles: [host, referrer]', 'roles: host, referrer]', 31, 12, 'put square brackets around it'),
    ('list-in-quotes', 'roles: [host, referrer]', 'roles: ["host, referrer"]', 31, 13, 'write them as a list: [host, referrer]'),
    ('items-with-letters', '  - benefits\n  - debt', '  a) benefits\n  b) debt', 37, 3, 'write a hyphen and a space before each item'),
    ('items-with-plus', '  - benefits\n  - debt', '  + benefits\n  + debt', 37, 3, 'write a hyphen and a space before each item'),
    ('items-with-minus', '  - benefits\n  - debt', '  − benefits\n  − debt', 37, 3, 'write a hyphen and a space before each item'),
    ('items-with-boxes', '  - benefits\n  - debt', '  - [x] benefits\n  - [ ] debt', 37, 5, 'take the boxes out'),
    ('item-deeper', '  - benefits\n  - debt', '  - benefits\n    - debt', 37, 5, 'write them as a list: [benefits, debt]'),
    ('items-as-fields', '  - benefits\n  - debt', '  benefits: true\n  debt: true', 37, 3, 'put each item on its own line after a hyphen'),
    ('empty-list', 'issues:\n  - benefits\n  - debt', 'issues: []', 36, 1, 'write an item, or take the line out'),
    ('list-twice', 'issues:\n  - benefits\n  - debt', 'issues:\n  - benefits\nissues:\n  - debt', 38, 1, 'keep one of the two'),
    ('sentence-for-a-list', 'cautions:\n  - The', 'cautions: The', 62, 11, 'on a line of its own after a hyphen: - The two'),
    ('bold-field', 'nation: england', '**nation**: england', 14, 1, 'take the signs out'),
    ('quotes-too-far', 'nation: england', '"nation:" england', 14, 1, 'write it as name: text'),
    ('bold-text', '  An invented adviser', '  An **invented** adviser', 6, 10, 'write plain words'),
    ('link-in-text', '  An invented adviser', '  An [invented](https://www.example.org/a) adviser', 6, 10, 'write plain words'),
    ('mark-in-text', '  how: Staff', '  how: Staff[^s1]', 42, 8, 'a source is named under supports:'),
    ('folding-sign-turned', 'summary: >-\n', 'summary: ->\n', 6, 10, 'write plain words'),
    ('template', 'name: Newham Welfare Hub', 'name: {{ name }}', 4, 8, 'put the text in quotes'),
    ('curly-brackets', 'name: Newham Welfare Hub', 'name: {Newham}', 4, 7, 'put the text in quotes'),
    ('question-mark-first', 'nation: england', '? nation: england', 14, 3, 'write a name, a colon and a value'),
    ('table-row', 'area: Stratford, Newham', 'area: | Stratford | Newham |', 18, 7, 'put the text in quotes'),
    ('line-of-a-difference', 'nation: england', '+nation: england', 14, 1, 'did you mean: nation'),
    ('outlook-link', 'website: https://www.example.org/hub', 'website: https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fhub&data=05', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('google-link', 'website: https://www.example.org/hub', 'website: https://www.google.com/url?q=https://www.example.org/hub', 61, 10, 'did you mean: https://www.example.org/hub'),
    ('link-of-a-mail-service', 'website: https://www.example.org/hub', 'website: https://urldefense.com/v3/__https://www.example.org/hub__;!!x', 61, 10, 'give the address it leads to'),
    ('shortened-link', 'website: https://www.example.org/hub', 'website: https://www.example.org/hub/pages/…', 61, 10, 'copy the whole address'),
    ('link-with-a-space', 'website: https://www.example.org/hub', 'website: https://www.example.org/our hub', 61, 10, "copy the address from the browser's address bar"),
    ('file-for-an-address', 'website: https://www.example.org/hub', 'website: file:///C:/hub.pdf', 61, 10, "copy the address from the browser's address bar"),
    ('year-with-a-question', 'started: 2016-09', 'started: 2016?', 11, 10, 'write a year or a year and month'),
    ('before-a-year', 'started: 2016-09', 'started: before 2016', 11, 10, 'write a year or a year and month'),
    ('thirteenth-month', 'started: 2016-09', 'started: 2016-13', 11, 10, 'write a year or a year and month'),
    ('date-with-dots', 'last_reviewed: 2026-11-24', 'last_reviewed: 24.11.2026', 88, 16, 'did you mean: 2026-11-24'),
    ('review-not-dated', 'last_reviewed: 2026-11-24', 'last_reviewed: today', 88, 16, 'write a date, such as 2019-06-30'),
    ('no-date', '    date: 2024-03', '    date: n.d.', 74, 11, 'write 2019, 2019-06 or 2019-06-30'),
    ('two-nations', 'nation: england', 'nation: england, wales', 14, 9, 'choose one of them'),
    ('council-in-words', '  - newham', '  - newham-council', 17, 5, 'did you mean: newham'),
    ('area-of-the-postcode', 'postcode: E20 1AS', 'postcode: E20 1AS, London', 24, 15, 'write a UK postcode'),
    ('per-cent', '    number: 1500000', '    number: 85%', 53, 13, 'did you mean: 85'),
    ('number-in-words', '    number: 1500000', '    number: one and a half million', 53, 13, 'write digits only'),
    ('formula', '    number: 1500000', '    number: =1500000', 53, 13, 'write digits only'),
    ('price-after-hash', '    amount: £30,000', '    amount: #30,000', 46, 5, 'put the text in quotes if # belongs to it'),
    ('programme-as-list', 'kind: partnership\n', 'kind: partnership\nprogramme: [wahp]\n', 4, 12, 'write one value after the colon'),
    ('partners-item-outdent', '  - name: Citizens Advice Elderfield', '- name: Citizens Advice Elderfield', 32, 1, 'indent it like the items above if it is one of'),
)
# Mistakes of a whole file.
FILES = (
    ("whole-file-twice", (GOOD + GOOD).encode(), 90, 1, "put it in a file of its own"),
    ("answer-to-an-e-mail", "".join(f"> {line}\n" for line in GOOD.splitlines()).encode(), 1, 1, "take the sign and the space after it out"),
    ("source-taken-out", (GOOD[: GOOD.index("  - id: s2")] + GOOD[GOOD.index("first_listed") :]).encode(), 48, 14, 'add the source "s2" that states them'),
    ("broken-off", GOOD[: GOOD.index("issues:")].encode(), 2, 1, "add sources: and a list, each item a group of fields; last_reviewed: and a date"),
    ("hardly-begun", b"id: newham-welfare-hub\nkind: partnership\n", 1, 1, "add name: and text"),
    ("supports-broken-off", GOOD.replace(GOOD[GOOD.index("      - area\n") : GOOD.index("first_listed")], "").encode(), 18, 1, "with their names under its supports:"),
    ("windows-1252", GOOD.encode("cp1252"), 46, 13, "save it again with the encoding UTF-8"),
    ("utf-16", GOOD.encode("utf-16"), 1, 1, "save it again with the encoding UTF-8"),
    ("empty", b"", 1, 1, "start from a copy of another record"),
    ("only-a-remark", b"# to do\n", 1, 1, "start from a copy of another record"),
    ("a-sentence", b"The hub is a partnership in Newham.\n", 1, 1, "write id:, kind:, name:"),
    ("a-list", b"- id: newham-welfare-hub\n  kind: partnership\n", 1, 1, "take out the hyphen"),
    ("a-sheet", b"id,kind,name\nnewham,partnership,Newham\n", 1, 1, "write id:, kind:, name:"),
    ("a-page", b"<!DOCTYPE html>\n<html><body>The hub</body></html>\n", 1, 1, "write id:, kind:, name:"),
    ("a-word-document", b"PK\x03\x04\x14\x00\x06\x00", 1, 3, "delete it and type the text again"),
    ("two-records", (GOOD + "---\n" + GOOD).encode(), 89, 1, "keep one record in a file"),
    ("front-matter", f"---\n{GOOD}---\n".encode(), 90, 1, "keep one record in a file"),
    ("garbled", GOOD.replace("£30,000", "Â£30,000").encode(), 46, 13, "type them again as the source has them"),
    ("lost-sign", GOOD.replace("£30,000", "\ufffd30,000").encode(), 46, 13, "type them again as the source has them"),
    ("no-sources", GOOD.replace(SOURCES, "").encode(), 2, 1, "add sources:"),
    ("empty-sources", GOOD.replace(SOURCES, "sources:\n").encode(), 64, 1, "add sources:"),
    ("sources-in-words", GOOD.replace(SOURCES, "sources: https://www.example.org/hub\n").encode(), 64, 10, "put each item on its own line after a hyphen: - id:"),
    ("sources-of-addresses", GOOD.replace(SOURCES, "sources:\n  - https://www.example.org/hub\n").encode(), 65, 5, "write id:, title:, publisher:, url:"),
    ("much-too-long", (GOOD + "# " + "x" * 200_000).encode(), 1, 1, "split it or shorten it"),
)
# What a computer writes in its own way, and may.
ALLOWED = (
    ("windows-line-ends", GOOD.replace("\n", "\r\n").encode()),
    ("byte-order-mark", b"\xef\xbb\xbf" + GOOD.encode()),
    ("old-line-ends", GOOD.replace("\n", "\r").encode()),
    ("spaces-at-the-end", GOOD.replace("nation: england\n", "nation: england   \n\n\n").encode()),
    ("space-before-the-colon", GOOD.replace("nation: england", "nation : england").encode()),
    ("quotes-that-nobody-needs", GOOD.replace("nation: england", "\"nation\": 'england'").encode()),
    ("a-postcode-in-small-letters", GOOD.replace("E20 1AS", "e201as").encode()),
    ("a-remark-behind-a-value", GOOD.replace("nation: england", "nation: england  # and not Wales").encode()),
    ("a-name-that-yaml-takes-for-false", GOOD.replace("name: Newham Welfare Hub", "name: No").encode()),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return make_site(tmp_path_factory.mktemp("broken") / "site")


def problems(site, content: bytes, name: str = NAME) -> tuple[Problem, ...]:
    """What the check says of a file with this content among the records of the small site."""
    path = site / RECORDS / f"{name}.yml"
    path.write_bytes(content)
    try:
        load(site)
        return ()
    except ProblemsFound as found:
        return found.problems
    finally:
        path.unlink()


def assert_one_message(found: tuple[Problem, ...], line: int, column: int, words: str, name: str = NAME) -> None:
    assert len(found) == 1, "\n".join(map(str, found)) or "no problem"
    assert (found[0].file, found[0].line, found[0].column) == (f"{RECORDS}/{name}.yml", line, column), str(found[0])
    assert words in str(found[0]) and found[0].mend


def test_there_are_a_hundred_mistakes_and_each_has_its_name():
    names = [name for name, *_ in EDITS + FILES]
    assert len(names) >= 100 and len(set(names)) == len(names)


@pytest.mark.parametrize("name, before, after, line, column, words", EDITS, ids=[name for name, *_ in EDITS])
def test_a_mistake_gives_one_message_with_its_mend(site, name, before, after, line, column, words):
    assert GOOD.count(before) >= 1
    assert_one_message(problems(site, GOOD.replace(before, after, 1).encode("utf-8", "surrogatepass")), line, column, words)


@pytest.mark.parametrize("name, content, line, column, words", FILES, ids=[name for name, *_ in FILES])
def test_a_wrong_file_gives_one_message_with_its_mend(site, name, content, line, column, words):
    assert_one_message(problems(site, content), line, column, words)


@pytest.mark.parametrize("content", [content for _, content in ALLOWED], ids=[name for name, _ in ALLOWED])
def test_what_a_computer_writes_in_its_own_way_is_no_mistake(site, content):
    assert problems(site, content) == ()


def test_a_wrong_file_name_is_told_with_the_right_one(site):
    assert_one_message(problems(site, GOOD.encode(), "newham-hub"), 2, 1, "write id: newham-hub, or rename the file", "newham-hub")
    assert_one_message(problems(site, GOOD.encode(), "Newham Hub"), 2, 1, f"rename the file to {NAME}.yml", "Newham Hub")


def read_alone(site, content: bytes) -> list[Problem]:
    """What is said of the file by itself, without reading the others: much faster."""
    path = site / RECORDS / f"{NAME}.yml"
    path.write_bytes(content)
    item, found = parse_yaml(path, site, RECORD, load_vocabularies(site)[0])
    path.unlink()
    return found + (check_links(item, {}) if item else [])


@pytest.mark.parametrize("cut", range(0, len(GOOD), 53))
def test_a_file_that_ends_anywhere_gives_messages_and_no_traceback(site, cut):
    """Cut off in the middle: an upload that broke, or a careless paste."""
    assert all(problem.mend for problem in read_alone(site, GOOD[:cut].encode()))


@pytest.mark.parametrize("sign", "\t:-#'\"[{&*!|>%@`,?\x00\ufeff")
def test_a_sign_anywhere_gives_no_traceback(site, monkeypatch, sign):
    vocabularies = load_vocabularies(site)
    monkeypatch.setattr("test_broken_files.load_vocabularies", lambda site: vocabularies)
    for place in range(0, len(GOOD), 23):
        assert all(problem.what and problem.mend for problem in read_alone(site, (GOOD[:place] + sign + GOOD[place:]).encode()))
