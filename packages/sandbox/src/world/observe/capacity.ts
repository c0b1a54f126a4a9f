/**
 * What an instance of EC2, RDS or ElastiCache of a size has, by AWS's naming.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */

/** GiB of memory for each vCPU, by the first letter of the family. */
const GIB_PER_VCPU: Record<string, number> = { c: 2, m: 4, r: 8, x: 16 };

/** Memory of the burstable sizes in GiB; all up to large have two vCPUs. */
const BURSTABLE_GIB: Record<string, number> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
};

/** One ACU is about 2 GiB; memory-optimised classes have 8 GiB for each vCPU. */
const GIB_PER_ACU = 2;
const ACUS_PER_VCPU = 4;

const GIB = 2 ** 30;
/** Of the default `LEAST({DBInstanceClassMemory/9531392},5000)` of PostgreSQL on RDS and Aurora. */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5_000;
/**
 * With a minimum of 0 or 0.5 ACU.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
const MOST_CONNECTIONS_FROM_HALF_ACU = 2_000;

function sizeOf(instanceType: string): { family: string; size: string } {
  const [family = '', size = ''] = instanceType
    .replace(/^(db|cache|kafka)\./, '')
    .split('.');
  return { family, size };
}

/** vCPUs of e.g. `c5.2xlarge` or `db.r5.large`; 0 for what has no such name. */
export function vcpusOf(instanceType: string): number {
  const { family, size } = sizeOf(instanceType);
  const large = /^(\d*)xlarge$/.exec(size);
  if (large) {
    return 4 * Number(large[1] || 1);
  }
  if (size === 'large' || (family.startsWith('t') && size in BURSTABLE_GIB)) {
    return 2;
  }
  return size === 'medium' ? 1 : 0;
}

/** Memory in GiB. */
export function memoryGibOf(instanceType: string): number {
  const { family, size } = sizeOf(instanceType);
  return family.startsWith('t')
    ? BURSTABLE_GIB[size] ?? 0
    : vcpusOf(instanceType) * (GIB_PER_VCPU[family[0]] ?? 0);
}

/** vCPUs that a capacity in ACU is worth. */
export function vcpusOfAcus(acus: number): number {
  return acus / ACUS_PER_VCPU;
}

/** Default `max_connections` of PostgreSQL on an instance, or up to a capacity in ACU. */
export function maxConnectionsOf(
  instanceClass: string,
  acu: { minimum: number; maximum: number } | null,
): number {
  const gib = acu ? acu.maximum * GIB_PER_ACU : memoryGibOf(instanceClass);
  const most =
    acu && acu.minimum <= 0.5
      ? MOST_CONNECTIONS_FROM_HALF_ACU
      : MOST_CONNECTIONS;
  return Math.min(Math.floor((gib * GIB) / BYTES_PER_CONNECTION), most);
}
