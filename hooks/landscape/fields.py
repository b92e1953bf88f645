"""The fields of a record, once: the parser, the checks, the field guide and (later) the schema and the form follow from here.

Terms are not here but in ``data/vocabulary``: fields belong to the code, words belong to the editors.
"""

from __future__ import annotations

from dataclasses import dataclass

# The kinds of value a field may hold, and the words an error uses for them.
KINDS = {
    "text": "text",
    "id": "an id (small letters, digits and hyphens)",
    "year": "a year, such as 2019",
    "year-month": "a year or a year and month, such as 2019 or 2019-06",
    "date": "a date, such as 2019-06-30",
    "any-date": "a year, a year and month, or a date",
    "url": "a web address that starts with http:// or https://",
    "number": "a plain number, such as 1500000 or 25.5",
    "postcode": "a UK postcode, such as E20 1AS",
    "flag": "true or false",
    "term": "a term from a list",
    "group": "a group of fields",
}


@dataclass(frozen=True, eq=False)  # each field is itself: a group of fields is looked up by it many times
class Field:
    """One field. ``many`` makes it a list; ``parts`` are the fields of a group; ``sourced`` says a source must stand behind it."""

    name: str
    kind: str
    meaning: str
    example: str = ""
    required: bool = False
    many: bool = False
    vocabulary: str = ""
    parts: tuple["Field", ...] = ()
    sourced: bool = False


def _text(name: str, meaning: str, example: str = "", **more) -> Field:
    return Field(name, "text", meaning, example, **more)


def _term(name: str, vocabulary: str, meaning: str, example: str = "", **more) -> Field:
    return Field(name, "term", meaning, example, vocabulary=vocabulary, **more)


ITEM_SOURCE = Field("source", "id", "Ids of the sources that state it.", "s1", many=True)

SITE = (
    _text("name", "The name of the place.", "Liberty Bridge Road Practice", required=True),
    _term("type", "site-types", "What kind of place it is.", "gp-practice", required=True),
    _text("town", "Town or city.", "London"),
    Field("postcode", "postcode", "Full postcode.", "E20 1AS"),
    ITEM_SOURCE,
)
PARTNER = (
    _text("name", "The organisation's name.", "Newham Council", required=True),
    _term("kind", "organisations", "What kind of body it is.", "local-authority", required=True),
    _term("side", "sides", "Which side of the partnership it stands on.", "advice", required=True),
    _term("roles", "roles", "What it does in the partnership.", "adviser", many=True),
    _text("note", "Anything a reader needs to know about its part.", "adviser in the practice from 2021"),
    ITEM_SOURCE,
)
REFERRAL = (
    _term("who", "referrers", "Who can refer.", "gp", many=True),
    _text("how", "How a person gets from the health service to the adviser, in a sentence or two.", "Practice staff fill in a short form. People can also ask at the desk."),
)
FUNDING = (
    _text("funder", "Who pays.", "Macmillan Cancer Support", required=True),
    _term("kind", "funding-kinds", "What kind of funder it is.", "charity", required=True),
    _text("amount", "The amount as the source writes it.", "over £108,000"),
    _text("period", "The time the money covers.", "three years from 2022"),
    _text("note", "Anything else the source says about the money.", "for a full-time post"),
    ITEM_SOURCE,
)
OUTCOME = (
    _term("measure", "measures", "What the figure counts.", "income-gained", required=True),
    _text("what", "What exactly was counted, in our words.", "benefits gained for patients and carers", required=True),
    _text("as_written", "The figure as the source writes it.", "over £1.5 million", required=True),
    Field("number", "number", "The figure as a plain number in the measure's unit. Leave it out if there is none.", "1500000"),
    Field("number_to", "number", "The upper end, where the source gives a range.", "3000"),
    _term("qualifier", "qualifiers", "How exact the source says it is.", "more-than"),
    _text("period", "The time the figure covers, as the source says it.", "April 2015 to March 2016"),
    _term("period_kind", "period-kinds", "Whether it is for a year, a running total or something else.", "annual", required=True),
    _term("scope", "scopes", "Whose figure it is, when not this partnership's own.", "forerunner"),
    _text("rival", "A word of your own, the same on figures that disagree, so that they are shown side by side.", "total-2018"),
    _text("note", "What a reader must know to read the figure rightly.", "counted for the nine busiest practices only"),
    Field("source", "id", "Ids of the sources that state the figure.", "s1", many=True, required=True),
)
EVENT = (
    Field("date", "any-date", "When it happened.", "2021-03", required=True),
    _text("date_as_written", "The date as it should be shown, when it is a span or not exact.", "2010 to 2012"),
    _text("what", "What happened, in our words.", "The adviser starts in the first practice.", required=True),
    Field("source", "id", "Ids of the sources that state it.", "s1", many=True, required=True),
)
SOURCE = (
    Field("id", "id", "A short name for the source inside this record.", "s1", required=True),
    _text("title", "The title of the page or document.", "Evaluation of the advice service, first year", required=True),
    _text("publisher", "Who published it.", "Newham Council", required=True),
    Field("date", "any-date", "When it was published, if it says.", "2017-09"),
    Field("url", "url", "Where it can be read.", "https://www.example.org/evaluation", required=True),
    Field("archived_url", "url", "An archived copy of the page.", "https://web.archive.org/web/2024/https://www.example.org/page"),
    Field("copy", "flag", "true if this is a copy of a document that was published elsewhere.", "true"),
    _text("supports", "The fields of this record that the source stands behind.", "summary", many=True),
)

