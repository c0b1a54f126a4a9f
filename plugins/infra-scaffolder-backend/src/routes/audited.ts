import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type { Request } from 'express';

/** Performs a change and writes into the audit log who tried it, on what, and whether it was done or why not. */
export async function audited<T>(
  auditor: AuditorService,
  options: {
    eventId: string;
    /** Absent where nobody asked: the portal acts by itself. */
    request?: Request;
    meta?: JsonObject;
  },
  change: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    ...options,
    severityLevel: 'medium',
  });
  try {
    const result = await change();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
