"""Service Quotas: how many of a thing an account may have in a region."""

from slipway_contract import ContractTest, behaviour

_API = "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference"
_EC2 = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference"
_VPCS = {"ServiceCode": "vpc", "QuotaCode": "L-F678F1CE"}
_ADDRESSES = {"ServiceCode": "ec2", "QuotaCode": "L-0263D0A3"}


class QuotaTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.quotas = self.client("service-quotas")

    @behaviour(f"{_API}/API_GetServiceQuota.html")
    def test_applied(self):
        """What the account may have is at least what AWS gives every account, and more only of
        what can be asked for."""
        for asked in (_VPCS, _ADDRESSES, {"ServiceCode": "eks", "QuotaCode": "L-1194D53C"},
                      {"ServiceCode": "rds", "QuotaCode": "L-7B6409FD"}):
            with self.subTest(**asked):
                usual = self.quotas.get_aws_default_service_quota(**asked)["Quota"]
                quota = self.quotas.get_service_quota(**asked)["Quota"]
                self.assertGreaterEqual(quota["Value"], usual["Value"])
                self.assertEqual(quota["QuotaName"], usual["QuotaName"])
                self.assertTrue(quota["Adjustable"])
                self.assertFalse(quota["GlobalQuota"])
                self.assertRegex(quota["QuotaArn"], rf":{asked['ServiceCode']}/{asked['QuotaCode']}$")

    @behaviour("https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html")
    def test_usual(self):
        """Every account begins with 5 VPCs and 5 Elastic IPs a region."""
        for asked in (_VPCS, _ADDRESSES):
            self.assertEqual(
                self.quotas.get_aws_default_service_quota(**asked)["Quota"]["Value"], 5)

    @behaviour(f"{_API}/API_ListServiceQuotas.html")
    def test_listed(self):
        """A quota of a service is in its list, as it is told alone."""
        pages = self.quotas.get_paginator("list_service_quotas").paginate(
            ServiceCode="vpc", PaginationConfig={"PageSize": 10})
        found = [q for page in pages for q in page["Quotas"]
                 if q["QuotaCode"] == _VPCS["QuotaCode"]]
        self.assertEqual([q["Value"] for q in found],
                         [self.quotas.get_service_quota(**_VPCS)["Quota"]["Value"]])

    @behaviour(f"{_API}/API_GetServiceQuota.html")
    def test_unknown(self):
        """A quota or service that is not there is refused."""
        for asked in ({**_VPCS, "QuotaCode": "L-00000000"}, {**_VPCS, "ServiceCode": "no-such"}):
            self.refused("NoSuchResourceException", self.quotas.get_service_quota, **asked)
        self.refused("NoSuchResourceException", self.quotas.list_service_quotas,
                     ServiceCode="no-such")

    @behaviour(f"{_EC2}/API_DescribeAccountAttributes.html")
    def test_attributes(self):
        """EC2 tells how many Elastic IPs the account may have, and its default VPC or none."""
        attributes = {a["AttributeName"]: [v["AttributeValue"] for v in a["AttributeValues"]]
                      for a in self.client("ec2").describe_account_attributes()["AccountAttributes"]}
        self.assertGreaterEqual(int(attributes["vpc-max-elastic-ips"][0]), 5)
        self.assertRegex(attributes["default-vpc"][0], r"^(none|vpc-[0-9a-f]+)$")
        only = self.client("ec2").describe_account_attributes(AttributeNames=["default-vpc"])
        self.assertEqual([a["AttributeName"] for a in only["AccountAttributes"]], ["default-vpc"])
