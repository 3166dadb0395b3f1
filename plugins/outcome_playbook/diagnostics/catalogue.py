"""Every rule by name: its stable code and why it is there.

A code is never used again for another rule. PB00x and PB030: reading the file; PB01x-PB02x: the
fields of one record; PB04x: what a status asks for; PB05x: records that disagree; PB07x: the site;
PB08x: live lists.
"""

from dataclasses import dataclass

from outcome_playbook.diagnostics.told import term


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the playbook: a stable ``code``, a ``name`` and, in one sentence, ``why``."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Stands above the rules of one sort, with what they are about."""

    title: str


# Reading the file -------------------------------------------------------------------------------
READING = Group(term("Reading the file"))
UNREADABLE = Rule(
    "PB001", term("unreadable file"), term("a file that cannot be read is a record nobody sees")
)
OUTSIDE = Rule(
    "PB002",
    term("link leaves folder"),
    term("a link could publish a file that was never meant to be read"),
)
NOT_UTF8 = Rule(
    "PB003", term("not UTF-8"), term("text in another encoding turns into other letters")
)
CONTROL_CHARACTER = Rule(
    "PB004",
    term("control character"),
    term("YAML allows no control characters, and nobody can see them"),
)
NO_FRONT_MATTER = Rule(
    "PB005",
    term("no front matter"),
    term("without front matter nothing says what kind of record this is"),
)
UNCLOSED = Rule(
    "PB006",
    term("unclosed front matter"),
    term("without its end, the whole text would be read as fields"),
)
BROKEN_YAML = Rule(
    "PB007", term("broken YAML"), term("from here on, nothing in the front matter can be read")
)
NOT_A_MAPPING = Rule(
    "PB008",
    term("not a mapping"),
    term("front matter is a list of fields, each with a name and a value"),
)
DUPLICATE_KEY = Rule(
    "PB009",
    term("duplicate key"),
    term("of two values only one would count, and nobody would know which"),
)
ALIAS = Rule(
    "PB010",
    term("YAML alias"),
    term("an alias hides a value from its reader and can grow unbounded"),
)
TAG = Rule(
    "PB011",
    term("YAML tag"),
    term("a tag asks the reader to build an object; records hold plain data"),
)
UNFINISHED_MERGE = Rule(
    "PB030",
    term("unfinished merge"),
    term("two versions of a record cannot both be true, and git leaves the choice to people"),
)

# The fields of one record -----------------------------------------------------------------------
FIELDS = Group(term("The fields of one record"))
UNKNOWN_FIELD = Rule(
    "PB012",
    term("unknown field"),
    term("an unknown field is almost always a typing error, and its value would be lost"),
)
UNKNOWN_KIND = Rule(
    "PB013", term("unknown kind"), term("the kind decides which fields a record has")
)
UNKNOWN_STATUS = Rule("PB014", term("unknown status"), term("rollups count records by status"))
NOT_ALLOWED = Rule(
    "PB015", term("not allowed"), term("pages and rollups know these values and no others")
)
WRONG_TYPE = Rule(
    "PB016", term("wrong type"), term("a value of another type would be read as something else")
)
BAD_DATE = Rule("PB017", term("bad date"), term("time-boxes are counted in days"))
BAD_NUMBER = Rule(
    "PB018", term("bad number"), term("a figure that is no number cannot be compared")
)
BAD_ID = Rule(
    "PB019", term("bad id"), term("the file's name is the record's id and part of its address")
)
BAD_URL = Rule(
    "PB020", term("bad URL"), term("a reader follows a source with one click, so it must be safe")
)
EMPTY = Rule("PB021", term("empty value"), term("an empty value looks written and says nothing"))
ORDER = Rule(
    "PB022", term("wrong order"), term("an order that cannot be makes every figure from it wrong")
)
BAD_ARM = Rule(
    "PB023", term("bad arm"), term("an arm can be compared only when it says what was counted")
)
TWO_ANSWERS = Rule(
    "PB024", term("two answers"), term("two answers to one question contradict each other")
)
TIME_BOX = Rule(
    "PB025",
    term("long time box"),
    term("a small experiment is decided soon; a long one turns into a project"),
)
EXTENSION = Rule(
    "PB026",
    term("extension mismatch"),
    term("a moved end that nobody explained looks like it never moved"),
)
SAME_ACTION = Rule(
    "PB027",
    term("same action"),
    term("if a rise and a fall lead to the same action, the metric decides nothing"),
)
TOO_DEEP = Rule("PB028", term("too deep"), term("no field of a record is nested this deep"))