RECORD = (
    Field("id", "id", "The record's permanent name. It equals the file name and never changes.", "newham-hub", required=True),
    _term("kind", "kinds", "A partnership, or a programme that several belong to.", "partnership", required=True),
    Field("programme", "id", "The id of the programme it belongs to.", "wahp", sourced=True),
    _text("name", "The name its own source uses.", "Healthier, Wealthier Children", required=True, sourced=True),
    _text("aliases", "Other names it is known by.", "Back on Track", many=True, sourced=True),
    _text("former_names", "Names it had before.", "Deep End Advice Worker Project", many=True, sourced=True),
    _text("describes_itself_as", "The words it uses for the kind of service it is.", "advice on prescription", sourced=True),
    _text("summary", "Two to four sentences for a reader in a hurry.", "Advisers of the council work in two GP practices. They help patients with benefits and debt.", required=True, sourced=True),
    _term("status", "statuses", "Whether it was running when a source last said so.", "unknown", required=True, sourced=True),
    Field("status_as_of", "year", "The year in which that was true.", "2023", sourced=True),
    Field("started", "year-month", "When it started.", "2016-09", sourced=True),
    Field("ended", "year-month", "When it ended.", "2020", sourced=True),
    Field("predecessors", "id", "Ids of records it grew out of.", "possilpark-tackling-money-worries", many=True, sourced=True),
    Field("successors", "id", "Ids of records that followed it.", "newham-hub", many=True, sourced=True),
    _term("nation", "nations", "The nation it works in. Leave it out for the whole UK.", "england", sourced=True),
    _term("region", "regions", "The region it works in. Leave it out if there are several or no source says.", "london", sourced=True),
    _term("local_authorities", "local-authorities", "The council areas it serves.", "newham", many=True, sourced=True),
    _term("health_boards", "health-boards", "The NHS boards or trust areas it works in.", "nhs-fife", many=True, sourced=True),
    _text("area", "The place in words.", "Stratford, Newham", sourced=True),
    _term("coverage", "coverage", "How large an area it serves.", "several-sites", sourced=True),
    Field("sites", "group", "Places that a source names.", many=True, parts=SITE, sourced=True),
    _term("settings", "settings", "The kinds of health service.", "gp-practice", many=True, required=True, sourced=True),
    Field("partners", "group", "The organisations and what each does.", many=True, parts=PARTNER, sourced=True),
    _term("issues", "issues", "What people get help with.", "benefits", many=True, sourced=True),
    _term("delivery", "delivery", "How people and advisers are brought together.", "co-located", many=True, sourced=True),
    _term("advice_level", "advice-levels", "How far the help goes.", "casework", many=True, sourced=True),
    Field("referral", "group", "Who can refer, and how.", parts=REFERRAL, sourced=True),
    Field("funding", "group", "Who pays or paid.", many=True, parts=FUNDING, sourced=True),
    Field("outcomes", "group", "Figures that a source states.", many=True, parts=OUTCOME, sourced=True),
    Field("timeline", "group", "Dated events in its history.", many=True, parts=EVENT, sourced=True),
    Field("website", "url", "Its own web page.", "https://www.example.org/advice", sourced=True),
    _text("in_doubt", "Our words: which part of the test on the about page it may not meet, and who pays.", "No health body pays for it or takes part in running it."),
    _text("cautions", "Our words: what a reader should know before using the record.", "The latest source is a news item of 2013.", many=True),
    Field("sources", "group", "The pages and documents the record rests on.", many=True, required=True, parts=SOURCE),
    Field("first_listed", "date", "The day the record was first published here. It never changes.", "2026-11-24"),
    Field("last_changed", "date", "The day what it says last changed, if it has since. Feeds and editions go by it.", "2027-03-02"),
    Field("last_reviewed", "date", "The day someone last compared the record with its sources.", "2026-11-24", required=True),
)

