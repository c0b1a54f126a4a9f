"""Cost allocation tags: which tags tell costs apart. Only of a management account, or one without an organization."""

from slipway_contract import ContractTest, behaviour

_API = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference"


class CostTagTest(ContractTest):
    def setUp(self):
        super().setUp()
        self.costs = self.client("ce", "us-east-1")

    @behaviour(f"{_API}/API_ListCostAllocationTags.html")
    def test_unknown(self):
        """A tag that no resource has is not in the list."""
        self.assertEqual(self.costs.list_cost_allocation_tags(
            TagKeys=[self.name("none")])["CostAllocationTags"], [])

    @behaviour(f"{_API}/API_UpdateCostAllocationTagsStatus.html")
    def test_not_found(self):
        """What is not in the list cannot be made active, and the answer says so of that tag."""
        key = self.name("none")
        errors = self.costs.update_cost_allocation_tags_status(
            CostAllocationTagsStatus=[{"TagKey": key, "Status": "Active"}])["Errors"]
        self.assertEqual([e["TagKey"] for e in errors], [key])

    @behaviour(f"{_API}/API_ListCostAllocationTags.html")
    def test_filter(self):
        """The status asked for is that of all that is told."""
        for status in ("Active", "Inactive"):
            found = self.costs.list_cost_allocation_tags(Status=status)["CostAllocationTags"]
            self.assertLessEqual({tag["Status"] for tag in found}, {status})
