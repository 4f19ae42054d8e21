"""What reads strangers' files is loaded by the processes that read them, and by no other."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READING = "trafilatura lxml pypdfium2 mammoth openpyxl bibtexparser articles.importing.opening"
LOADED = f"""
import django
django.setup()
import archive.urls, sys
print(*(name for name in {READING.split()} if name in sys.modules))
"""


def test_neither_a_command_nor_the_web_server_loads_the_readers() -> None:
    """They would take a third of the time that any command needs to start."""
    program = [sys.executable, "-c", LOADED]
    answer = subprocess.run(
        program, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.split() == []
