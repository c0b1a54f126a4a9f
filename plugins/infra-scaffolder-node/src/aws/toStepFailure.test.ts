import { InputError } from '@backstage/errors';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { toStepFailure } from './toStepFailure';

const AT = {
  accountId: '123456789012',
  region: 'us-east-1',
  doing: 'planning slipway-shop',
};

const awsError = (name: string, message: string, httpStatusCode = 400) =>
  Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode },
  });

describe('toStepFailure', () => {
  it.each<[string, Error, string, boolean]>([
    [
      'Throttling',
      awsError('Throttling', 'Rate exceeded'),
      'aws.throttled',
      true,
    ],
    ['a 429', awsError('Whatever', 'Slow', 429), 'aws.throttled', true],
    [
      'an expired token',
      awsError('ExpiredToken', 'The security token … is expired', 403),
      'aws.credentials-expired',
      true,
    ],
    [
      'a wrong key',
      awsError('InvalidClientTokenId', 'The security token … is invalid', 403),
      'aws.credentials-refused',
      false,
    ],
    [
      'no credentials',
      Object.assign(new Error('Could not load credentials'), {
        name: 'CredentialsProviderError',
      }),
      'aws.credentials-refused',
      false,
    ],
    [
      'a denied action',
      awsError(
        'AccessDenied',
        'User: … is not authorized to perform: cloudformation:CreateStack',
        403,
      ),
      'aws.access-denied',
      false,
    ],
    [
      'a broken connection',
      Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
      'aws.unreachable',
      true,
    ],
    [
      'a cause within',
      new Error('failed', {
        cause: Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
      }),
      'aws.unreachable',
      true,
    ],
    [
      'a 503',
      awsError('ServiceUnavailable', 'later', 503),
      'aws.unreachable',
      true,
    ],
    [
      'a quota',
      awsError('LimitExceededException', 'Limit for stacks has been exceeded'),
      'aws.quota-exceeded',
      false,
    ],
    [
      'a refusal',
      awsError('ValidationError', 'Template format error'),
      'aws.refused',
      false,
    ],
    [
      'a missing target',
      new InputError('AWS account 1 is not among aws.targets.'),
      'aws.target-not-configured',
      false,
    ],
  ])('names %s, and the way on', (_, error, code, retryable) => {
    expect(toStepFailure(error, AT)).toMatchObject({
      name: 'StepFailedError',
      retryable,
      problem: {
        code,
        message: expect.stringMatching(/\.$|error$|:/),
        mend: expect.stringMatching(/\.$/),
      },
    });
  });

  it('leaves alone what says it already, and what is not of AWS', () => {
    const said = new StepFailedError({ code: 'plan.stale', message: 'x' });
    expect(toStepFailure(said, AT)).toBe(said);
    const bug = new TypeError('undefined is not a function');
    expect(toStepFailure(bug, AT)).toBe(bug);
  });
});
