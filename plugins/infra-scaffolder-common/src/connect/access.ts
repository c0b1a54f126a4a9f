import { awsCommand, items, shellWord, type Place } from './Place';
import type { ConnectGroup } from './types';

const withScheme = (address: string) =>
  /^https?:\/\//.test(address) ? address : `https://${address}`;

/** Where users come in. */
export function applicationGroup(place: Place): ConnectGroup {
  const url = place.output('ApplicationUrl');
  const balancer = place.output('LoadBalancerDns');
  const distribution = place.output('DistributionDomain');
  return {
    id: 'application',
    title: 'Application',
    items: items(
      url !== undefined && {
        id: 'application-url',
        title: 'URL',
        kind: 'link',
        value: url,
        open: withScheme(url),
        note: 'Answers once pods run behind the load balancer.',
      },
      distribution !== undefined && {
        id: 'application-distribution',
        title: 'CloudFront',
        kind: 'link',
        value: withScheme(distribution),
        open: withScheme(distribution),
      },
      balancer !== undefined && {
        id: 'application-balancer',
        title: 'Load balancer',
        kind: 'address',
        value: balancer,
      },
    ),
  };
}

/** The cluster: kubectl as the administrator role. */
export function clusterGroup(place: Place): ConnectGroup {
  const cluster = place.output('ClusterName');
  const role = place.output('ClusterAdminRoleArn');
  const endpoint = place.output('ClusterEndpoint');
  return {
    id: 'cluster',
    title: 'Kubernetes',
    note: 'Needs the AWS CLI, kubectl, and the right to assume the administrator role; in production that asks for a second factor.',
    items: items(
      cluster !== undefined && {
        id: 'cluster-kubeconfig',
        title: 'Connect kubectl',
        kind: 'command',
        value: awsCommand('eks update-kubeconfig', place.region, {
          name: cluster,
          'role-arn': role,
          alias: place.name,
        }),
        note: 'Writes a context with the environment’s name into your kubeconfig; tokens live 15 minutes and are fetched anew.',
      },
      cluster !== undefined && {
        id: 'cluster-pods',
        title: 'First look',
        kind: 'command',
        value: `kubectl --context ${shellWord(place.name)} get pods -A`,
      },
      endpoint !== undefined && {
        id: 'cluster-endpoint',
        title: 'API server',
        kind: 'address',
        value: endpoint,
        open: cluster && place.console('AWS::EKS::Cluster', cluster),
      },
    ),
  };
}

/** Registries of images: one login for all of an account, then each repository. */
export function imagesGroup(place: Place): ConnectGroup {
  const repositories = place.outputsEnding('Repository');
  const registry = repositories[0]?.value.split('/')[0];
  return {
    id: 'images',
    title: 'Images',
    items: [
      ...items(
        registry !== undefined && {
          id: 'images-login',
          title: 'Sign docker in',
          kind: 'command',
          value: `${awsCommand(
            'ecr get-login-password',
            place.region,
          )} | docker login --username AWS --password-stdin ${shellWord(
            registry,
          )}`,
          note: 'Good for 12 hours.',
        },
      ),
      ...repositories.map(({ key, title, value }) => ({
        id: `images-${key}`,
        title,
        kind: 'address' as const,
        value,
      })),
    ],
  };
}

/** A way into the VPC: a shell, and the database on one's own machine. */
export function bastionGroup(place: Place): ConnectGroup {
  const command = place.output('BastionCommand');
  const target = command?.match(/\bi-[0-9a-f]+\b/)?.[0];
  const host = place.output('DatabaseEndpoint');
  const port = place.output('DatabasePort') ?? '5432';
  return {
    id: 'bastion',
    title: 'Bastion',
    note: 'Needs the Session Manager plugin of the AWS CLI; no port is open to anybody.',
    items: items(
      command !== undefined && {
        id: 'bastion-shell',
        title: 'Shell',
        kind: 'command',
        value: command,
        open: target && place.console('AWS::EC2::Instance', target),
      },
      target !== undefined &&
        host !== undefined && {
          id: 'bastion-database',
          title: 'The database on localhost',
          kind: 'command',
          value: awsCommand('ssm start-session', place.region, {
            target,
            'document-name': 'AWS-StartPortForwardingSessionToRemoteHost',
            parameters: JSON.stringify({
              host: [host],
              portNumber: [port],
              localPortNumber: [port],
            }),
          }),
          note: `Then connect to localhost:${port}.`,
        },
    ),
  };
}