# What a status asks for -------------------------------------------------------------------------
ASKED = Group(term("What a status asks for"))
MISSING = Rule(
    "PB040", term("missing field"), term("rigour grows with status: each step asks for a little")
)
ADVISED = Rule(
    "PB041", term("advised field"), term("without it the result will be harder to believe")
)
CONCLUSION_EARLY = Rule(
    "PB042",
    term("conclusion too early"),
    term("a status says where the work stands, a conclusion what came of it: never mix them"),
)
NOT_REOPENED = Rule(
    "PB043",
    term("not reopened"),
    term("going back behind a decision is fine, but its reason must be on record"),
)
ILLEGAL_STEP = Rule(
    "PB044",
    term("skipped status"),
    term("a step that was left out is a plan or a decision that nobody could read in time"),
)

# Records that disagree --------------------------------------------------------------------------
TOGETHER = Group(term("Records that disagree"))
DUPLICATE_ID = Rule(
    "PB050", term("duplicate id"), term("a link to this id could mean either record")
)
ALIAS_CLASH = Rule("PB051", term("alias clash"), term("an earlier id can lead to one record only"))
DANGLING = Rule(
    "PB052", term("dangling reference"), term("a relation to nothing is lost in every rollup")
)
WRONG_KIND = Rule("PB053", term("wrong kind"), term("the relation would mean nothing"))
OLD_ID = Rule(
    "PB054", term("reference by old id"), term("an alias keeps old links alive; records use the id")
)
CYCLE = Rule(
    "PB055", term("cycle"), term("a record cannot be its own ancestor, and rollups would never end")
)
ACTIVITY_METRIC = Rule(
    "PB056",
    term("activity as measure"),
    term(
        "activity shows that people are busy, not that anything got better for anyone: "
        "it can rise while the problem stays"
    ),
)
GUARDRAIL_IS_MEASURE = Rule(
    "PB057",
    term("guardrail is measure"),
    term("a guardrail watches what must not get worse elsewhere; the measure cannot watch itself"),
)
VERDICT_WITHOUT_EVIDENCE = Rule(
    "PB058", term("verdict without evidence"), term("a verdict rests on a concluded experiment")
)
STATUS_CONTRADICTION = Rule(
    "PB059",
    term("statuses contradict"),
    term("readers see both records and cannot tell which is true"),
)
RETIRED_METRIC = Rule(
    "PB060",
    term("retired metric"),
    term("work in progress should rest on a metric that is trusted today"),
)

# The site ---------------------------------------------------------------------------------------
SITE = Group(term("The site"))
SAME_URL = Rule(
    "PB070", term("same URL"), term("of two pages with one address, readers would see only one")
)
BROKEN_LINK = Rule("PB071", term("broken link"), term("a link that leads nowhere stops the reader"))

# Live lists -------------------------------------------------------------------------------------
LISTS = Group(term("Live lists"))
QUERY_SYNTAX = Rule(
    "PB080",
    term("query not understood"),
    term("a question that can be read in two ways gets an answer that nobody can trust"),
)
QUERY_FIELD = Rule(
    "PB081",
    term("unknown field in a query"),
    term("no record has it, so the list would be empty and nobody would notice"),
)
QUERY_VALUE = Rule(
    "PB082",
    term("value unfit in a query"),
    term("no record can be like that, so the list would be empty and nobody would notice"),
)
QUERY_NAME = Rule(
    "PB083",
    term("name nobody has"),
    term("a list that is empty because of a slip looks like one that is empty for good"),
)
LIST_UNREADABLE = Rule(
    "PB084",
    term("unreadable list"),
    term("a list that is half understood shows other records than its author meant"),
)
LIST_TOO_LARGE = Rule(
    "PB085",
    term("list too large"),
    term("nobody reads so long a list, and everybody waits until the site is built"),
)
PAGE_TOO_LARGE = Rule(
    "PB086",
    term("lists too large together"),
    term("limits that a page may all use at once would make it slow to build and to open"),
)


def grouped() -> dict[Group, list[Rule]]:
    """Return every rule below the group that stands above it in this module."""
    found: dict[Group, list[Rule]] = {}
    for value in list(globals().values()):
        if isinstance(value, Group):
            found[value] = []
        elif isinstance(value, Rule):
            found[list(found)[-1]].append(value)
    return found
