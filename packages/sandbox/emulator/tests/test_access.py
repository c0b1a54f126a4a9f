"""Who may call, and that no caller makes this machine run a program."""

import io
import json
import unittest
import urllib.error
import urllib.request
import zipfile

from botocore.exceptions import ClientError

from tests.support import EmulatorTest


def a_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("main.py", "def handler(event, context):\n    return 'it ran'\n")
    return held.getvalue()


class AccessTest(EmulatorTest):
    def answer(self, method: str, path: str, headers: dict, body: dict | None = None) -> int:
        request = urllib.request.Request(
            self.emulator.url + path, method=method, headers=headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code

    def test_pages_of_other_sites_are_refused(self):
        paths = [("GET", "/", None), ("OPTIONS", "/", None), ("POST", "/_slipway/reset", {}),
                 ("POST", "/_ministack/reset", {}),
                 ("POST", "/?Action=CreateUser&UserName=stranger&Version=2010-05-08", {})]
        strangers = [{"Origin": "https://example.com"}, {"Origin": "null"},
                     {"Sec-Fetch-Site": "cross-site"}, {"Host": "rebound.example.com"}]
        self.emulator.client("s3").create_bucket(Bucket="stays")
        for headers in strangers:
            for method, path, body in paths:
                with self.subTest(headers=headers, path=path):
                    self.assertEqual(self.answer(method, path, headers, body), 403)
        self.assertEqual(self.emulator.client("iam").list_users()["Users"], [])
        self.emulator.client("s3").head_bucket(Bucket="stays")

    def test_programs_and_pages_of_this_machine_are_not(self):
        for headers in ({}, {"Origin": "http://localhost:3000"}, {"Host": "s3.amazonaws.com"}):
            with self.subTest(headers=headers):
                self.assertEqual(self.answer("GET", "/", headers), 200)

    def test_nobody_runs_a_program(self):
        with self.assertRaises(ClientError) as refused:
            self.emulator.client("lambda").create_function(
                FunctionName="f", Runtime="python3.11", Handler="main.handler",
                Role="arn:aws:iam::123456789012:role/r", Code={"ZipFile": a_zip()})
        self.assertEqual(refused.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)
        with self.assertRaises(ClientError):
            self.emulator.client("glue").create_job(
                Name="j", Role="r", Command={"Name": "pythonshell", "ScriptLocation": "s3://a/b"})
        services = self.emulator.control("GET", "health")["services"]
        for name in ("lambda", "glue", "ecs", "apigateway", "apigatewayv2"):
            self.assertIn(name, services["refused"])
        self.assertTrue({"s3", "rds", "eks", "route53"} <= set(services["emulated"]))

    def test_numbers_that_are_none_change_nothing(self):
        before = self.emulator.control("GET", "lag")
        for seconds in ("NaN", "Infinity", float("nan"), float("inf"), 1e308, -1, [1], "many"):
            with self.subTest(seconds=seconds):
                self.assertEqual(400, self.answer(
                    "POST", "/_slipway/lag", {}, {"kind": "rds", "seconds": seconds}))
        for times in (0, -1, float("inf"), float("nan"), "many"):
            with self.subTest(times=times):
                self.assertEqual(400, self.answer(
                    "POST", "/_slipway/fail", {}, {"type": "AWS::EC2::VPC", "times": times}))
        self.assertEqual(self.emulator.control("GET", "lag"), before)
        self.assertEqual(self.emulator.control("GET", "health")["faults"], [])


if __name__ == "__main__":
    unittest.main()
