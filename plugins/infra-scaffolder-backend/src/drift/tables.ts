import type {
  DriftDetection,
  DriftReport,
} from '@slipway/plugin-infra-scaffolder-common';

export const DRIFT_TABLES = {
  reports: 'drift_reports',
  detections: 'drift_detections',
} as const;

export interface DriftReportRow {
  environment_id: string;
  state: DriftDetection['state'];
  reason: string | null;
  checked_at: Date | null;
  in_sync_at: Date | null;
  next_at: Date;
  claimed_until: Date | null;
  claim_id: string | null;
  body: Pick<DriftReport, 'findings' | 'explained' | 'unchecked'>;
}

export interface DriftDetectionRow {
  id: string;
  environment_id: string;
  started_at: Date;
  ended_at: Date;
  actor: string | null;
  state: DriftDetection['state'];
  reason: string | null;
  findings: { items: DriftReport['findings'] };
}
