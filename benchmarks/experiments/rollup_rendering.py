"""Rows to an HTML table: straight by a template, or by way of Markdown?

    python -m benchmarks.experiments.rollup_rendering --rows 100 1000 10000 --runs 7

Both tables are compared cell by cell before anything is timed.
"""

from __future__ import annotations

import argparse
import random
from html.parser import HTMLParser

import jinja2
import markdown  # type: ignore[import-untyped]

from benchmarks import synthetic, turns

MARKDOWN, TEMPLATE = "by way of Markdown", "by template"
EXTENSIONS = [
    *("tables", "toc", "fenced_code", "attr_list", "md_in_html", "admonition", "def_list"),
    *("footnotes", "pymdownx.superfences", "pymdownx.details"),
]
AS_HTML = """\
<table>
<thead><tr><th>Record</th><th>Owner</th><th>Status</th><th>Due</th></tr></thead>
<tbody>
{% for row in rows -%}
<tr><td><a href="{{ row.url }}">{{ row.title }}</a></td><td>{{ row.owner }}</td>\
<td>{{ row.status }}</td><td>{{ row.due }}</td></tr>
{% endfor -%}
</tbody>
</table>
"""
AS_MARKDOWN = """\
| Record | Owner | Status | Due |
| --- | --- | --- | --- |
{% for row in rows -%}
| [{{ row.title|md }}]({{ row.url }}) | {{ row.owner|md }} | {{ row.status }} | {{ row.due }} |
{% endfor %}
"""
Row = dict[str, str]


def escape_markdown(text: str) -> str:
    """Keep a text from meaning anything in Markdown or HTML."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|" else sign for sign in text)


def make_rows(count: int) -> list[Row]:
    """Rows with signs in them that both ways have to escape."""
    words = synthetic.Words(1)
    draw = random.Random(1)  # noqa: S311 - no secret, only the same rows again
    signs = ["", " & co", " <b>", " | or", " *star*", " _under_", ' "quoted"', " [1]"]
    return [
        {
            "title": words.some(5).capitalize() + draw.choice(signs),
            "url": f"experiments/record-{number:05}/",
            "owner": words.some(2).capitalize() + draw.choice(signs),
            "status": draw.choice(["Planned", "Running", "Concluded"]),
            "due": f"2026-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        }
        for number in range(count)
    ]


class Cells(HTMLParser):
    """Collects the text of each cell and the target of each link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a cell, or note a link."""
        if tag in {"td", "th"}:
            self._in_cell = True
            self.found.append("")
        elif tag == "a":
            self.found[-1] += f"<{dict(attrs)['href']}>"

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        if tag in {"td", "th"}:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        """Add to the open cell."""
        if self._in_cell:
            self.found[-1] += data


def cells(html: str) -> list[str]:
    """The cells of a table, in order."""
    parser = Cells()
    parser.feed(html)
    parser.close()
    return parser.found


def main() -> None:
    """Compare the two tables, then time them, for each number of rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1000, 10000])
    parser.add_argument("--runs", type=int, default=7, help="runs an arm")
    options = parser.parse_args()
    plain = jinja2.Environment(autoescape=False)  # noqa: S701 - it writes Markdown, not HTML
    plain.filters["md"] = escape_markdown
    to_markdown = plain.from_string(AS_MARKDOWN)
    to_html = jinja2.Environment(autoescape=True).from_string(AS_HTML)
    for count in options.rows:
        rows = make_rows(count)

        def by_markdown(rows: list[Row] = rows) -> str:
            # MkDocs makes a converter for each page, so the clock includes it.
            converter = markdown.Markdown(extensions=EXTENSIONS)
            return str(converter.convert(to_markdown.render(rows=rows)))

        def by_template(rows: list[Row] = rows) -> str:
            return to_html.render(rows=rows)

        if cells(by_markdown()) != cells(by_template()):
            raise SystemExit("the two tables differ: nothing to compare")
        measured = turns.take_turns(
            {
                MARKDOWN: lambda work=by_markdown: turns.seconds_of(work),  # type: ignore[misc]
                TEMPLATE: lambda work=by_template: turns.seconds_of(work),  # type: ignore[misc]
            },
            options.runs,
        )
        print(f"{count} rows, {4 * (count + 1)} cells alike\n")
        turns.print_arms(measured, "seconds a page", 4)
        turns.print_effect(measured, MARKDOWN, TEMPLATE, 4)
        print()


if __name__ == "__main__":
    main()
