/** Files as JSON, which is YAML too. */
function file(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What Prometheus is to do. */
export interface PrometheusSettings {
  /** `host:port` of what exposes the traffic, and the places that it is measured at. */
  exporter?: { address: string; vantages: readonly string[] };
  /** `host:port` */
  alertmanager?: string;
  rulesDir: string;
  scrapeSeconds: number;
}

/** Prometheus's configuration file. */
export function prometheusConfiguration(settings: PrometheusSettings): string {
  const { exporter, alertmanager, rulesDir, scrapeSeconds } = settings;
  return file({
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      scrape_timeout: `${Math.min(scrapeSeconds, 4)}s`,
      evaluation_interval: `${Math.max(scrapeSeconds, 10)}s`,
    },
    alerting: {
      alertmanagers: alertmanager
        ? [{ static_configs: [{ targets: [alertmanager] }] }]
        : [],
    },
    rule_files: [`${rulesDir}/*.yml`],
    scrape_configs: exporter
      ? [
          {
            job_name: 'traffic',
            // The series name their region themselves.
            honor_labels: true,
            static_configs: exporter.vantages.map(vantage => ({
              targets: [exporter.address],
              labels: {
                __metrics_path__: `/metrics/${vantage}`,
                instance: vantage,
              },
            })),
            // So that they are the same series as those of the past, and short.
            metric_relabel_configs: [
              { action: 'labeldrop', regex: 'job|instance' },
            ],
          },
        ]
      : [],
  });
}

/** The one rule of the sandbox's own. */
export function sanityRules(): string {
  return file({
    groups: [
      {
        name: 'sandbox',
        rules: [
          {
            alert: 'TargetDown',
            expr: 'up == 0',
            for: '1m',
            labels: { severity: 'warning' },
            annotations: {
              summary: '{{ $labels.instance }} has told nothing for a minute',
            },
          },
        ],
      },
    ],
  });
}

/** Alertmanager's configuration file: alerts are kept and grouped, and sent nowhere. */
export function alertmanagerConfiguration(): string {
  return file({
    route: {
      receiver: 'nobody',
      group_by: ['system', 'alertname'],
      group_wait: '10s',
      group_interval: '1m',
      repeat_interval: '4h',
    },
    receivers: [{ name: 'nobody' }],
  });
}
