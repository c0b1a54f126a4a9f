"""What carries a tag is found by it, in its region, for as long as it is there."""

from slipway_contract import ContractTest, behaviour

_API = "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference"


class FindTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.tag = {"Key": "slipway-contract", "Value": self.name("tag")}
        self.ec2 = self.client("ec2")

    def found(self, region: str | None = None, **more) -> list[str]:
        tagging = self.client("resourcegroupstaggingapi", region)
        pages = tagging.get_paginator("get_resources").paginate(
            TagFilters=[{"Key": self.tag["Key"], "Values": [self.tag["Value"]]}], **more)
        return [each["ResourceARN"] for page in pages for each in page["ResourceTagMappingList"]]

    def topic(self, label: str, region: str | None = None) -> str:
        sns = self.client("sns", region)
        arn = sns.create_topic(Name=self.name(label), Tags=[self.tag])["TopicArn"]
        self.clean_up(sns.delete_topic, TopicArn=arn)
        return arn

    @behaviour(f"{_API}/API_GetResources.html")
    def test_region(self):
        """A resource is found in its own region only."""
        here, there = self.topic("here"), self.topic("there", self.second_region)
        self.wait_for("the index", lambda: here in self.found())
        self.wait_for("the other index", lambda: there in self.found(self.second_region))
        self.assertNotIn(there, self.found())

    @behaviour(f"{_API}/API_GetResources.html")
    def test_pages(self):
        """With pages of one, every resource is found once."""
        made = {self.topic(label) for label in ("one", "two", "three")}
        self.wait_for("the index", lambda: made <= set(self.found()))
        paged = self.found(ResourcesPerPage=1)
        self.assertEqual(sorted(paged), sorted(made))

    @behaviour(f"{_API}/API_GetResources.html")
    def test_deleted(self):
        """A volume that is deleted is not found any more, after a while."""
        zone = self.ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
        volume = self.ec2.create_volume(
            AvailabilityZone=zone, Size=1,
            TagSpecifications=[{"ResourceType": "volume", "Tags": [self.tag]}])["VolumeId"]
        self.clean_up(self.ec2.delete_volume, VolumeId=volume)
        self.wait_for("the index", lambda: any(volume in arn for arn in self.found()))
        self.wait_for("the volume", lambda: self.ec2.describe_volumes(
            VolumeIds=[volume])["Volumes"][0]["State"] == "available")
        self.ec2.delete_volume(VolumeId=volume)
        self.wait_for("it is gone", lambda: not self.found(), minutes=15)

    @behaviour(f"{_API}/API_GetResources.html")
    def test_untagged(self):
        """A resource whose tag was taken away is not found by it."""
        arn = self.topic("untagged")
        self.wait_for("the index", lambda: arn in self.found())
        self.client("sns").untag_resource(ResourceArn=arn, TagKeys=[self.tag["Key"]])
        self.wait_for("it is not found", lambda: arn not in self.found())
