/**
 * Constructs that the blueprints are made of. They need no bootstrap, no assets and no look-ups, and default to what a
 * security review asks for.
 *
 * @packageDocumentation
 */
export * from './stack/EnvironmentStack';
export * from './stack/ParameterReader';
export * from './platform/Foundation';
export * from './platform/Entry';
export * from './platform/settings';
export * from './platform/regions';
export * from './platform/outputs';
export * from './network/cidr';
export * from './network/subnetLayout';
export * from './network/Network';
export * from './network/SecurityGroup';
export * from './network/FlowLogs';
export * from './network/DataSubnetAcl';
export * from './network/Bastion';
export * from './cluster/Cluster';
export * from './cluster/clusterSecurity';
export * from './cluster/NodeGroup';
export * from './cluster/ClusterAddons';
export * from './cluster/IrsaRole';
export * from './cluster/controllerRoles';
export * from './database/PostgresDatabase';
export * from './database/PostgresReplica';
export * from './database/documentTable';
export * from './database/AuroraPostgres';
export * from './database/AuroraLogin';
export * from './cache/RedisCache';
export * from './messaging/WorkQueue';
export * from './messaging/KafkaCluster';
export * from './edge/ApplicationLoadBalancer';
export * from './edge/WebFirewall';
export * from './edge/Distribution';
export * from './edge/RoutedRecord';
export * from './storage/SecureBucket';
export * from './storage/replication';
export * from './backup/DailyBackups';
export * from './secrets/EnvironmentKey';
export * from './secrets/secret';
export * from './registry/imageRepository';
export * from './observability/logGroup';
export * from './observability/Alarms';
export * from './observability/AuditTrail';
export * from './observability/accessAnalyzer';
export * from './observability/Dashboard';
export * from './observability/sets/edge';
export * from './observability/sets/cluster';
export * from './observability/sets/postgres';
export * from './observability/sets/aurora';
export * from './observability/sets/cache';
export * from './observability/sets/queue';
export * from './observability/sets/kafka';
export * from './observability/sets/backup';
