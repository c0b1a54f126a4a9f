"""How long resources take to be created, changed and deleted."""

# At scale 1, in seconds. Clusters and databases take longest, as on AWS, though far less.
_CREATE_WEIGHTS = {
    "AWS::EKS::Cluster": 20.0,
    "AWS::RDS::DBInstance": 12.0,
    "AWS::ElastiCache::ReplicationGroup": 10.0,
    "AWS::ElastiCache::GlobalReplicationGroup": 4.0,
    "AWS::RDS::DBCluster": 3.0,
    "AWS::EKS::Nodegroup": 8.0,
    "AWS::EC2::NatGateway": 5.0,
    "AWS::EC2::Instance": 4.0,
    "slipway::InstanceLossNoticed": 4.0,
    "slipway::Route53Change": 4.0,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": 5.0,
    "AWS::EKS::Addon": 3.0,
    "AWS::EC2::VPCEndpoint": 2.0,
    "AWS::IAM::InstanceProfile": 2.0,
    "AWS::IAM::Role": 1.0,
    "AWS::EC2::VPC": 0.6,
}
_DEFAULT_WEIGHT = 0.3
# What a service does with a database or a cache that is there, at the same scale.
_ACTION_WEIGHTS = {
    "rds.backup": 4.0,
    "rds.snapshot": 4.0,
    "rds.reboot": 2.0,
    "rds.stop": 4.0,
    "rds.start": 4.0,
    "rds.promote": 6.0,
    "rds.failover": 6.0,
    "rds.cluster-failover": 3.0,
    "rds.global-switchover": 8.0,
    "rds.global-failover": 6.0,
    "rds.global-resync": 8.0,
    "elasticache.failover": 3.0,
    "elasticache.replacement": 5.0,
    "elasticache.snapshot": 4.0,
    "elasticache.global": 5.0,
}
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

    def action_seconds(self, action: str) -> float:
        return _ACTION_WEIGHTS[action] * self.scale_seconds


pace = Pace()
