/**
 * What AWS creates today. Kubernetes 1.28 left extended support on 2025-11-26; of RDS PostgreSQL 15, versions up to
 * 15.12 ended on 2026-05-31; Kafka 3.5.1 left MSK on 2025-10-23.
 */

/**
 * Minor versions of EKS whose support, extended included, reaches past July 2027; 1.32 ends on 2027-03-23. The last one
 * is the default: it stays longest in standard support.
 *
 * @public
 */
export const KUBERNETES_VERSIONS = ['1.33', '1.34', '1.35', '1.36'];

/** RDS PostgreSQL versions that can be created. @public */
export const POSTGRES_VERSIONS = ['15.13', '15.14', '15.19', '16.15', '17.11'];
