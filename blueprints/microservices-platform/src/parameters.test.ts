import type { JsonObject } from '@backstage/types';
import {
  describeParameters,
  inputFor,
  ofType,
  only,
  synthesize,
  type Template,
} from '@slipway/blueprint-testing';
import { subject } from './__testUtils__/subject';

describe('a parameter', () => {
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
    expect(
      read(synthesize(subject, inputFor(subject, 'dev', parameters)).template),
    ).toEqual(expected);
  });
});

describeParameters(subject, {
  bases: [['prod', { ...subject.everything, containerInsights: true }]],
  others: {
    domainName: 'other.example.com',
    hostedZoneId: 'Z9999999999ABC',
  },
  refused: [
    [{ domainName: 'shop.example.com' }, 'needs the hosted zone'],
    [{ hostedZoneId: 'Z0123456789ABC' }, 'with a domain only'],
    [{ nodeMaxSize: '20' }, 'Parameter "nodeMaxSize" must be a whole number'],
    [{ natGateways: 'two' }, 'must be one of one, per-zone'],
  ],
});
