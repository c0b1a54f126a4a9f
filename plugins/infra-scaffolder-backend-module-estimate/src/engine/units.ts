/** AWS's words for units, for reading. */
const WORDS: Record<string, string> = {
  'ACU-Hr': 'ACU-hours',
  'API Requests': 'requests',
  Alarms: 'alarms',
  Dashboards: 'dashboards',
  Events: 'events',
  'GB-Mo': 'GB-months',
  'Health Checks': 'checks',
  HostedZone: 'zones',
  Hours: 'hours',
  Hrs: 'hours',
  'IOPS-Mo': 'IOPS-months',
  IOs: 'requests',
  Keys: 'keys',
  'LCU-Hrs': 'LCU-hours',
  'MBPS-Mo': 'MB/s-months',
  Metrics: 'metrics',
  Month: 'months',
  Notifications: 'mails',
  Objects: 'objects',
  Observations: 'observations',
  Queries: 'queries',
  'ReadCapacityUnit-Hrs': 'unit-hours',
  ReadRequestUnits: 'reads',
  ReplicatedWriteRequestUnits: 'writes',
  Request: 'requests',
  Requests: 'requests',
  Secrets: 'secrets',
  'WriteCapacityUnit-Hrs': 'unit-hours',
  WriteRequestUnits: 'writes',
};

export function unitWords(unit: string): string {
  return WORDS[unit] ?? unit;
}
