import type { JsonObject } from '@backstage/types';
import type { PricedPart, Pricer, PricingScope } from '../engine/types';
import { isObject, listOf, numberOf, textOf, within } from '../engine/values';
import { otherRegionOf, otherRegionPart } from './transfer';

/** Usage types of what S3 keeps, by the names that lifecycle rules have for its classes. */
const CLASSES: Record<string, { usage: string; words: string }> = {
  STANDARD: { usage: 'TimedStorage-ByteHrs', words: 'Standard' },
  STANDARD_IA: {
    usage: 'TimedStorage-SIA-ByteHrs',
    words: 'Standard-Infrequent Access',
  },
  INTELLIGENT_TIERING: {
    usage: 'TimedStorage-INT-FA-ByteHrs',
    words: 'Intelligent-Tiering, frequent access',
  },
  GLACIER_IR: {
    usage: 'TimedStorage-GIR-ByteHrs',
    words: 'Glacier Instant Retrieval',
  },
  GLACIER: {
    usage: 'TimedStorage-GlacierByteHrs',
    words: 'Glacier Flexible Retrieval',
  },
};

const OBJECTS_PER_GB = 1000;

/** The class that objects have on their first day. */
function firstClass(properties: JsonObject): string {
  const transitions = listOf(within(properties, 'LifecycleConfiguration').Rules)
    .filter(isObject)
    .filter(rule => rule.Status !== 'Disabled')
    .flatMap(rule => listOf(rule.Transitions))
    .filter(isObject);
  const first = transitions.find(each =>
    numberOf(each.TransitionInDays)?.isZero(),
  );
  return textOf(first?.StorageClass) ?? 'STANDARD';
}

function replicationParts(
  properties: JsonObject,
  scope: PricingScope,
): PricedPart[] {
  const rules = listOf(within(properties, 'ReplicationConfiguration').Rules);
  if (rules.length === 0) {
    return [];
  }
  const gigabytes = scope.assume('replicatedGb');
  const isTimed = rules.some(
    rule => within(rule, 'Destination', 'ReplicationTime').Status === 'Enabled',
  );
  return [
    otherRegionPart('Data copied to the other region', gigabytes, scope),
    ...(isTimed
      ? [
          scope.part(
            'Copied within 15 minutes',
            {
              service: 'AmazonS3',
              usage: `${otherRegionOf(scope.region)}-S3RTC-Out-Bytes`,
            },
            gigabytes,
          ),
        ]
      : []),
  ];
}

const bucket: Pricer = ({ properties }, scope) => {
  const storageClass = firstClass(properties);
  const known = CLASSES[storageClass];
  const gigabytes = scope.assume('bucketGb');
  const service = 'AmazonS3';
  return {
    title: `Bucket, ${known?.words ?? storageClass}`,
    parts: [
      ...(known
        ? [scope.part('Storage', { service, usage: known.usage }, gigabytes)]
        : []),
      ...(storageClass === 'INTELLIGENT_TIERING'
        ? [
            scope.part(
              'Watching the objects',
              { service, usage: 'Monitoring-Automation-INT' },
              gigabytes.times(OBJECTS_PER_GB),
            ),
          ]
        : []),
      scope.part(
        'Writes',
        { service, usage: 'Requests-Tier1' },
        scope.assume('bucketWriteThousands').times(1e3),
      ),
      scope.part(
        'Reads',
        { service, usage: 'Requests-Tier2' },
        scope.assume('bucketReadMillions').times(1e6),
      ),
      ...replicationParts(properties, scope),
    ],
    missing: known
      ? []
      : [`Objects of class ${storageClass} are not in the price list.`],
  };
};

const repository: Pricer = (_, scope) => ({
  title: 'Images',
  parts: [
    scope.part(
      'Storage',
      { service: 'AmazonECR', usage: 'TimedStorage-ByteHrs' },
      scope.assume('repositoryGb'),
    ),
  ],
  missing: [],
});

export const storagePricers: Record<string, Pricer> = {
  'AWS::S3::Bucket': bucket,
  'AWS::ECR::Repository': repository,
};
