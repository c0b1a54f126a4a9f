import type { ManifestFile } from '@slipway/plugin-infra-scaffolder-common';
import type { ManifestInput } from '@slipway/plugin-infra-scaffolder-node';
import { helmValues } from '../bundle';
import { isProduction, needed, OBSERVABILITY, STORAGE_CLASS } from '../facts';

const RECEIVERS = '/etc/alertmanager/secrets/alertmanager-receivers';

/** Prometheus, Grafana, node exporter, Alertmanager with its ways to people. */
export function monitoring(input: ManifestInput): ManifestFile {
  const production = isProduction(input);
  const claim = (storage: string) => ({
    spec: {
      storageClassName: STORAGE_CLASS,
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage } },
    },
  });
  return helmValues(
    '40-observability/prometheus.yaml',
    'Prometheus, Grafana, node exporter and alerts by severity. Make the secret alertmanager-receivers (slack-url, pagerduty-key) in observability first.',
    {
      name: 'monitoring',
      chart: 'kube-prometheus-stack',
      repository: 'https://prometheus-community.github.io/helm-charts',
      namespace: OBSERVABILITY,
    },
    {
      prometheus: {
        prometheusSpec: {
          replicas: production ? 2 : 1,
          retention: production ? '30d' : '7d',
          storageSpec: {
            volumeClaimTemplate: claim(production ? '200Gi' : '20Gi'),
          },
          serviceMonitorSelectorNilUsesHelmValues: false,
          podMonitorSelectorNilUsesHelmValues: false,
        },
      },
      alertmanager: {
        alertmanagerSpec: {
          replicas: production ? 3 : 1,
          secrets: ['alertmanager-receivers'],
        },
        config: {
          route: {
            receiver: 'chat',
            group_by: ['alertname', 'namespace'],
            group_wait: '30s',
            group_interval: '5m',
            repeat_interval: '4h',
            routes: [
              { receiver: 'nobody', matchers: ['alertname = "Watchdog"'] },
              {
                receiver: 'on-call',
                matchers: ['severity = "critical"'],
                repeat_interval: '30m',
                continue: true,
              },
              {
                receiver: 'chat',
                matchers: ['severity =~ "warning|critical"'],
              },
            ],
          },
          receivers: [
            { name: 'nobody' },
            {
              name: 'chat',
              slack_configs: [
                {
                  api_url_file: `${RECEIVERS}/slack-url`,
                  channel: `#${input.environment.name}`,
                  send_resolved: true,
                },
              ],
            },
            {
              name: 'on-call',
              pagerduty_configs: [
                { routing_key_file: `${RECEIVERS}/pagerduty-key` },
              ],
            },
          ],
        },
      },
      grafana: {
        persistence: { enabled: true, storageClassName: STORAGE_CLASS },
      },
    },
  );
}

/** Elasticsearch's chart makes it. */
const ELASTIC_PASSWORD = {
  name: 'ELASTIC_PASSWORD',
  valueFrom: {
    secretKeyRef: { name: 'elasticsearch-master-credentials', key: 'password' },
  },
};

/** Logs of all containers, into a bucket where the environment has one for them, else to Elasticsearch. */
export function logging(input: ManifestInput): ManifestFile {
  const { region } = input.environment;
  const { LogsBucket: bucket, LogsRoleArn: roleArn } = input.outputs;
  return helmValues(
    '40-observability/logs.yaml',
    bucket
      ? 'Fluent Bit brings the logs of all containers into the environment’s bucket.'
      : 'Fluent Bit brings the logs of all containers to Elasticsearch in the namespace observability.',
    {
      name: 'log-collector',
      chart: 'fluent-bit',
      repository: 'https://fluent.github.io/helm-charts',
      namespace: OBSERVABILITY,
    },
    {
      serviceAccount: {
        create: true,
        name: 'log-collector',
        ...(roleArn && {
          annotations: { 'eks.amazonaws.com/role-arn': roleArn },
        }),
      },
      priorityClassName: 'platform',
      ...(!bucket && { env: [ELASTIC_PASSWORD] }),
      config: {
        outputs: bucket
          ? [
              '[OUTPUT]',
              '    Name s3',
              '    Match kube.*',
              `    bucket ${bucket}`,
              `    region ${region}`,
              '    total_file_size 50M',
              '    compression gzip',
              '    s3_key_format /$TAG/%Y/%m/%d/%H/$UUID.gz',
              '',
            ].join('\n')
          : [
              '[OUTPUT]',
              '    Name es',
              '    Match kube.*',
              '    Host elasticsearch-master',
              '    Logstash_Format On',
              '    tls On',
              '    tls.verify Off',
              '    HTTP_User elastic',
              '    HTTP_Passwd ${ELASTIC_PASSWORD}',
              '    Suppress_Type_Name On',
              '    Replace_Dots On',
              '',
            ].join('\n'),
      },
    },
  );
}

