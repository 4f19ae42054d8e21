"""Every command says what it does to whoever asks."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(path.stem for path in ROOT.glob("*/management/commands/[!_]*.py"))


@pytest.mark.parametrize("command", COMMANDS)
def test_it_tells_what_it_does_and_how(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command(command, "--help", stdout=io.StringIO())
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert f" {command} " in said
    assert len(said.split("\n\n")[1]) > 40, "a sentence on what it does"
