#!/usr/bin/env python
"""The archive's commands: ``uv run manage.py demo`` starts everything."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from archive.cluster import ClusterProblem


def main() -> None:
    """Run one command; what only the operator can mend is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    # Looking for garbage took a quarter of the time to migrate, and found next to none.
    gc.set_threshold(50_000, 20, 50)
    try:
        execute_from_command_line(sys.argv)
    except (ClusterProblem, ImproperlyConfigured) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