NAME = (
    _text("family", "Family name.", "Woodhead"),
    _text("given", "Given names or initials.", "Charlotte"),
    _text("literal", "The name of an organisation, as one text."),
)
DIRECTION = tuple(
    _term(outcome, "directions", f"What the study found on {outcome}.", "positive")
    for outcome in (
        "financial", "mental-health", "physical-health", "wellbeing", "health-service-use",
        "clinician-time", "cost-effectiveness", "access-to-justice", "equity", "implementation",
    )
)

# Names with a hyphen or in capitals are those of CSL, the Citation Style Language, so that exports need no translation.
PUBLICATION = (
    Field("id", "id", "The publication's permanent name. It equals the file name.", "woodhead-2017-realist-qualitative", required=True),
    _term("type", "publication-types", "What kind of work it is, as CSL names it.", "article-journal", required=True),
    _text("title", "The title.", "Co-located welfare advice in general practice: a realist qualitative study", required=True),
    Field("author", "group", "The authors that the page seen shows.", many=True, parts=NAME),
    Field("authors_complete", "flag", "false if the page seen did not show all authors. Never complete a list by guess.", "false"),
    Field("issued", "any-date", "When it was published.", "2017-06"),
    _text("container-title", "The journal or book.", "British Journal of Psychiatry"),
    _text("volume", "Volume.", "211"),
    _text("issue", "Issue.", "6"),
    _text("page", "Pages.", "388-395"),
    _text("publisher", "The publisher.", "Royal College of Psychiatrists"),
    _text("DOI", "The digital object identifier.", "10.1192/bjp.bp.117.202713"),
    Field("URL", "url", "Where it can be read.", "https://doi.org/10.1192/bjp.bp.117.202713"),
    _term("country", "countries", "Where the study was done.", "england", required=True),
    _term("design", "designs", "How it was done.", "qualitative", required=True),
    _term("settings", "settings", "Health settings studied.", "gp-practice", many=True),
    _text("other_settings", "Settings outside the list, such as people's homes.", "people's homes", many=True),
    _term("issues", "issues", "Issue areas studied.", "benefits", many=True),
    _term("outcomes_studied", "study-outcomes", "What it looked at.", "wellbeing", many=True),
    _text("finding", "What it did and found, in our words.", required=True),
    Field("direction", "group", "What it found, outcome by outcome.", parts=DIRECTION),
    _text("results_seen", "no or partly, when the text seen did not show the results.", "partly"),
    Field("partnerships", "id", "Ids of the records it is about.", "hwc", many=True),
    _text("partnerships_named", "Partnerships it names that have no record here.", many=True),
    _text("open_access", "yes, no or unknown.", "yes"),
    Field("source_url", "url", "The page that was read.", "https://doi.org/10.1111/hsc.12453", required=True),
    Field("source_is_copy", "flag", "true if that page is a copy of a work published elsewhere.", "false", required=True),
    _text("note", "What a reader must know."),
)

