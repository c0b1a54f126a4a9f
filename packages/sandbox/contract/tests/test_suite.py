"""What keeps the suite honest: pages, sentences, and a list of deviations that shrinks."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from slipway_contract import behaviour, marking
from slipway_contract.runner import load
from slipway_contract.validation import record, report

_PAGE = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html"


def _behaviours() -> type[unittest.TestCase]:
    """Where no runner finds them."""
    class Behaviours(unittest.TestCase):
        @behaviour(_PAGE)
        def test_right(self):
            """It holds."""

        def test_unmarked(self):
            """It holds."""

        @behaviour("https://example.com/page")
        def test_of_no_page(self):
            """It holds."""

        @behaviour(_PAGE)
        def test_two_sentences(self):
            """It holds. It does."""

    return Behaviours


class MarkingTest(unittest.TestCase):
    def test_problems(self):
        found = [problem.split(" ")[0].rpartition(".")[2] for name in (
            "test_right", "test_unmarked", "test_of_no_page", "test_two_sentences")
            for problem in marking.problems([_behaviours()(name)])]
        self.assertEqual(found, ["test_unmarked", "test_of_no_page", "test_two_sentences"])

    def test_every_behaviour_has_its_page(self):
        tests = load([])
        self.assertGreater(len(tests), 100)
        self.assertEqual(list(marking.problems(tests)), [])


class ReportTest(unittest.TestCase):
    wrong = json.dumps({
        "at": "", "method": "POST", "url": "/", "service": "secretsmanager",
        "region": "us-east-1", "operation": "", "protocol": "json", "faults": [],
        "requestHeaders": {"x-amz-target": "secretsmanager.ListSecrets"}, "requestBody": "e30=",
        "status": 200, "responseHeaders": {}, "responseBody": "eyJBIjoxfQ=="})
    key = "secretsmanager ListSecrets response A unknown member"

    def verdict(self, known: list[dict], complete: bool = True) -> bool:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "deviations.json").write_text(json.dumps(known))
            (folder / "calls.jsonl").write_text(f"{self.wrong}\n")
            with mock.patch.object(report, "DEVIATIONS", folder / "deviations.json"), \
                    contextlib.redirect_stdout(io.StringIO()):
                return report.report(folder, "contract", complete)

    def test_deviations(self):
        entry = {"key": self.key, "stage": "contract", "why": "for a test"}
        other = {**entry, "key": "s3 ListBuckets response - wrong status"}
        self.assertFalse(self.verdict([]))
        self.assertTrue(self.verdict([entry]))
        self.assertFalse(self.verdict([entry, other]))
        self.assertTrue(self.verdict([entry, other], complete=False))
        self.assertTrue(self.verdict([entry, {**other, "stage": "e2e"}]))


class RecordTest(unittest.TestCase):
    recorded = "0b1f8f60-5d0c-4a7e-9a55-0c1f6c1f2d3e.jsonl"

    def left(self, *names: str) -> list[str] | None:
        """What is left of a folder of these files; None without the folder itself."""
        with tempfile.TemporaryDirectory() as above:
            folder = Path(above) / "record"
            folder.mkdir()
            for name in names:
                (folder / name).write_text("")
            record.delete(folder)
            return sorted(f.name for f in folder.iterdir()) if folder.exists() else None

    def test_nothing_is_deleted_but_records(self):
        self.assertIsNone(self.left(self.recorded))
        self.assertEqual(self.left(self.recorded, "notes.txt", "mine.jsonl"),
                         ["mine.jsonl", "notes.txt"])
        record.delete(Path("/nonexistent"))


if __name__ == "__main__":
    unittest.main()
