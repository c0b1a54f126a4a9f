/**
 * Constructs that the blueprints are made of. They need no bootstrap, no assets and no look-ups, and default to what a
 * security review asks for.
 *
 * @packageDocumentation
 */
export * from './stack/EnvironmentStack';
export * from './stack/ParameterReader';
export * from './network/cidr';
export * from './network/subnetLayout';
export * from './network/Network';
export * from './network/SecurityGroup';
export * from './network/FlowLogs';
export * from './cluster/Cluster';
export * from './cluster/clusterSecurity';
export * from './cluster/NodeGroup';
export * from './cluster/ClusterAddons';
export * from './cluster/IrsaRole';
export * from './database/PostgresDatabase';
export * from './edge/ApplicationLoadBalancer';
export * from './storage/SecureBucket';
export * from './secrets/EnvironmentKey';
export * from './secrets/secret';
export * from './registry/imageRepository';
export * from './observability/logGroup';
export * from './observability/Alarms';
export * from './observability/AuditTrail';
