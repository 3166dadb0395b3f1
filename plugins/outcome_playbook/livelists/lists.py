"""The live lists of a playbook: each is read once, for the check and for the page it is on."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.told import NOTHING, told
from outcome_playbook.livelists.cells import MOST_CELLS, bound, cells
from outcome_playbook.livelists.finding import MOST_LISTS, NAME, Block, find_blocks, inline_in
from outcome_playbook.livelists.inline import read_inline
from outcome_playbook.livelists.keys import fence
from outcome_playbook.livelists.livelist import LiveList
from outcome_playbook.livelists.problems import ListProblem
from outcome_playbook.livelists.reading import read_block
from outcome_playbook.query import Evaluation
from outcome_playbook.registry import Registry

_MAY_HAVE_ONE: Final = re.compile(r"(?:```|~~~)[ \t]*playbook|playbook\.count")


@dataclass(frozen=True, slots=True)
class Read:
    """A block, the list that it asks for and what is wrong with it."""

    block: Block
    list: LiveList | None
    problems: tuple[ListProblem, ...]


class Lists:
    """Reads the live lists of one playbook.

    ``evaluate`` makes what answers its queries, which few pages need to be read. ``unread`` is how
    many records there are that the registry has not: where there are some, a list counts as if it
    found all it may show.
    """

    def __init__(
        self,
        registry: Registry,
        evaluate: Callable[[], Evaluation] | None = None,
        unread: int = 0,
    ) -> None:
        self.registry = registry
        self._evaluate = None if unread else evaluate
        self._records = len(registry.entries) + unread
        self._known: dict[str, LiveList] = {}

    @cached_property
    def evaluation(self) -> Evaluation | None:
        """What answers the queries."""
        return self._evaluate() if self._evaluate else None

    def problems_in(self, text: str, first_line: int) -> Iterator[ListProblem]:
        """Yield what is wrong with the live lists of a Markdown text; most texts have none."""
        if NAME not in text or not _MAY_HAVE_ONE.search(text):
            return
        for read in self.read(find_blocks(text, first_line)):
            yield from read.problems
        for line, inline in inline_in(text, first_line):
            yield from read_inline(inline, line, self.registry)[1]

    def read(self, blocks: Iterable[Block]) -> list[Read]:
        """Read the blocks of one page. There is no list where the page would be too large by it."""
        found = list(map(self._read, blocks))
        if sum(bound(one.list, self._records) for one in found if one.list) <= MOST_CELLS:
            return found
        above = 0.0
        for place, one in enumerate(found):
            if one.list is None:
                continue
            more = self._cells(one.list)
            if above + more > MOST_CELLS:
                problem = _too_many(one.block, more, above)
                found[place] = Read(one.block, None, (*one.problems, problem))
            else:
                above += more
        return found

    def _read(self, block: Block) -> Read:
        """Read a block; what is written alike, on whichever page, is the same list."""
        known = self._known.get(block.source) if block.is_closed else None
        if known is not None and block.number <= MOST_LISTS:
            return Read(block, known, ())
        one, problems = read_block(block, self.registry)
        if one is not None and not problems:
            self._known[block.source] = one
        return Read(block, one, tuple(problems))

    def _cells(self, one: LiveList) -> float:
        return cells(one, self.evaluation) if self.evaluation else bound(one, self._records)


def _too_many(block: Block, number: float, above: float) -> ListProblem:
    """Return what is wrong with a list that does not fit below those above it."""
    label = NOTHING
    if number < inf and above:
        label = told("%(number)s cells, below %(above)s", number=int(number), above=int(above))
    elif number < inf:
        label = told("%(number)s cells", number=int(number))
    return ListProblem(
        catalogue.PAGE_TOO_LARGE,
        told("with this list, those of the page have more than %(most)s cells", most=MOST_CELLS),
        told("name fewer `columns`, ask for fewer records by `limit`, or divide the page"),
        fence(block),
        label,
    )
