"""The measured promise: how many notes end where they should on texts others have edited."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
JUDGE = ROOT.parent / "shared/bench/anchoring/score.py"
CASES = JUDGE.with_name("dev.jsonl.gz")
# Kinds in which a note on wrong words has no excuse.
NONE_WRONG = ["near_twin", "noop", "pure_del", "replace_all", "short", "twin_del"]


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    if not CASES.exists():
        pytest.skip("the judge and its cases are not here (../shared/bench/anchoring)")
    report = tmp_path_factory.mktemp("judge") / "report.json"
    target = "annotations.anchoring:reanchor"
    subprocess.run(
        [sys.executable, JUDGE, target, "--cases", CASES, "--json", report],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    report = json.loads(report.read_text())
    assert report["errors"] == 0
    return report["rows"]


def test_nearly_every_note_is_placed_exactly(rows):
    assert rows["ALL"]["exact"] >= 0.997
    assert rows["real_heavy"]["exact"] >= 0.985


def test_hardly_any_note_is_on_wrong_words(rows):
    assert rows["ALL"]["wrong"] <= 0.0005
    assert {kind: rows[kind]["wrong"] for kind in NONE_WRONG} == dict.fromkeys(NONE_WRONG, 0.0)


def test_what_is_gone_is_told_and_only_that(rows):
    assert rows["ALL"]["orphan_recall"] >= 0.999
    assert rows["ALL"]["orphan_prec"] >= 0.985
