import type { HealthCheck, HealthCheckConfig } from '@aws-sdk/client-route-53';
import { HealthCheckEvaluator } from './healthChecks';

const check = (
  Id: string,
  config: Partial<HealthCheckConfig>,
): HealthCheck => ({
  Id,
  CallerReference: Id,
  HealthCheckVersion: 1,
  HealthCheckConfig: { Type: 'HTTPS', ...config } as HealthCheckConfig,
});

function world() {
  const down = new Set<string>();
  const alarms: Record<string, string> = {};
  const evaluator = new HealthCheckEvaluator({
    endpoint: async config => ({
      healthy: !down.has(config.FullyQualifiedDomainName!),
      status: 'looked',
    }),
    alarm: async (_region, name) => alarms[name],
  });
  let now = Date.UTC(2026, 0, 1);
  const after = async (seconds: number, checks: HealthCheck[]) => {
    for (let second = 0; second < seconds; second++) {
      now += 1000;
      await evaluator.look(checks, new Date(now));
    }
  };
  return { down, alarms, evaluator, after };
}

it('turns after threshold × interval, and back the same way', async () => {
  const { down, evaluator, after } = world();
  const checks = [
    check('fast', {
      FullyQualifiedDomainName: 'east',
      RequestInterval: 10,
      FailureThreshold: 3,
    }),
    check('standard', { FullyQualifiedDomainName: 'east' }),
  ];
  await after(1, checks);
  down.add('east');
  await after(20, checks);
  expect(evaluator.isHealthy('fast')).toBe(true);
  await after(10, checks);
  expect(evaluator.isHealthy('fast')).toBe(false);
  expect(evaluator.isHealthy('standard')).toBe(true);
  await after(60, checks);
  expect(evaluator.isHealthy('standard')).toBe(false);
  down.clear();
  await after(30, checks);
  expect(evaluator.isHealthy('fast')).toBe(true);
});

it('inverts, counts children, follows alarms, and leaves disabled checks healthy', async () => {
  const { down, alarms, evaluator, after } = world();
  down.add('east');
  alarms.load = 'ALARM';
  alarms.quiet = 'INSUFFICIENT_DATA';
  const alarm = (Name: string, rest = {}) => ({
    Type: 'CLOUDWATCH_METRIC' as const,
    AlarmIdentifier: { Region: 'us-east-1' as const, Name },
    ...rest,
  });
  const checks = [
    check('east', {
      FullyQualifiedDomainName: 'east',
      RequestInterval: 10,
      FailureThreshold: 1,
    }),
    check('inverted', {
      FullyQualifiedDomainName: 'east',
      RequestInterval: 10,
      FailureThreshold: 1,
      Inverted: true,
    }),
    check('disabled', {
      FullyQualifiedDomainName: 'east',
      FailureThreshold: 1,
      Disabled: true,
    }),
    check('load', alarm('load')),
    check(
      'quiet',
      alarm('quiet', { InsufficientDataHealthStatus: 'Unhealthy' }),
    ),
    check('half', {
      Type: 'CALCULATED',
      ChildHealthChecks: ['east', 'inverted'],
      HealthThreshold: 1,
    }),
    check('all', {
      Type: 'CALCULATED',
      ChildHealthChecks: ['east', 'inverted'],
      HealthThreshold: 2,
    }),
  ];
  await after(2, checks);
  const healthy = checks.map(({ Id }) => [Id, evaluator.isHealthy(Id!)]);
  expect(Object.fromEntries(healthy)).toEqual({
    east: false,
    inverted: true,
    disabled: true,
    load: false,
    quiet: false,
    half: true,
    all: false,
  });
});
