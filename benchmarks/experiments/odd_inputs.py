"""Thirty-two odd files: which readers lose or change something and say nothing?

    python -m benchmarks.experiments.odd_inputs

Right is what the record model of this playbook wants: these fields and this body, or an error.
Blank lines before the body and whitespace at its end do not count. Where a reader may as well
refuse as read, both are right.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frontmatter
from mkdocs.utils import meta

from benchmarks import synthetic, turns
from benchmarks.experiments import strict_reader

Read = tuple[dict[str, Any], str]
Reader = Callable[[bytes], Read]
RIGHT, SILENT, NEEDLESS = "right", "lost or changed silently", "refused needlessly"
TITLE: dict[str, Any] = {"title": "A"}
BODY = "Body.\n"


@dataclass(frozen=True)
class Odd:
    """A file that is odd in one way, and what is right: fields and body, an error, or either."""

    family: str
    name: str
    data: bytes
    wanted: Read | None
    may_refuse: bool = False


def _odd(
    family: str,
    name: str,
    text: str | bytes,
    fields: dict[str, Any] | None = None,
    body: str = BODY,
    may_refuse: bool = False,
) -> Odd:
    data = text.encode() if isinstance(text, str) else text
    return Odd(family, name, data, None if fields is None else (fields, body), may_refuse)


TODAY = dt.date(2026, 11, 22)
EXAMPLE = "Write:\n\n```\n---\ntitle: B\n---\n```\n"
CASES = [
    _odd("never closed", "no closing line", "---\ntitle: A\n\nBody.\n"),
    _odd("never closed", "two dashes", "---\ntitle: A\n--\n\nBody.\n"),
    _odd("never closed", "closing line indented", "---\ntitle: A\n ---\n\nBody.\n"),
    _odd("never closed", "a rule in the body instead", "---\ntitle: A\n\nBody.\n\n---\n\nMore.\n"),
    _odd("closed otherwise", "three dots", "---\ntitle: A\n...\n\nBody.\n"),
    _odd("closed otherwise", "spaces after the dashes", "---\ntitle: A\n---  \n\nBody.\n", TITLE),
    _odd("closed otherwise", "comment on the first line", "--- # note\ntitle: A\n---\n\nBody.\n"),
    _odd("closed otherwise", "comment on the last line", "---\ntitle: A\n--- # end\n\nBody.\n"),
    _odd("before the block", "byte order mark", "\ufeff---\ntitle: A\n---\n\nBody.\n", TITLE),
    _odd(
        "before the block", "blank line", "\n---\ntitle: A\n---\n\nBody.\n", TITLE, may_refuse=True
    ),
    _odd("before the block", "HTML comment", "<!-- x -->\n---\ntitle: A\n---\n\nBody.\n"),
    _odd(
        "before the block", "two spaces", "  ---\ntitle: A\n---\n\nBody.\n", TITLE, may_refuse=True
    ),
    _odd("no mapping", "list", "---\n- title: A\n- status: draft\n---\n\nBody.\n"),
    _odd("no mapping", "words", "---\njust words\n---\n\nBody.\n"),
    _odd("no mapping", "empty", "---\n---\n\nBody.\n", {}),
    _odd("no mapping", "comment only", "---\n# to do\n---\n\nBody.\n", {}),
    _odd("keys and values", "key twice", "---\ntitle: A\ntitle: B\n---\n\nBody.\n"),
    _odd("keys and values", "tab as indent", "---\nrule:\n\tship_if: x\n---\n\nBody.\n"),
    _odd("keys and values", "impossible date", "---\nend: 2026-02-30\n---\n\nBody.\n"),
    _odd("keys and values", "quote not closed", '---\ntitle: "A\n---\n\nBody.\n'),
    _odd("YAML 1.1", "the word no", "---\nanswer: no\n---\n\nBody.\n", {"answer": "no"}),
    _odd("YAML 1.1", "leading nought", "---\ncode: 0123\n---\n\nBody.\n", {"code": "0123"}),
    _odd("YAML 1.1", "time of day", "---\nat: 12:30\n---\n\nBody.\n", {"at": "12:30"}),
    _odd("YAML 1.1", "key on", "---\non: 2026-11-22\n---\n\nBody.\n", {"on": TODAY}),
    _odd("bodies", "begins with code", "---\ntitle: A\n---\n\n    code\n", TITLE, "    code\n"),
    _odd("bodies", "begins with a rule", "---\ntitle: A\n---\n---\n\nB.\n", TITLE, "---\n\nB.\n"),
    _odd("bodies", "no block, Note:", "Note: a text\n\nBody.\n", {}, "Note: a text\n\nBody.\n"),
    _odd("bodies", "shows front matter", f"---\ntitle: A\n---\n\n{EXAMPLE}", TITLE, EXAMPLE),
    _odd("bytes and features", "CRLF", b"---\r\ntitle: A\r\n---\r\n\r\nBody.\r\n", TITLE),
    _odd("bytes and features", "NUL in the body", "---\ntitle: A\n---\n\nBo\0dy.\n"),
    _odd("bytes and features", "Latin-1", "---\ntitle: é\n---\n\nBody.\n".encode("latin-1")),
    _odd("bytes and features", "alias", "---\na: &x [1, 2]\nb: [*x, *x]\n---\n\nBody.\n"),
]


def by_mkdocs(data: bytes) -> Read:
    """As MkDocs reads a page: a byte order mark skipped, line ends made one."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    body, fields = meta.get_data(text)
    return fields, body


