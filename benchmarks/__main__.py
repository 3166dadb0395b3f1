"""``python -m benchmarks``: the costs that the playbook promises to keep, at their sizes."""

from __future__ import annotations

import sys

from benchmarks import costs

SIZES = (["--records", "2000", "--runs", "3"], ["--records", "10000", "--runs", "1", "--no-plain"])


def main() -> None:
    """Run each size; what is given on the command line replaces the sizes."""
    for arguments in [sys.argv[1:]] if sys.argv[1:] else SIZES:
        sys.argv[1:] = arguments
        costs.main()
        print()


main()
