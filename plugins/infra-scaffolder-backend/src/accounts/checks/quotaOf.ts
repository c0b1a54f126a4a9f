import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas';
import type { CheckContext } from '../types';

/**
 * What the account may have of it in the region. AWS tells the default apart where nobody ever asked for more.
 * {@link https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html}
 */
export async function quotaOf(
  { clientConfig, signal }: Pick<CheckContext, 'clientConfig' | 'signal'>,
  { serviceCode, quotaCode }: { serviceCode: string; quotaCode: string },
): Promise<number | undefined> {
  const client = new ServiceQuotasClient(clientConfig);
  const asked = { ServiceCode: serviceCode, QuotaCode: quotaCode };
  try {
    const { Quota } = await client.send(new GetServiceQuotaCommand(asked), {
      abortSignal: signal,
    });
    return Quota?.Value;
  } catch (error) {
    if ((error as Error).name !== 'NoSuchResourceException') {
      throw error;
    }
    const { Quota } = await client.send(
      new GetAWSDefaultServiceQuotaCommand(asked),
      { abortSignal: signal },
    );
    return Quota?.Value;
  } finally {
    client.destroy();
  }
}
