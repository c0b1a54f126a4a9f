"""What AWS's models demand is found in recorded calls, in each protocol, and nothing else is."""

import base64
import json
import tempfile
import unittest
from pathlib import Path
from urllib.parse import urlencode

from slipway_contract.validation.record import Call, read
from slipway_contract.validation.validator import validate

_CLOUDFORMATION = "2010-05-15"


def call(service: str, protocol: str, request: bytes = b"", response: bytes = b"",
         status: int = 200, method: str = "POST", url: str = "/", target: str | None = None,
         headers: dict | None = None) -> Call:
    return Call(
        at="2026-11-25T00:00:00Z", method=method, url=url, service=service, region="us-east-1",
        operation="", protocol=protocol, faults=(),
        request_headers={"x-amz-target": target} if target else {}, request_body=request,
        status=status, response_headers=headers or {}, response_body=response)


def form(action: str, version: str, **fields: str) -> bytes:
    return urlencode({"Action": action, "Version": version, **fields}).encode()


class ValidationTest(unittest.TestCase):
    def found(self, recorded: Call) -> list[str]:
        """Path and kind of what is wrong."""
        return [f"{f.side} {f.path} {f.kind}".replace("  ", " ") for f in validate(recorded)]


class QueryTest(ValidationTest):
    def stacks(self, members: str, **fields: str) -> list[str]:
        return self.found(call(
            "cloudformation", "query", form("DescribeStacks", _CLOUDFORMATION, **fields),
            f"<DescribeStacksResponse><DescribeStacksResult><Stacks>{members}</Stacks>"
            "</DescribeStacksResult><ResponseMetadata/></DescribeStacksResponse>".encode()))

    good = ("<member><StackName>a</StackName><CreationTime>2026-11-25T00:00:00Z</CreationTime>"
            "<StackStatus>CREATE_COMPLETE</StackStatus>{}</member>")

    def test_a_right_call(self):
        self.assertEqual(self.stacks(self.good.format(
            "<Tags><member><Key>k</Key><Value>v</Value></member></Tags>"), StackName="a"), [])

    def test_wrong_answers(self):
        for inside, wanted in (
                ("<Owner>me</Owner>", "response Stacks[].Owner unknown member"),
                ("<DisableRollback>no</DisableRollback>",
                 "response Stacks[].DisableRollback wrong type"),
                ("<LastUpdatedTime>yesterday</LastUpdatedTime>",
                 "response Stacks[].LastUpdatedTime wrong type"),
                ("<Description></Description>", "response Stacks[].Description out of range"),
                ("<Tags><member><Key>k</Key></member></Tags>",
                 "response Stacks[].Tags[].Value missing member"),
                ("<Tags><item/></Tags>", "response Stacks[].Tags.item unknown member")):
            with self.subTest(inside):
                self.assertEqual(self.stacks(self.good.format(inside)), [wanted])
        self.assertEqual(self.stacks("<member><StackName>a</StackName><StackStatus>DONE"
                                     "</StackStatus></member>"), [
            "response Stacks[].CreationTime missing member",
            "response Stacks[].StackStatus not in enumeration"])

    def test_wrong_requests_that_were_taken(self):
        self.assertEqual(self.stacks("", StackNames="a"),
                         ["request StackNames unknown member"])
        taken = call("cloudformation", "query",
                     form("CreateStack", _CLOUDFORMATION, **{"Tags.member.1.Key": "k"}),
                     b"<CreateStackResponse><CreateStackResult/></CreateStackResponse>")
        self.assertEqual(self.found(taken), ["request StackName missing member",
                                             "request Tags[].Value missing member"])

    def test_refusals(self):
        def refused(code: str, status: int = 400, root: str = "ErrorResponse") -> list[str]:
            return self.found(call(
                "cloudformation", "query", form("CreateStack", _CLOUDFORMATION),
                f"<{root}><Error><Code>{code}</Code></Error></{root}>".encode(), status))

        self.assertEqual(refused("AlreadyExistsException"), [])
        self.assertEqual(refused("ValidationError"), [])
        self.assertEqual(refused("AlreadyExistsException", 409),
                         ["response AlreadyExistsException wrong status"])
        self.assertEqual(refused("NoIdea"), ["response NoIdea undeclared error"])
        self.assertEqual(refused("ValidationError", root="Oops"), ["response unparsable"])

    def test_no_such_operation(self):
        unknown = form("DescribeStackz", _CLOUDFORMATION)
        self.assertEqual(self.found(call("cloudformation", "query", unknown, b"<a/>")),
                         ["request unknown operation"])
        self.assertEqual(self.found(call("cloudformation", "query", unknown, b"<a/>", 400)), [])


class Ec2Test(ValidationTest):
    def test_lists_and_filters(self):
        def vpcs(body: str, **fields: str) -> list[str]:
            return self.found(call("ec2", "ec2", form("DescribeVpcs", "2016-11-15", **fields),
                                   f"<DescribeVpcsResponse><requestId>1</requestId>{body}"
                                   "</DescribeVpcsResponse>".encode()))

        item = "<vpcSet><item><vpcId>vpc-1</vpcId>{}</item></vpcSet>"
        self.assertEqual(vpcs(item.format("<state>available</state>"),
                              **{"Filter.1.Name": "vpc-id", "Filter.1.Value.1": "vpc-1"}), [])
        self.assertEqual(vpcs(item.format("<state>there</state>")),
                         ["response Vpcs[].State not in enumeration"])
        self.assertEqual(vpcs("", **{"Filters.1.Name": "vpc-id"}),
                         ["request Filters unknown member"])

    def test_refusals(self):
        refusal = call("ec2", "ec2", form("DeleteVpc", "2016-11-15", VpcId="vpc-1"),
                       b"<Response><Errors><Error><Code>DependencyViolation</Code></Error>"
                       b"</Errors></Response>", 400)
        self.assertEqual(self.found(refusal), [])