/** Where logs are searched: Elasticsearch and Kibana. */
export function logSearch(input: ManifestInput): ManifestFile[] {
  const repository = 'https://helm.elastic.co';
  const production = isProduction(input);
  return [
    helmValues(
      '40-observability/elasticsearch.yaml',
      'Elasticsearch, which keeps the logs that are searched.',
      {
        name: 'elasticsearch',
        chart: 'elasticsearch',
        repository,
        namespace: OBSERVABILITY,
      },
      {
        replicas: production ? 3 : 1,
        minimumMasterNodes: production ? 2 : 1,
        volumeClaimTemplate: {
          storageClassName: STORAGE_CLASS,
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: production ? '100Gi' : '20Gi' } },
        },
      },
    ),
    helmValues(
      '40-observability/kibana.yaml',
      'Kibana, in which logs are searched.',
      { name: 'kibana', chart: 'kibana', repository, namespace: OBSERVABILITY },
      { elasticsearchHosts: 'https://elasticsearch-master:9200' },
    ),
  ];
}

/** Traces by OpenTelemetry: to X-Ray where the environment has a role for it, else to Jaeger. */
export function tracing(input: ManifestInput): ManifestFile[] {
  const { TracingRoleArn: roleArn } = input.outputs;
  const exporter = roleArn ? 'awsxray' : 'otlp/jaeger';
  const collector = helmValues(
    '40-observability/traces.yaml',
    `Takes OpenTelemetry’s traces and hands them to ${
      roleArn ? 'X-Ray' : 'Jaeger'
    }.`,
    {
      name: 'otel-collector',
      chart: 'opentelemetry-collector',
      repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
      namespace: OBSERVABILITY,
    },
    {
      mode: 'deployment',
      image: { repository: 'otel/opentelemetry-collector-contrib' },
      serviceAccount: {
        create: true,
        name: 'otel-collector',
        ...(roleArn && {
          annotations: {
            'eks.amazonaws.com/role-arn': needed(input, 'TracingRoleArn'),
          },
        }),
      },
      config: {
        exporters: roleArn
          ? { awsxray: { region: input.environment.region } }
          : {
              'otlp/jaeger': {
                endpoint: 'jaeger-collector:4317',
                tls: { insecure: true },
              },
            },
        service: {
          pipelines: {
            traces: {
              receivers: ['otlp'],
              processors: ['memory_limiter', 'batch'],
              exporters: [exporter],
            },
          },
        },
      },
    },
  );
  return roleArn
    ? [collector]
    : [
        collector,
        helmValues(
          '40-observability/jaeger.yaml',
          'Jaeger, in which traces are looked at; it keeps them in memory until it has a store of its own.',
          {
            name: 'jaeger',
            chart: 'jaeger',
            repository: 'https://jaegertracing.github.io/helm-charts',
            namespace: OBSERVABILITY,
          },
          {
            allInOne: { enabled: true },
            storage: { type: 'memory' },
            provisionDataStore: { cassandra: false },
            agent: { enabled: false },
            collector: { enabled: false },
            query: { enabled: false },
          },
        ),
      ];
}
