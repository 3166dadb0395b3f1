"""Every rule by name: its stable code and why it is there.

A code is never used again for another rule. PB00x: reading the file; PB01x-PB03x: the fields of
one record; PB04x: what a status asks for; PB05x: records that disagree; PB06x: the site.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the playbook: a stable ``code``, a ``name`` and, in one sentence, ``why``."""

    code: str
    name: str
    why: str


# Reading the file -------------------------------------------------------------------------------
UNREADABLE = Rule("PB001", "unreadable-file", "a file that cannot be read is a record nobody sees")
OUTSIDE = Rule(
    "PB002", "link-leaves-folder", "a link could publish a file that was never meant to be read"
)
NOT_UTF8 = Rule("PB003", "not-utf-8", "text in another encoding turns into other letters")
CONTROL_CHARACTER = Rule(
    "PB004", "control-character", "YAML allows no control characters, and nobody can see them"
)
NO_FRONT_MATTER = Rule(
    "PB005", "no-front-matter", "without front matter nothing says what kind of record this is"
)
UNCLOSED = Rule(
    "PB006", "unclosed-front-matter", "without its end, the whole text would be read as fields"
)
BROKEN_YAML = Rule("PB007", "broken-yaml", "from here on, nothing in the front matter can be read")
NOT_A_MAPPING = Rule(
    "PB008", "not-a-mapping", "front matter is a list of fields, each with a name and a value"
)
DUPLICATE_KEY = Rule(
    "PB009", "duplicate-key", "of two values only one would count, and nobody would know which"
)
ALIAS = Rule("PB010", "yaml-alias", "an alias hides a value from its reader and can grow unbounded")
TAG = Rule("PB011", "yaml-tag", "a tag asks the reader to build an object; records hold plain data")

# The fields of one record -----------------------------------------------------------------------
UNKNOWN_FIELD = Rule(
    "PB012",
    "unknown-field",
    "an unknown field is almost always a typing error, and its value would be lost",
)
UNKNOWN_KIND = Rule("PB013", "unknown-kind", "the kind decides which fields a record has")
UNKNOWN_STATUS = Rule("PB014", "unknown-status", "rollups count records by status")
NOT_ALLOWED = Rule("PB015", "not-allowed", "pages and rollups know these values and no others")
WRONG_TYPE = Rule("PB016", "wrong-type", "a value of another type would be read as something else")
BAD_DATE = Rule("PB017", "bad-date", "time-boxes are counted in days")
BAD_NUMBER = Rule("PB018", "bad-number", "a figure that is no number cannot be compared")
BAD_ID = Rule("PB019", "bad-id", "the file's name is the record's id and part of its address")
BAD_URL = Rule("PB020", "bad-url", "a reader follows a source with one click, so it must be safe")
EMPTY = Rule("PB021", "empty-value", "an empty value looks written and says nothing")
ORDER = Rule("PB022", "wrong-order", "an order that cannot be makes every figure from it wrong")
BAD_ARM = Rule("PB023", "bad-arm", "an arm can be compared only when it says what was counted")
TWO_ANSWERS = Rule("PB024", "two-answers", "two answers to one question contradict each other")
TIME_BOX = Rule(
    "PB025", "long-time-box", "a small experiment is decided soon; a long one turns into a project"
)
EXTENSION = Rule(
    "PB026", "extension-mismatch", "a moved end that nobody explained looks like it never moved"
)
SAME_ACTION = Rule(
    "PB027",
    "same-action",
    "if a rise and a fall lead to the same action, the metric decides nothing",
)
TOO_DEEP = Rule("PB028", "too-deep", "no field of a record is nested this deep")

# What a status asks for -------------------------------------------------------------------------
MISSING = Rule("PB040", "missing-field", "rigour grows with status: each step asks for a little")
ADVISED = Rule("PB041", "advised-field", "without it the result will be harder to believe")
CONCLUSION_EARLY = Rule(
    "PB042",
    "conclusion-too-early",
    "a status says where the work stands, a conclusion what came of it: never mix them",
)
NOT_REOPENED = Rule(
    "PB043",
    "not-reopened",
    "going back behind a decision is fine, but its reason must be on record",
)

# Records that disagree --------------------------------------------------------------------------
DUPLICATE_ID = Rule("PB050", "duplicate-id", "a link to this id could mean either record")
ALIAS_CLASH = Rule("PB051", "alias-clash", "an earlier id can lead to one record only")
DANGLING = Rule("PB052", "dangling-reference", "a relation to nothing is lost in every rollup")
WRONG_KIND = Rule("PB053", "wrong-kind", "the relation would mean nothing")
OLD_ID = Rule("PB054", "reference-by-old-id", "an alias keeps old links alive; records use the id")
CYCLE = Rule("PB055", "cycle", "a record cannot be its own ancestor, and rollups would never end")
ACTIVITY_METRIC = Rule(
    "PB056",
    "activity-as-measure",
    "activity shows that people are busy, not that anything got better for anyone: "
    "it can rise while the problem stays",
)
GUARDRAIL_IS_MEASURE = Rule(
    "PB057",
    "guardrail-is-measure",
    "a guardrail watches what must not get worse elsewhere; the measure cannot watch itself",
)
VERDICT_WITHOUT_EVIDENCE = Rule(
    "PB058", "verdict-without-evidence", "a verdict rests on a concluded experiment"
)
STATUS_CONTRADICTION = Rule(
    "PB059", "statuses-contradict", "readers see both records and cannot tell which is true"
)
RETIRED_METRIC = Rule(
    "PB060", "retired-metric", "work in progress should rest on a metric that is trusted today"
)

# The site ---------------------------------------------------------------------------------------
SAME_URL = Rule("PB070", "same-url", "of two pages with one address, readers would see only one")
BROKEN_LINK = Rule("PB071", "broken-link", "a link that leads nowhere stops the reader")
