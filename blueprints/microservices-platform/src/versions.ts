/**
 * What AWS creates today, against what document 004 says. Kubernetes 1.28 left extended support on 2025-11-26;
 * of RDS PostgreSQL 15, versions up to 15.12 ended on 2026-05-31.
 */

/** Minor versions of EKS whose support, extended included, reaches past July 2027; 1.32 ends on 2027-03-23. */
export const KUBERNETES_VERSIONS = ['1.33', '1.34', '1.35', '1.36'];

/** RDS PostgreSQL versions that can be created. */
export const POSTGRES_VERSIONS = ['15.13', '15.14', '15.19', '16.15', '17.11'];

/** Classes of the document first, then room to grow. */
export const DATABASE_CLASSES = [
  'db.t3.micro',
  'db.t3.small',
  'db.t3.medium',
  'db.t3.large',
  'db.m6i.large',
  'db.r6i.large',
];

/** The document's three. */
export const NODE_INSTANCE_TYPES = ['t3.medium', 't3.large', 't3.xlarge'];