FIGURE = (
    _text("what", "What was counted.", required=True),
    _text("as_written", "The figure as the source writes it.", required=True),
    Field("source", "id", "Ids of the sources that state it.", many=True, required=True),
)
SURVEY = (
    Field("id", "id", "The permanent name. It equals the file name.", required=True),
    _text("title", "The title of the survey or review.", required=True),
    _text("publisher", "Who did it.", required=True),
    Field("year", "year", "The year it describes.", required=True),
    _text("place", "The area it covers, as the source says.", required=True),
    _text("summary", "What it is, in one or two sentences.", required=True),
    Field("figures", "group", "Its figures.", many=True, parts=FIGURE),
    _text("findings", "What it found, in words.", many=True),
    _text("cautions", "What a reader must know before using it.", many=True),
    Field("sources", "group", "Where it was read.", many=True, parts=SOURCE, required=True),
)

PEOPLE = (
    _term("region", "regions", "The region.", "london", required=True),
    Field("people", "number", "How many people live there, as the source states.", "8866180", required=True),
)
POPULATION = (
    Field("id", "id", "The permanent name. It equals the file name.", required=True),
    _text("title", "The title of the estimates.", required=True),
    Field("date", "date", "The day they describe.", "2022-06-30", required=True),
    Field("regions", "group", "People by region.", many=True, parts=PEOPLE, required=True),
    _text("cautions", "What a reader must know before using them.", many=True),
    Field("sources", "group", "Where they were read.", many=True, parts=SOURCE, required=True),
)

# Lists that editors keep in one file each.
RETIRED = (
    Field("id", "id", "The id of the record that was taken out. It is never used again.", "newham-hub", required=True),
    _text("name", "The name the record had.", "Newham hub", required=True),
    Field("became", "id", "The id of the record that stands in its place, if there is one.", "newham-welfare-hub"),
    Field("date", "date", "The day it was taken out.", "2027-03-02", required=True),
    _text("why", "Why it was taken out, in a sentence that a reader of its old address sees.", "It was listed twice.", required=True),
)
RETIRED_LIST = (Field("retired", "group", "The records that were taken out or renamed.", many=True, parts=RETIRED),)
EXCLUSION = (
    Field("url", "url", "The web address that is not checked. One that ends in / stands for all below it.", "https://www.example.org/", required=True),
    _text("reason", "Why it is not checked.", "It answers programs with an error, and readers with the page.", required=True),
    Field("date", "date", "The day someone last looked at it by hand.", "2026-11-24", required=True),
)
EXCLUSION_LIST = (Field("exclusions", "group", "Outside links that are not checked.", many=True, parts=EXCLUSION),)

CASE_STUDY = (
    Field("partnership", "id", "The id of the record it is about. It equals the file name.", "newham-hub", required=True),
    _text("title", "A plain title that says what can be learned.", "An advice desk that outlived three funders", required=True),
    _text("summary", "One or two sentences.", "A hospital and an advice charity have shared a desk since 2009. This is how they paid for it.", required=True),
    Field("published", "date", "The day it was first published.", "2026-11-24", required=True),
    Field("updated", "date", "The day it last changed, if it has.", "2027-03-02"),
)
CASE_STUDY_SECTIONS = ("Background", "How it works", "What it achieved", "What was hard", "What others can learn")

SOURCED_FIELDS = tuple(field.name for field in RECORD if field.sourced)
