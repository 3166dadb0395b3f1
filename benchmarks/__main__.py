"""``python -m benchmarks``: the costs that the playbook promises to keep, at their sizes."""

from __future__ import annotations

import sys

from benchmarks import commands, costs, finding, lists

BUILDS = (["--records", "2000", "--runs", "3"], ["--records", "10000", "--runs", "1", "--no-plain"])
LISTS = ["--records", "10000", "--lists", "2000", "--runs", "3"]


def main() -> None:
    """Run each size, the commands, lists and finding; what is given replaces sizes of builds."""
    given = sys.argv[1:]
    for arguments in [given] if given else BUILDS:
        sys.argv[1:] = arguments
        costs.main()
        print()
    if not given:
        sys.argv[1:] = []
        commands.main()
        print()
        sys.argv[1:] = LISTS
        lists.main()
        print()
        sys.argv[1:] = []
        sys.exit(finding.main())


main()
