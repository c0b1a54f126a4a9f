import type { IncomingHttpHeaders } from 'node:http';
import type { AwsCall } from '../faults/types';
import { restOperation } from './restOperation';
import { signatureScope } from './signature';

/** How a service speaks, which decides the shape of its errors. */
export type Protocol =
  | 'json'
  | 'cbor'
  | 'query'
  | 'ec2'
  | 'rest-json'
  | 'rest-xml';

/** A request as far as the gateway reads it. */
export interface RequestFacts {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  /** The body of a form; other bodies are not read. */
  form?: string;
}

/** A call with what is needed to answer it in its service's own way. */
export interface DescribedCall extends AwsCall {
  protocol: Protocol;
  accessKeyId?: string;
}

const REST_XML = new Set(['s3', 'route53', 'cloudfront']);

/** Services whose one control plane is in us-east-1, whatever region a caller signs for. */
const GLOBAL_SERVICES = new Set([
  'account',
  'budgets',
  'ce',
  'cloudfront',
  'globalaccelerator',
  'iam',
  'organizations',
  'route53',
  'route53domains',
  'shield',
  'support',
  'waf',
]);
const GLOBAL_REGION = 'us-east-1';

const S3_CONFIGURATION = /^(Create|Delete)Bucket|^Put(Bucket|PublicAccess)/;

/** Every region that must be up for a call to work. */
function regionsNeeded(
  call: Pick<AwsCall, 'region' | 'service' | 'operation'>,
): string[] {
  if (GLOBAL_SERVICES.has(call.service)) {
    return [GLOBAL_REGION];
  }
  const isS3Configuration =
    call.service === 's3' && S3_CONFIGURATION.test(call.operation);
  return isS3Configuration && call.region !== GLOBAL_REGION
    ? [call.region, GLOBAL_REGION]
    : [call.region];
}

function header(headers: IncomingHttpHeaders, name: string) {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** S3 names the bucket in the path or, where the host allows it, in front of the host. */
function s3Path(path: string, host: string): string {
  const name = host.replace(/:\d+$/, '');
  const bucket = /^(.+?)\.(?:s3[.-].*|localhost)$/.exec(name)?.[1];
  return bucket ? `/${bucket}${path}` : path;
}

function protocolAndOperation(
  service: string,
  request: RequestFacts,
  path: string,
  query: URLSearchParams,
): [Protocol, string | undefined] {
  const target = header(request.headers, 'x-amz-target');
  if (target) {
    return ['json', target.slice(target.lastIndexOf('.') + 1)];
  }
  const smithy = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path);
  if (smithy && header(request.headers, 'smithy-protocol')) {
    return ['cbor', smithy[1]];
  }
  const action =
    query.get('Action') ??
    (request.form && new URLSearchParams(request.form).get('Action'));
  if (action) {
    return [service === 'ec2' ? 'ec2' : 'query', action];
  }
  const isCopy =
    service === 's3' && header(request.headers, 'x-amz-copy-source');
  const operation = restOperation(
    service,
    request.method,
    service === 's3' ? s3Path(path, request.headers.host ?? '') : path,
    query,
  );
  return [
    REST_XML.has(service) ? 'rest-xml' : 'rest-json',
    isCopy
      ? operation?.replace(/^(Put|Upload)(Object|Part)$/, 'Copy$2')
      : operation,
  ];
}

/**
 * Tells account, region, service and operation of a request.
 *
 * @param accountOf - the account that an access key belongs to
 */
export function describeCall(
  request: RequestFacts,
  accountOf: (accessKeyId: string | undefined) => string,
): DescribedCall {
  const [path, queryText = ''] = request.url.split('?', 2);
  const query = new URLSearchParams(queryText);
  const scope = signatureScope(request.headers.authorization, query);
  const service = scope?.service ?? 'unknown';
  const [protocol, operation] = protocolAndOperation(
    service,
    request,
    path,
    query,
  );
  const call = {
    account: accountOf(scope?.accessKeyId),
    region: scope?.region ?? GLOBAL_REGION,
    service,
    operation: operation ?? `${request.method} ${path}`.slice(0, 120),
  };
  return {
    ...call,
    dependsOn: regionsNeeded(call),
    protocol,
    accessKeyId: scope?.accessKeyId,
  };
}

/** Whether a call only reads, by its name. */
export function isRead(call: AwsCall): boolean {
  return /^(Describe|Get|List|Head|BatchGet|Lookup|Query|Scan|Search)/.test(
    call.operation,
  );
}
