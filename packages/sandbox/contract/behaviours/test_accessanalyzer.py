"""Analyzers of access from outside: one an account and region."""

from slipway_contract import ContractTest, behaviour

_API = "https://docs.aws.amazon.com/access-analyzer/latest/APIReference"


class AccessAnalyzerTest(ContractTest):
    @behaviour(f"{_API}/API_CreateAnalyzer.html", alone=True)
    def test_one_is_enough(self):
        """An analyzer of external access is told with its tags; a second of the account and region is refused."""
        access, name = self.client("accessanalyzer"), self.name("outside")
        arn = access.create_analyzer(
            analyzerName=name, type="ACCOUNT", tags={"Contract": "yes"})["arn"]
        self.clean_up(access.delete_analyzer, analyzerName=name)
        self.refused("ConflictException", access.create_analyzer, analyzerName=name, type="ACCOUNT")
        self.refused("ServiceQuotaExceededException", access.create_analyzer,
                     analyzerName=self.name("again"), type="ACCOUNT")
        told = access.get_analyzer(analyzerName=name)["analyzer"]
        self.assertEqual((told["arn"], told["type"], told["tags"]),
                         (arn, "ACCOUNT", {"Contract": "yes"}))
        self.assertIn(arn, [a["arn"] for a in access.list_analyzers(type="ACCOUNT")["analyzers"]])
        access.tag_resource(resourceArn=arn, tags={"More": "1"})
        access.untag_resource(resourceArn=arn, tagKeys=["Contract"])
        self.assertEqual(access.list_tags_for_resource(resourceArn=arn)["tags"], {"More": "1"})
        access.delete_analyzer(analyzerName=name)
        self.refused("ResourceNotFoundException", access.get_analyzer, analyzerName=name)
