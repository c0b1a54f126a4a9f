import { awsCommand, items, type Place } from './Place';
import type { ConnectGroup, ConnectInput, ConnectItem } from './types';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const INSIGHTS_ADDON = 'amazon-cloudwatch-observability';
const INSIGHTS_LOGS = ['application', 'dataplane', 'host', 'performance'];

function logItem(place: Place, name: string): ConnectItem {
  return {
    id: `log-${name}`,
    title: name,
    kind: 'command',
    value: `${awsCommand(`logs tail ${name}`, place.region, {
      since: '1h',
    })} --follow`,
    open: place.console(LOG_GROUP, name),
  };
}

/** Log groups that exist, and those that Container Insights writes where its add-on is there. */
export function logsGroup(
  place: Place,
  resources: ConnectInput['resources'] = [],
): ConnectGroup {
  const made = resources.flatMap(({ type, physicalId }) =>
    type === LOG_GROUP && physicalId ? [physicalId] : [],
  );
  const cluster = place.output('ClusterName');
  const hasInsights = resources.some(
    ({ type, physicalId }) =>
      type === 'AWS::EKS::Addon' && physicalId?.includes(INSIGHTS_ADDON),
  );
  const insights =
    hasInsights && cluster
      ? INSIGHTS_LOGS.map(kind => `/aws/containerinsights/${cluster}/${kind}`)
      : [];
  return {
    id: 'logs',
    title: 'Logs',
    items: [...new Set([...made, ...insights])]
      .sort()
      .map(name => logItem(place, name)),
  };
}

/** Puts what an environment is into a configured address. */
function filled(
  template: string,
  values: Record<string, string | undefined>,
): string | undefined {
  let isWhole = true;
  const url = template.replace(/\{(\w+)\}/g, (_whole, key: string) => {
    const value = values[key];
    isWhole &&= value !== undefined;
    return encodeURIComponent(value ?? '');
  });
  return isWhole ? url : undefined;
}

const nameOf = (ref: string) => ref.split('/').at(-1)!;

/** Its own dashboard, and what the portal's configuration links to, e.g. Grafana. */
export function dashboardsGroup(
  place: Place,
  { environment, links = [] }: ConnectInput,
): ConnectGroup {
  const own = place.output('DashboardUrl');
  const values = {
    name: environment.name,
    owner: nameOf(environment.owner),
    system: nameOf(environment.system),
    size: environment.size,
    region: environment.region,
    accountId: environment.accountId,
    cluster: place.output('ClusterName'),
  };
  return {
    id: 'dashboards',
    title: 'Dashboards',
    items: [
      ...items(
        own !== undefined && {
          id: 'dashboard',
          title: 'CloudWatch dashboard',
          kind: 'link',
          value: own,
          open: own,
        },
      ),
      ...links.flatMap(({ title, url }): ConnectItem[] => {
        const value = filled(url, values);
        return value
          ? [{ id: `link-${title}`, title, kind: 'link', value, open: value }]
          : [];
      }),
    ],
  };
}

/** Pages of the AWS console about the whole of it. */
export function consoleGroup(
  place: Place,
  { environment }: ConnectInput,
): ConnectGroup {
  const { stackId, stackName, stateBucket, stateKey } = environment.engineState;
  const page = (
    id: string,
    title: string,
    open: string | undefined,
  ): ConnectItem | undefined =>
    open ? { id, title, kind: 'link', value: open, open } : undefined;
  const vpc = place.output('VpcId');
  const stack = typeof stackId === 'string' ? stackId : stackName;
  return {
    id: 'console',
    title: 'AWS console',
    note: `Sign in to account ${place.accountId} first.`,
    items: items(
      typeof stack === 'string' &&
        page(
          'console-stack',
          'Stack',
          place.console('AWS::CloudFormation::Stack', stack),
        ),
      vpc !== undefined &&
        page('console-vpc', 'VPC', place.console('AWS::EC2::VPC', vpc)),
      typeof stateBucket === 'string' &&
        typeof stateKey === 'string' && {
          id: 'console-state',
          title: 'Terraform state',
          kind: 'address',
          value: `s3://${stateBucket}/${stateKey}`,
          note: 'Holds secrets; only the portal’s role reads it.',
        },
    ),
  };
}
