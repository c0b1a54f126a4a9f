"""How long resources take to be created, changed and deleted."""

# At scale 1, in seconds. Clusters and databases take longest, as on AWS, though far less.
_CREATE_WEIGHTS = {
    "AWS::EKS::Cluster": 20.0,
    "AWS::RDS::DBInstance": 16.0,
    "AWS::EKS::Nodegroup": 8.0,
    "AWS::EC2::NatGateway": 5.0,
    "AWS::EC2::Instance": 4.0,
    "slipway::InstanceLossNoticed": 4.0,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": 5.0,
    "AWS::EKS::Addon": 3.0,
    "AWS::EC2::VPCEndpoint": 2.0,
    "AWS::IAM::InstanceProfile": 2.0,
    "AWS::IAM::Role": 1.0,
    "AWS::EC2::VPC": 0.6,
}
_DEFAULT_WEIGHT = 0.3
_UPDATE_SHARE = 0.5
_DELETE_SHARE = 0.4


class Pace:
    def __init__(self) -> None:
        self.scale_seconds = 0.0

    def create_seconds(self, resource_type: str) -> float:
        return _CREATE_WEIGHTS.get(resource_type, _DEFAULT_WEIGHT) * self.scale_seconds

    def update_seconds(self, resource_type: str) -> float:
        return self.create_seconds(resource_type) * _UPDATE_SHARE

    def delete_seconds(self, resource_type: str) -> float:
        return self.create_seconds(resource_type) * _DELETE_SHARE


pace = Pace()
