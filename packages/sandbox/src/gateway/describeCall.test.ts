import { describeCall, isRead, type RequestFacts } from './describeCall';

function signed(
  service: string,
  request: Partial<RequestFacts> & { region?: string },
) {
  const { region = 'us-west-2', headers, ...rest } = request;
  return describeCall(
    {
      method: 'POST',
      url: '/',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`,
        host: '127.0.0.1:4566',
        ...headers,
      },
      ...rest,
    },
    key => (key === 'AKIDEXAMPLE' ? '123456789012' : '000000000000'),
  );
}

describe('describeCall', () => {
  it.each([
    ['GET', '/', 'ListBuckets'],
    ['PUT', '/b', 'CreateBucket'],
    ['GET', '/b', 'ListObjects'],
    ['GET', '/b?list-type=2&prefix=x', 'ListObjectsV2'],
    ['GET', '/b/a/long/key.txt', 'GetObject'],
    ['GET', '/b/key?uploadId=1', 'ListParts'],
    ['PUT', '/b/key', 'PutObject'],
    ['PUT', '/b/key?partNumber=1&uploadId=1', 'UploadPart'],
    ['PUT', '/b?lifecycle', 'PutBucketLifecycleConfiguration'],
    ['HEAD', '/b', 'HeadBucket'],
    ['POST', '/b?delete', 'DeleteObjects'],
  ])('S3 %s %s is %s', (method, url, operation) => {
    expect(signed('s3', { method, url })).toMatchObject({
      operation,
      protocol: 'rest-xml',
    });
  });

  it('finds the bucket in front of the host, and tells a copy by its header', () => {
    const headers = { host: 'bucket.localhost:4566' };
    expect(signed('s3', { method: 'PUT', url: '/', headers }).operation).toBe(
      'CreateBucket',
    );
    expect(
      signed('s3', {
        method: 'PUT',
        url: '/b/key',
        headers: { 'x-amz-copy-source': '/b/other' },
      }).operation,
    ).toBe('CopyObject');
  });

  it.each([
    ['eks', 'GET', '/clusters/main/node-groups', 'ListNodegroups'],
    ['eks', 'POST', '/clusters', 'CreateCluster'],
    [
      'route53',
      'POST',
      '/2013-04-01/hostedzone/Z1/rrset',
      'ChangeResourceRecordSets',
    ],
    [
      'route53',
      'GET',
      '/2013-04-01/healthcheck/abc/status',
      'GetHealthCheckStatus',
    ],
    ['fis', 'DELETE', '/experiments/EXP1', 'StopExperiment'],
    ['lambda', 'POST', '/2015-03-31/functions/f/invocations', 'Invoke'],
    [
      'eks',
      'GET',
      '/tags/arn%3Aaws%3Aeks%3Aus-east-1%3A1%3Acluster%2Fmain',
      'ListTagsForResource',
    ],
  ])('%s %s %s is %s', (service, method, url, operation) => {
    expect(signed(service, { method, url }).operation).toBe(operation);
  });

  it('reads the operation of the other protocols where each has it', () => {
    expect(
      signed('rds', { form: 'Action=DescribeDBInstances&Version=2014-10-31' }),
    ).toMatchObject({ operation: 'DescribeDBInstances', protocol: 'query' });
    expect(signed('ec2', { form: 'Action=RunInstances' })).toMatchObject({
      operation: 'RunInstances',
      protocol: 'ec2',
    });
    expect(
      signed('secretsmanager', {
        headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      }),
    ).toMatchObject({ operation: 'GetSecretValue', protocol: 'json' });
    expect(
      signed('monitoring', {
        url: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
        headers: { 'smithy-protocol': 'rpc-v2-cbor' },
      }),
    ).toMatchObject({ operation: 'PutMetricData', protocol: 'cbor' });
  });

  it('reads the scope of a presigned URL', () => {
    expect(
      signed('', {
        method: 'GET',
        headers: { authorization: undefined },
        url: '/b/key?X-Amz-Credential=AKIDEXAMPLE%2F20261121%2Feu-west-1%2Fs3%2Faws4_request',
      }),
    ).toMatchObject({
      account: '123456789012',
      region: 'eu-west-1',
      service: 's3',
      operation: 'GetObject',
    });
  });

  it('names what it does not know, and never fails', () => {
    expect(
      signed('', {
        method: 'GET',
        url: '/%zz?a=%',
        headers: { authorization: undefined },
      }),
    ).toMatchObject({ service: 'unknown', operation: 'GET /%zz' });
  });

  it('global control planes need us-east-1', () => {
    expect(signed('iam', { form: 'Action=GetRole' }).dependsOn).toEqual([
      'us-east-1',
    ]);
    expect(signed('s3', { method: 'PUT', url: '/b' }).dependsOn).toEqual([
      'us-west-2',
      'us-east-1',
    ]);
    expect(signed('s3', { method: 'PUT', url: '/b/key' }).dependsOn).toEqual([
      'us-west-2',
    ]);
    expect(
      signed('sts', { form: 'Action=GetCallerIdentity' }).dependsOn,
    ).toEqual(['us-west-2']);
  });

  it('tells reads from writes', () => {
    const named = (operation: string) =>
      isRead({ ...signed('ec2', {}), operation });
    expect(named('DescribeVpcs')).toBe(true);
    expect(named('DeleteVpc')).toBe(false);
  });
});