class JsonTest(ValidationTest):
    def secret(self, request: dict, response: dict, status: int = 200) -> list[str]:
        return self.found(call(
            "secretsmanager", "json", json.dumps(request).encode(),
            json.dumps(response).encode(), status, target="secretsmanager.GetSecretValue"))

    def test_bodies(self):
        self.assertEqual(self.secret({"SecretId": "a"}, {"Name": "a", "CreatedDate": 1.5}), [])
        self.assertEqual(self.secret({"SecretId": "a"}, {"CreatedDate": "2026-11-25T00:00:00Z"}),
                         ["response CreatedDate wrong type"])
        self.assertEqual(self.secret({"Id": "a"}, {"Age": 3}), [
            "request Id unknown member", "request SecretId missing member",
            "response Age unknown member"])

    def test_refusals(self):
        self.assertEqual(self.secret({}, {"__type": "ResourceNotFoundException"}, 400), [])
        self.assertEqual(self.secret({}, {"__type": "SecretTooSecret"}, 400),
                         ["response SecretTooSecret undeclared error"])
        self.assertEqual(self.secret({}, {"message": "no"}, 400), ["response unparsable"])


class CborTest(ValidationTest):
    def test_bodies(self):
        import cbor2

        def data(request: dict, response: dict) -> list[str]:
            return self.found(call(
                "monitoring", "cbor", cbor2.dumps(request), cbor2.dumps(response),
                url="/service/GraniteServiceVersion20100801/operation/GetMetricData"))

        time = cbor2.CBORTag(1, 1_700_000_000)
        request = {"StartTime": time, "EndTime": time,
                   "MetricDataQueries": [{"Id": "a", "Expression": "1"}]}
        self.assertEqual(data(request, {"MetricDataResults": [
            {"Id": "a", "Timestamps": [time], "Values": [1.0], "StatusCode": "Complete"}]}), [])
        self.assertEqual(data(request, {"MetricDataResults": [
            {"Id": "a", "Timestamps": [1], "Values": ["1"]}]}), [
            "response MetricDataResults[].Timestamps[] wrong type",
            "response MetricDataResults[].Values[] wrong type"])


class RestTest(ValidationTest):
    def test_rest_json(self):
        def cluster(response: dict, status: int = 200, url: str = "/clusters/a") -> list[str]:
            return self.found(call("eks", "rest-json", b"", json.dumps(response).encode(),
                                   status, "GET", url))

        self.assertEqual(cluster({"cluster": {"name": "a", "createdAt": 1.0}}), [])
        self.assertEqual(cluster({"cluster": {"nane": "a"}}),
                         ["response cluster.nane unknown member"])
        self.assertEqual(cluster({}, 201), ["response wrong status"])
        self.assertEqual(cluster({}, url="/clusterz/a"), ["request unknown operation"])
        self.assertEqual(cluster({"__type": "ResourceNotFoundException"}, 404), [])
        self.assertEqual(cluster({"__type": "ResourceNotFoundException"}, 400),
                         ["response ResourceNotFoundException wrong status"])

    def test_s3(self):
        listing = ("<ListBucketResult><Name>b</Name><KeyCount>{}</KeyCount><Contents><Key>k</Key>"
                   "<LastModified>2026-11-25T00:00:00.000Z</LastModified></Contents>"
                   "</ListBucketResult>")

        def listed(count: str, query: str = "list-type=2") -> list[str]:
            return self.found(call("s3", "rest-xml", b"", listing.format(count).encode(), 200,
                                   "GET", f"/bucket?{query}"))

        self.assertEqual(listed("1"), [])
        self.assertEqual(listed("one"), ["response KeyCount wrong type"])
        self.assertEqual(listed("1", "list-type=2&max-keys=many&depth=3"),
                         ["request MaxKeys wrong type", "request depth unknown member"])
        head = call("s3", "rest-xml", b"", b"", 200, "HEAD", "/bucket/a/b",
                    headers={"last-modified": "yesterday", "content-length": "1"})
        self.assertEqual(self.found(head), ["response LastModified wrong type"])
        self.assertEqual(self.found(call("s3", "rest-xml", b"", b"", 404, "HEAD", "/bucket/a")),
                         [])

    def test_route53(self):
        zone = call("route53", "rest-xml", b"", (
            b"<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>a.</Name>"
            b"<CallerReference>1</CallerReference></HostedZone></GetHostedZoneResponse>"),
            200, "GET", "/2013-04-01/hostedzone/Z1")
        self.assertEqual(self.found(zone), [])


class RecordTest(unittest.TestCase):
    def test_a_torn_line_is_left_out(self):
        line = json.dumps({
            "at": "", "method": "POST", "url": "/", "service": "sts", "region": "us-east-1",
            "operation": "", "protocol": "query", "faults": [], "requestHeaders": {},
            "requestBody": base64.b64encode(b"Action=GetCallerIdentity").decode(), "status": 0,
            "responseHeaders": {}})
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.jsonl").write_text(f"{line}\n{line[:40]}")
            calls = list(read(Path(folder)))
        self.assertEqual([c.form() for c in calls], [{"Action": "GetCallerIdentity"}])


if __name__ == "__main__":
    unittest.main()
