import type { Pricer } from '../engine/types';
import { listOf, textOf } from '../engine/values';

/** Key specs that AWS asks as much for as for a symmetric key. */
const PLAIN_KEYS = ['SYMMETRIC_DEFAULT', 'RSA_2048'];

const key: Pricer = ({ properties }, scope) => {
  const spec = textOf(properties.KeySpec) ?? 'SYMMETRIC_DEFAULT';
  return {
    title: 'Key',
    parts: [
      scope.part('Key', { service: 'awskms', usage: 'KMS-Keys' }, 1),
      ...(PLAIN_KEYS.includes(spec)
        ? [
            scope.part(
              'Uses',
              { service: 'awskms', usage: 'KMS-Requests' },
              scope.assume('keyThousands').times(1e3),
            ),
          ]
        : []),
    ],
    missing: PLAIN_KEYS.includes(spec)
      ? []
      : [`Uses of a key of ${spec} are not in the price list.`],
  };
};

/** Each copy in another region is a secret of its own. */
const secret: Pricer = ({ properties }, scope) => {
  const copies = listOf(properties.ReplicaRegions).length;
  return {
    title: copies > 0 ? `Secret, and ${copies} in other regions` : 'Secret',
    parts: [
      scope.part(
        'Secret',
        { service: 'AWSSecretsManager', usage: 'AWSSecretsManager-Secrets' },
        1 + copies,
      ),
      scope.part(
        'Reads',
        { service: 'AWSSecretsManager', usage: 'AWSSecretsManagerAPIRequest' },
        scope.assume('secretThousands').times(1e3),
      ),
    ],
    missing: [],
  };
};

const certificate: Pricer = ({ properties }) => ({
  title: 'Certificate',
  parts: [],
  missing:
    properties.CertificateExport === 'ENABLED'
      ? ['A certificate that can be exported is not in the price list.']
      : [],
});

export const securityPricers: Record<string, Pricer> = {
  'AWS::KMS::Key': key,
  'AWS::SecretsManager::Secret': secret,
  'AWS::CertificateManager::Certificate': certificate,
};
