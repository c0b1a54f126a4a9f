import type { SandboxDns } from '../dns/SandboxDns';
import type { OwnAnswer } from './awsErrors';
import type { OwnService } from './Gateway';

/** Regions that Route 53's checkers look from. */
const CHECKER_REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];

function escapeXml(text: string): string {
  return text.replace(
    /[<>&]/g,
    character => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' }[character]!),
  );
}

/** Route 53's GetHealthCheckStatus, which the emulator lacks, from the health checks that the sandbox's DNS evaluates. */
export function healthCheckStatus(
  dns: () => SandboxDns | undefined,
): OwnService {
  return (call, request): OwnAnswer | undefined => {
    if (call.operation !== 'GetHealthCheckStatus') {
      return undefined;
    }
    const id = decodeURIComponent(request.url?.split('/')[3] ?? '');
    const check = dns()?.healthCheck(id);
    if (!check) {
      return undefined;
    }
    const observations = CHECKER_REGIONS.map(
      region =>
        `<HealthCheckObservation><Region>${region}</Region><StatusReport><Status>${escapeXml(
          check.last?.status ?? (check.healthy ? 'Success' : 'Failure'),
        )}</Status><CheckedTime>${
          check.last?.checkedAt ?? new Date().toISOString()
        }</CheckedTime></StatusReport></HealthCheckObservation>`,
    ).join('');
    const body = Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<GetHealthCheckStatusResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HealthCheckObservations>${observations}</HealthCheckObservations></GetHealthCheckStatusResponse>`,
    );
    return {
      status: 200,
      headers: {
        'content-type': 'text/xml',
        'content-length': `${body.length}`,
      },
      body,
    };
  };
}
