import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Metric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** One alarm. @public */
export interface AlarmSpec {
  /** Sentence for whom it wakes: what is wrong and what to look at. */
  description: string;
  namespace: string;
  metricName: string;
  dimensions: Record<string, string>;
  /** e.g. `Average`, `Sum`, `p95`. */
  statistic: string;
  when: 'above' | 'at-least' | 'below';
  threshold: number;
  periodSeconds: number;
  /** How many periods in a row. */
  periods: number;
  missingData: TreatMissingData;
}

/** @public */
export interface AlarmsProps {
  name: string;
  accountId: string;
  key: IKey;
  /** Told by mail, after they agree. */
  email?: string;
}

const OPERATORS = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  'at-least': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
};

/**
 * An encrypted topic and the alarms that speak to it, when they go off and when it is over (rows 004-23, 004-46).
 *
 * @public
 */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly #name: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#name = props.name;
    this.topic = new Topic(this, 'topic', {
      displayName: `Alarms of ${props.name}`,
      masterKey: props.key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': props.accountId } },
      }),
    );
    if (props.email) {
      new CfnSubscription(this, 'email', {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint: props.email,
      });
    }
  }

  add(id: string, spec: AlarmSpec): this {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.#name}-${id}`,
      alarmDescription: spec.description,
      metric: new Metric({
        namespace: spec.namespace,
        metricName: spec.metricName,
        dimensionsMap: spec.dimensions,
        statistic: spec.statistic,
        period: Duration.seconds(spec.periodSeconds),
      }),
      threshold: spec.threshold,
      comparisonOperator: OPERATORS[spec.when],
      evaluationPeriods: spec.periods,
      treatMissingData: spec.missingData,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return this;
  }
}