def by_library(data: bytes) -> Read:
    """As python-frontmatter reads a file: decoded, then its parse function."""
    fields, body = frontmatter.parse(data.decode("utf-8"))
    return fields, body


READERS: dict[str, Reader] = {
    "python-frontmatter": by_library,
    "strict reader": strict_reader.read,
    "MkDocs": by_mkdocs,
}


def _plain_body(body: str) -> str:
    lines = body.replace("\r\n", "\n").rstrip().split("\n")
    while lines and not lines[0].strip():
        del lines[0]
    return "\n".join(lines)


def verdict(case: Odd, reader: Reader) -> str:
    """What a reader does with a file."""
    try:
        fields, body = reader(case.data)
    except Exception:  # noqa: BLE001 - any error is a refusal, and is what we look for
        return RIGHT if case.wanted is None or case.may_refuse else NEEDLESS
    if case.wanted is None:
        return SILENT
    same = fields == case.wanted[0] and _plain_body(body) == _plain_body(case.wanted[1])
    return RIGHT if same else SILENT


def milliseconds(reader: Reader, files: list[bytes]) -> float:
    """Milliseconds a file over one pass."""
    return turns.seconds_of(lambda: [reader(data) for data in files]) * 1000 / len(files)


def main() -> None:
    """Print what each reader does with each file, the counts, and what reading costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="passes an arm, for the cost")
    parser.add_argument("--records", type=int, default=1000, help="files a pass, for the cost")
    options = parser.parse_args()
    verdicts = {name: [verdict(case, read) for case in CASES] for name, read in READERS.items()}
    signs = {RIGHT: ".", SILENT: "silent", NEEDLESS: "refused"}
    turns.print_table(
        ["file", *READERS],
        [
            [f"{case.family}: {case.name}", *(signs[verdicts[name][i]] for name in READERS)]
            for i, case in enumerate(CASES)
        ],
    )
    print()
    counts = {name: Counter(found) for name, found in verdicts.items()}
    head = ["reader", "files", *signs]
    rows = [
        [name, str(len(CASES)), *(str(counts[name][sign]) for sign in signs)] for name in READERS
    ]
    turns.print_table(head, rows)
    files = [record.text.encode() for record in synthetic.records(options.records, seed=1)]
    works = {name: lambda read=read: milliseconds(read, files) for name, read in READERS.items()}
    print()
    turns.print_arms(turns.take_turns(works, options.runs), "ms a whole file", 3)


if __name__ == "__main__":
    main()
