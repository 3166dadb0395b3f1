"""``python -m outcome_playbook``: the same as ``playbook``."""

from outcome_playbook.cli import main

main()
