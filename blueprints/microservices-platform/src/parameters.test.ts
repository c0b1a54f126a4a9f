import type { JsonObject } from '@backstage/types';
import {
  EVERYTHING,
  inputFor,
  ofType,
  only,
  synthesize,
  type Template,
} from './__testUtils__/synthesize';
import { microservicesPlatform } from './definition';

describe('parameters', () => {
  it.each<
    [string, JsonObject, string, (template: Template) => unknown, unknown]
  >([
    [
      'a domain serves HTTPS and redirects HTTP',
      { domainName: 'shop.example.com', hostedZoneId: 'Z0123456789ABC' },
      'AWS::ElasticLoadBalancingV2::Listener',
      template =>
        ofType(template, 'AWS::ElasticLoadBalancingV2::Listener').map(
          ({ Properties }) => [
            Properties.Port,
            Properties.DefaultActions[0].Type,
          ],
        ),
      [
        [443, 'forward'],
        [80, 'redirect'],
      ],
    ],
    [
      'read replicas follow the instance and have an alarm on their lag',
      { dbReadReplicas: 2 },
      'AWS::RDS::DBInstance',
      template => [
        ofType(template, 'AWS::RDS::DBInstance').map(
          ({ Properties }) => Properties.SourceDBInstanceIdentifier?.Ref,
        ),
        ofType(template, 'AWS::CloudWatch::Alarm').filter(
          ({ Properties }) => Properties.MetricName === 'ReplicaLag',
        ).length,
      ],
      [[undefined, 'DatabaseInstance', 'DatabaseInstance'], 2],
    ],
    [
      'a mail address is subscribed to the alarms',
      { alarmEmail: 'sre@example.com' },
      'AWS::SNS::Subscription',
      template => only(template, 'AWS::SNS::Subscription').Properties.Endpoint,
      'sre@example.com',
    ],
    [
      'flow logs can be left out',
      { flowLogs: false },
      'AWS::EC2::FlowLog',
      template => ofType(template, 'AWS::EC2::FlowLog').length,
      0,
    ],
    [
      'a newer PostgreSQL takes its own parameter family',
      { dbEngineVersion: '17.11' },
      'AWS::RDS::DBParameterGroup',
      template =>
        only(template, 'AWS::RDS::DBParameterGroup').Properties.Family,
      'postgres17',
    ],
  ])('%s', (_title, parameters, _type, read, expected) => {
    expect(read(synthesize(inputFor('dev', parameters)).template)).toEqual(
      expected,
    );
  });

  it('are all used: each changes the template', () => {
    const base = inputFor('prod', { ...EVERYTHING, containerInsights: true });
    const { body } = synthesize(base);
    const others: JsonObject = {
      apiPublicAccessCidrs: [],
      nodeInstanceTypes: ['t3.xlarge'],
      domainName: 'other.example.com',
      hostedZoneId: 'Z9999999999ABC',
      alarmEmail: '',
    };
    for (const [name, schema] of Object.entries(
      microservicesPlatform.parameters,
    )) {
      const value = base.parameters[name];
      const other =
        others[name] ??
        schema.enum?.find(option => option !== value) ??
        (typeof value === 'boolean' ? !value : Number(value) + 1);
      const changed = synthesize({
        ...base,
        parameters: { ...base.parameters, [name]: other },
      });
      expect([name, changed.body === body]).toEqual([name, false]);
    }
  });

  it.each([
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
    [{ hostedZoneId: 'Z0123456789ABC' }, 'with a domain only'],
    [{ nodeMaxSize: '20' }, 'Parameter "nodeMaxSize" must be a whole number'],
    [{ natGateways: 'two' }, 'must be one of one, per-zone'],
  ])('%j is refused with a way to mend it', (parameters, message) => {
    expect(() => synthesize(inputFor('dev', parameters))).toThrow(message);
  });
});
