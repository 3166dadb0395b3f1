"""No record may be its own ancestor: outcome parents, supersedes, replaced_by."""

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.registry import Registry

_CHAINS = ("parent", "supersedes", "replaced_by")


def check(registry: Registry) -> None:
    """Report each circle once, at the record with the first id in it."""
    for chain in _CHAINS:
        edges = {
            source: [link.target for link in links if link.field == chain]
            for source, links in registry.links.items()
        }
        for circle in _circles({source: targets for source, targets in edges.items() if targets}):
            way = " → ".join(f"`{id_}`" for id_ in (*circle, circle[0]))
            registry.entries[circle[0]].file.report(
                catalogue.CYCLE,
                Severity.ERROR,
                told("`%(field)s` leads back to where it began: %(way)s", field=chain, way=way),
                told("take `%(field)s` out of one of them", field=chain),
                (chain,),
            )


def _circles(edges: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Return the circles that a walk along ``edges`` meets, each begun at its first id."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    done: set[str] = set()
    for start in sorted(edges):
        if start in done:
            continue
        way, on_way, choices = [start], {start}, [iter(edges[start])]
        while way:
            step = next(choices[-1], None)
            if step is None:
                on_way.discard(way[-1])
                done.add(way.pop())
                choices.pop()
            elif step in on_way:
                circle = way[way.index(step) :]
                first = circle.index(min(circle))
                found.setdefault(frozenset(circle), (*circle[first:], *circle[:first]))
            elif step in edges and step not in done:
                way.append(step)
                on_way.add(step)
                choices.append(iter(edges[step]))
    return sorted(found.values())
