#!/usr/bin/env python
"""The archive's commands: ``uv run manage.py demo`` starts everything."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from archive.cluster import ClusterProblem


def main() -> None:
    """Run one command; what only the operator can mend is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ClusterProblem, ImproperlyConfigured) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
