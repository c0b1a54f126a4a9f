"""Tags on resources can be made active for costs."""

from tests.support import EmulatorTest


class CostTagsTest(EmulatorTest):
    def listed(self, **more) -> dict[str, str]:
        tags = self.emulator.client("ce").list_cost_allocation_tags(**more)["CostAllocationTags"]
        return {tag["TagKey"]: tag["Status"] for tag in tags}

    def test_what_is_used_can_be_made_active(self):
        self.emulator.client("sns", "us-west-2").create_topic(
            Name="tagged", Tags=[{"Key": "team", "Value": "one"}])
        self.assertEqual(self.listed(), {"team": "Inactive"})
        self.assertEqual(self.emulator.client("ce", account="210987654321")
                         .list_cost_allocation_tags()["CostAllocationTags"], [])
        errors = self.emulator.client("ce").update_cost_allocation_tags_status(
            CostAllocationTagsStatus=[{"TagKey": key, "Status": "Active"}
                                      for key in ("team", "nobody")])["Errors"]
        self.assertEqual([e["TagKey"] for e in errors], ["nobody"])
        self.emulator.wait_for_save()
        self.emulator.stop(kill=True)
        self.emulator.start()
        self.assertEqual(self.listed(Status="Active"), {"team": "Active"})
        self.assertEqual(self.listed(TagKeys=["other"]), {})
