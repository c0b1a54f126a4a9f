"""Templates the tests deploy."""


def ref(name: str) -> dict:
    return {"Ref": name}


def attribute(name: str, member: str) -> dict:
    return {"Fn::GetAtt": [name, member]}


def resource(kind: str, properties: dict | None = None, **more) -> dict:
    return {"Type": kind, **({"Properties": properties} if properties else {}), **more}


def assume(service: str) -> dict:
    return {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}


def small() -> dict:
    """A VPC, a subnet in it, and a log group: three resources, two in a row."""
    return {"Resources": {
        "Vpc": resource("AWS::EC2::VPC", {"CidrBlock": "10.7.0.0/16"}),
        "Subnet": resource("AWS::EC2::Subnet", {
            "VpcId": ref("Vpc"), "CidrBlock": "10.7.1.0/24", "AvailabilityZone": "us-east-1a"}),
        "Logs": resource("AWS::Logs::LogGroup", {"RetentionInDays": 30}),
    }, "Outputs": {"VpcId": {"Value": ref("Vpc")}}}


def platform(name: str) -> dict:
    """One resource of every type that is emulated, wired as an environment wires them."""
    tags = [{"Key": "slipway:environment", "Value": name}]
    cluster, namespace = ref("Cluster"), "system"
    resources = {
        "Vpc": resource("AWS::EC2::VPC", {
            "CidrBlock": "10.20.0.0/16", "EnableDnsHostnames": True, "Tags": tags}),
        "Internet": resource("AWS::EC2::InternetGateway"),
        "Attachment": resource("AWS::EC2::VPCGatewayAttachment", {
            "VpcId": ref("Vpc"), "InternetGatewayId": ref("Internet")}),
        "PublicA": resource("AWS::EC2::Subnet", {
            "VpcId": ref("Vpc"), "CidrBlock": "10.20.1.0/24", "AvailabilityZone": "us-east-1a",
            "MapPublicIpOnLaunch": True}),
        "PublicB": resource("AWS::EC2::Subnet", {
            "VpcId": ref("Vpc"), "CidrBlock": "10.20.2.0/24", "AvailabilityZone": "us-east-1b"}),
        "PublicTable": resource("AWS::EC2::RouteTable", {"VpcId": ref("Vpc")}),
        "PublicRoute": resource("AWS::EC2::Route", {
            "RouteTableId": ref("PublicTable"), "DestinationCidrBlock": "0.0.0.0/0",
            "GatewayId": ref("Internet")}, DependsOn="Attachment"),
        "PublicAssociation": resource("AWS::EC2::SubnetRouteTableAssociation", {
            "RouteTableId": ref("PublicTable"), "SubnetId": ref("PublicA")}),
        "Address": resource("AWS::EC2::EIP", {"Domain": "vpc", "Tags": tags}),
        "Nat": resource("AWS::EC2::NatGateway", {
            "AllocationId": attribute("Address", "AllocationId"), "SubnetId": ref("PublicA"),
            "Tags": tags}, DependsOn="PublicRoute"),
        "ClusterGroup": resource("AWS::EC2::SecurityGroup", {
            "GroupDescription": "cluster", "VpcId": ref("Vpc")}),
        "DatabaseGroup": resource("AWS::EC2::SecurityGroup", {
            "GroupDescription": "database", "VpcId": ref("Vpc"),
            "SecurityGroupEgress": [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1,
                                     "CidrIp": "127.0.0.1/32"}]}),
        "DatabaseIn": resource("AWS::EC2::SecurityGroupIngress", {
            "GroupId": ref("DatabaseGroup"), "IpProtocol": "tcp", "FromPort": 5432,
            "ToPort": 5432, "SourceSecurityGroupId": attribute("ClusterGroup", "GroupId")}),
        "ClusterOut": resource("AWS::EC2::SecurityGroupEgress", {
            "GroupId": ref("ClusterGroup"), "IpProtocol": "tcp", "FromPort": 5432,
            "ToPort": 5432, "DestinationSecurityGroupId": ref("DatabaseGroup")}),
        "FlowLogs": resource("AWS::Logs::LogGroup", {"RetentionInDays": 30}),
        "FlowRole": resource("AWS::IAM::Role", {
            "AssumeRolePolicyDocument": assume("vpc-flow-logs.amazonaws.com")}),
        "FlowPolicy": resource("AWS::IAM::Policy", {
            "PolicyName": "write", "Roles": [ref("FlowRole")], "PolicyDocument": {
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}]}}),
        "FlowLog": resource("AWS::EC2::FlowLog", {
            "ResourceType": "VPC", "ResourceId": ref("Vpc"), "TrafficType": "ALL",
            "LogGroupName": ref("FlowLogs"),
            "DeliverLogsPermissionArn": attribute("FlowRole", "Arn"), "Tags": tags}),
        "Endpoint": resource("AWS::EC2::VPCEndpoint", {
            "VpcId": ref("Vpc"), "ServiceName": "com.amazonaws.us-east-1.s3",
            "RouteTableIds": [ref("PublicTable")]}),
        "Acl": resource("AWS::EC2::NetworkAcl", {"VpcId": ref("Vpc"), "Tags": tags}),
        "AclEntry": resource("AWS::EC2::NetworkAclEntry", {
            "NetworkAclId": ref("Acl"), "RuleNumber": 100, "Protocol": 6, "RuleAction": "allow",
            "Egress": False, "CidrBlock": "10.20.0.0/16", "PortRange": {"From": 443, "To": 443}}),
        "AclAssociation": resource("AWS::EC2::SubnetNetworkAclAssociation", {
            "NetworkAclId": ref("Acl"), "SubnetId": ref("PublicB")}),
        "LaunchTemplate": resource("AWS::EC2::LaunchTemplate", {"LaunchTemplateData": {
            "MetadataOptions": {"HttpTokens": "required"}}}),
        "Key": resource("AWS::KMS::Key", {
            "EnableKeyRotation": True, "Tags": tags, "KeyPolicy": {
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*",
                    "Resource": "*"}]}}),
        "KeyAlias": resource("AWS::KMS::Alias", {
            "AliasName": f"alias/{name}", "TargetKeyId": ref("Key")}),
        "ClusterRole": resource("AWS::IAM::Role", {
            "AssumeRolePolicyDocument": assume("eks.amazonaws.com"), "Tags": tags}),
        "NodeRole": resource("AWS::IAM::Role", {
            "AssumeRolePolicyDocument": assume("ec2.amazonaws.com")}),
        "NodeProfile": resource("AWS::IAM::InstanceProfile", {"Roles": [ref("NodeRole")]}),
        "Managed": resource("AWS::IAM::ManagedPolicy", {"PolicyDocument": {
            "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}}),
        "Cluster": resource("AWS::EKS::Cluster", {
            "Name": name, "Version": "1.34", "RoleArn": attribute("ClusterRole", "Arn"),
            "ResourcesVpcConfig": {"SubnetIds": [ref("PublicA"), ref("PublicB")],
                                   "SecurityGroupIds": [ref("ClusterGroup")]},
            "EncryptionConfig": [{"Resources": ["secrets"],
                                  "Provider": {"KeyArn": attribute("Key", "Arn")}}],
            "AccessConfig": {"AuthenticationMode": "API_AND_CONFIG_MAP"},
            "Logging": {"ClusterLogging": {"EnabledTypes": [{"Type": "audit"}]}},
            "Tags": tags}),
        "Nodes": resource("AWS::EKS::Nodegroup", {
            "ClusterName": cluster, "NodeRole": attribute("NodeRole", "Arn"),
            "Subnets": [ref("PublicA"), ref("PublicB")], "InstanceTypes": ["t3.medium"],
            "CapacityType": "SPOT",
            "ScalingConfig": {"MinSize": 1, "DesiredSize": 2, "MaxSize": 20},
            "Tags": {"slipway:environment": name}}),
        "Addon": resource("AWS::EKS::Addon", {
            "ClusterName": cluster, "AddonName": "vpc-cni", "Tags": tags}),
        "Access": resource("AWS::EKS::AccessEntry", {
            "ClusterName": cluster, "PrincipalArn": attribute("NodeRole", "Arn"),
            "AccessPolicies": [{
                "PolicyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
                "AccessScope": {"Type": "namespace", "Namespaces": [namespace]}}]}),
        "PodIdentity": resource("AWS::EKS::PodIdentityAssociation", {
            "ClusterName": cluster, "Namespace": namespace, "ServiceAccount": "api",
            "RoleArn": attribute("NodeRole", "Arn")}),
        "Oidc": resource("AWS::IAM::OIDCProvider", {
            "Url": attribute("Cluster", "OpenIdConnectIssuerUrl"),
            "ClientIdList": ["sts.amazonaws.com"], "Tags": tags}),
        "Secret": resource("AWS::SecretsManager::Secret", {
            "Tags": tags, "GenerateSecretString": {
                "SecretStringTemplate": '{"username": "portal"}',
                "GenerateStringKey": "password", "PasswordLength": 30,
                "ExcludePunctuation": True}}),
        "SubnetGroup": resource("AWS::RDS::DBSubnetGroup", {
            "DBSubnetGroupDescription": "database",
            "SubnetIds": [ref("PublicA"), ref("PublicB")], "Tags": tags}),
        "Parameters": resource("AWS::RDS::DBParameterGroup", {
            "Family": "postgres17", "Description": "database",
            "Parameters": {"rds.force_ssl": "1"}}),
        "Database": resource("AWS::RDS::DBInstance", {
            "DBInstanceIdentifier": name, "Engine": "postgres", "EngineVersion": "17.11",
            "DBInstanceClass": "db.t4g.medium", "AllocatedStorage": "50",
            "StorageType": "gp3", "StorageEncrypted": True, "KmsKeyId": attribute("Key", "Arn"),
            "MultiAZ": True, "BackupRetentionPeriod": 7, "DBName": "app",
            "MasterUsername": {"Fn::Sub": "{{resolve:secretsmanager:${Secret}:SecretString:username}}"},
            "MasterUserPassword": {"Fn::Sub": "{{resolve:secretsmanager:${Secret}:SecretString:password}}"},
            "DBSubnetGroupName": ref("SubnetGroup"), "DBParameterGroupName": ref("Parameters"),
            "VPCSecurityGroups": [ref("DatabaseGroup")],
            "EnableCloudwatchLogsExports": ["postgresql"], "Tags": tags},
            DeletionPolicy="Delete"),
        "SecretAttachment": resource("AWS::SecretsManager::SecretTargetAttachment", {
            "SecretId": ref("Secret"), "TargetId": ref("Database"),
            "TargetType": "AWS::RDS::DBInstance"}),
        "Rotation": resource("AWS::SecretsManager::RotationSchedule", {
            "SecretId": ref("Secret"), "RotationRules": {"AutomaticallyAfterDays": 30},
            "RotationLambdaARN": "arn:aws:lambda:us-east-1:123456789012:function:rotate",
            "RotateImmediatelyOnUpdate": False}, DependsOn="SecretAttachment"),
        "Images": resource("AWS::ECR::Repository", {
            "RepositoryName": f"{name}/api", "ImageScanningConfiguration": {"ScanOnPush": True},
            "Tags": tags}),
        "Bucket": resource("AWS::S3::Bucket", {
            "BucketName": f"{name}-logs", "VersioningConfiguration": {"Status": "Enabled"},
            "BucketEncryption": {"ServerSideEncryptionConfiguration": [
                {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True, "BlockPublicPolicy": True,
                "IgnorePublicAcls": True, "RestrictPublicBuckets": True},
            "LifecycleConfiguration": {"Rules": [
                {"Id": "old", "Status": "Enabled", "ExpirationInDays": 90}]},
            "Tags": tags}),
        "BucketPolicy": resource("AWS::S3::BucketPolicy", {
            "Bucket": ref("Bucket"), "PolicyDocument": {
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
                    "Action": "s3:PutObject", "Resource": {
                        "Fn::Sub": "arn:aws:s3:::${Bucket}/*"}}]}}),
        "Certificate": resource("AWS::CertificateManager::Certificate", {
            "DomainName": f"{name}.example.com", "ValidationMethod": "DNS", "Tags": tags}),
        "Balancer": resource("AWS::ElasticLoadBalancingV2::LoadBalancer", {
            "Name": name, "Scheme": "internet-facing", "Type": "application",
            "Subnets": [ref("PublicA"), ref("PublicB")],
            "SecurityGroups": [ref("ClusterGroup")], "Tags": tags}, DependsOn="PublicRoute"),
        "Targets": resource("AWS::ElasticLoadBalancingV2::TargetGroup", {
            "VpcId": ref("Vpc"), "Port": 8080, "Protocol": "HTTP", "TargetType": "ip"}),
        "Listener": resource("AWS::ElasticLoadBalancingV2::Listener", {
            "LoadBalancerArn": ref("Balancer"), "Port": 443, "Protocol": "HTTPS",
            "Certificates": [{"CertificateArn": ref("Certificate")}],
            "DefaultActions": [{"Type": "forward", "TargetGroupArn": ref("Targets")}]}),
        "Firewall": resource("AWS::WAFv2::WebACL", {
            "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": {
                "SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True,
                "MetricName": "web"}}),
        "FirewallAssociation": resource("AWS::WAFv2::WebACLAssociation", {
            "WebACLArn": attribute("Firewall", "Arn"), "ResourceArn": ref("Balancer")}),
        "Topic": resource("AWS::SNS::Topic", {"KmsMasterKeyId": ref("Key"), "Tags": tags}),
        "TopicPolicy": resource("AWS::SNS::TopicPolicy", {
            "Topics": [ref("Topic")], "PolicyDocument": {
                "Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"},
                    "Action": "sns:Publish", "Resource": ref("Topic")}]}}),
        "Subscription": resource("AWS::SNS::Subscription", {
            "TopicArn": ref("Topic"), "Protocol": "email", "Endpoint": "ops@example.com"}),
        "Alarm": resource("AWS::CloudWatch::Alarm", {
            "Namespace": "AWS/RDS", "MetricName": "CPUUtilization", "Statistic": "Average",
            "Period": 300, "EvaluationPeriods": 2, "Threshold": 80,
            "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [ref("Topic")],
            "Dimensions": [{"Name": "DBInstanceIdentifier", "Value": ref("Database")}]}),
        "Trail": resource("AWS::CloudTrail::Trail", {
            "IsLogging": True, "S3BucketName": ref("Bucket"), "Tags": tags},
            DependsOn="BucketPolicy"),
        "Setting": resource("AWS::SSM::Parameter", {
            "Name": f"/{name}/endpoint", "Type": "String",
            "Value": attribute("Database", "Endpoint.Address")}),
        "Metadata": resource("AWS::CDK::Metadata", {"Analytics": "v2"}),
    }
    return {"Resources": resources, "Outputs": {
        "ClusterName": {"Value": cluster},
        "ClusterEndpoint": {"Value": attribute("Cluster", "Endpoint")},
        "DatabaseEndpoint": {"Value": attribute("Database", "Endpoint.Address")},
        "LoadBalancerDns": {"Value": attribute("Balancer", "DNSName")},
        "NodegroupId": {"Value": ref("Nodes")},
        "SecretArn": {"Value": ref("Secret")},
    }}
