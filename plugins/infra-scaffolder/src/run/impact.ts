import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';

/**
 * What a change of a resource means for those who use it, as AWS documents it. AWS tells no durations, so none are told.
 */
export interface Impact {
  path: string;
  type: string;
  kind: 'replaced' | 'maybe-replaced' | 'interrupted';
  /** The properties that are the reason. */
  because: string[];
  /** Within a sentence, after the path. */
  brief: string;
  /** The whole of it. */
  details: string;
}

const DATABASES = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];

/** Types beside databases whose replacement begins without what the old one holds. */
const HOLD_DATA = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::EFS::FileSystem',
  'AWS::Kinesis::Stream',
  'AWS::MSK::Cluster',
  'AWS::OpenSearchService::Domain',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
];

/**
 * Properties that change in place, with downtime. Source: Amazon RDS User Guide, "Settings for DB instances", column
 * "Downtime notes".
 */
const INTERRUPTS: Record<string, string[]> = {
  'AWS::RDS::DBInstance': ['DBInstanceClass', 'EngineVersion'],
};

const OLD_ONE: Record<NonNullable<ResourceChange['oldOne']>, string> = {
  deleted: 'then deletes the old one',
  snapshot: 'keeps a final snapshot of the old one, then deletes it',
  kept: 'and keeps the old one outside the environment, where it costs on',
};

const WAY_ON =
  'AWS does not say how long that takes. Take a snapshot, and stop what writes to it, before you confirm.';

/** Of those changes that replace or interrupt what is there: the surest first, among these what holds data. */
export function impactsOf(changes: ResourceChange[]): Impact[] {
  const impacts = changes.flatMap(change => impactOf(change) ?? []);
  const order: Impact['kind'][] = ['replaced', 'maybe-replaced', 'interrupted'];
  return order.flatMap(kind =>
    impacts
      .filter(each => each.kind === kind)
      .sort((a, b) => weightOf(b.type) - weightOf(a.type)),
  );
}

function impactOf(change: ResourceChange): Impact | undefined {
  const { path, type, action, attributes } = change;
  const reasons = (replaces: 'yes' | 'maybe') => [
    ...new Set(
      attributes
        .filter(attribute => attribute.replaces === replaces)
        .map(attribute => attribute.path),
    ),
  ];
  if (action === 'replace') {
    const sure = reasons('yes');
    const isSure = sure.length > 0 || reasons('maybe').length === 0;
    return {
      path,
      type,
      kind: isSure ? 'replaced' : 'maybe-replaced',
      because: isSure ? sure : reasons('maybe'),
      brief: briefOf(change, isSure),
      details: `${
        isSure ? '' : 'AWS decides while it works. If it does: '
      }${detailsOf(change)}`,
    };
  }
  const because = attributes
    .map(attribute => attribute.path)
    .filter(name => action === 'update' && INTERRUPTS[type]?.includes(name));
  return because.length > 0
    ? {
        path,
        type,
        kind: 'interrupted',
        because,
        brief: 'it is unavailable for a while as it changes',
        details:
          'It keeps its data and is unavailable for a while as it changes. AWS does not say how long.',
      }
    : undefined;
}

function briefOf({ type, oldOne }: ResourceChange, isSure: boolean): string {
  const may = isSure ? '' : 'if AWS replaces it, ';
  if (DATABASES.includes(type)) {
    return `${may}it is unavailable while it is replaced, and its data are lost unless they are restored from a snapshot`;
  }
  if (HOLD_DATA.includes(type)) {
    return `${may}what it holds is ${
      oldOne === 'kept' ? 'left in the old one' : 'lost'
    }`;
  }
  return `${may}a new one takes its place`;
}

function detailsOf({ type, oldOne = 'deleted' }: ResourceChange): string {
  const holds = DATABASES.includes(type) || HOLD_DATA.includes(type);
  // A snapshot is taken of what holds data only.
  const emptyOldOne = oldOne === 'kept' ? 'kept' : 'deleted';
  const course = `AWS makes a new${
    holds ? ', empty' : ''
  } one, points what refers to it at that, ${
    OLD_ONE[holds ? oldOne : emptyOldOne]
  }.`;
  if (DATABASES.includes(type)) {
    return `${course} Its data are lost unless they are restored from a snapshot${
      oldOne === 'deleted' ? '; automated backups go with the old one' : ''
    }. ${WAY_ON}`;
  }
  return holds ? `${course} What it holds does not move over.` : course;
}

const NAMED = 2;

/** For the plan's sentence, in brackets: ` (database/instance: …)`; empty where nothing is replaced. */
export function impactWords(changes: ResourceChange[]): string {
  const replaced = impactsOf(changes).filter(
    ({ kind }) => kind !== 'interrupted',
  );
  const worstFirst = [...replaced].sort(
    (a, b) => weightOf(b.type) - weightOf(a.type),
  );
  if (worstFirst.length === 0) {
    return '';
  }
  const more = worstFirst.length - NAMED;
  const said = worstFirst
    .slice(0, NAMED)
    .map(({ path, brief }) => `${path}: ${brief}`);
  return ` (${said.join('; ')}${more > 0 ? `; and ${more} more` : ''})`;
}

function weightOf(type: string): number {
  return DATABASES.includes(type) ? 2 : Number(HOLD_DATA.includes(type));
}
