import type { Config } from '@backstage/config';
import {
  freezePeriodSchema,
  type FreezePeriod,
} from '@slipway/plugin-infra-scaffolder-common';

/** @throws Error naming the period of `infraScaffolder.freezes` that is not well-formed, and what is wrong. */
export function readConfiguredFreezes(config: Config): FreezePeriod[] {
  const entries =
    config.getOptionalConfigArray('infraScaffolder.freezes') ?? [];
  return entries.map((entry, index) => {
    const list = (key: string) => entry.getOptionalStringArray(key) ?? [];
    const result = freezePeriodSchema.safeParse({
      title: entry.getString('title'),
      from: entry.getString('from'),
      until: entry.getString('until'),
      scope: {
        accountIds: list('accountIds'),
        sizes: list('sizes'),
        systems: list('systems'),
      },
    });
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new Error(
        `infraScaffolder.freezes[${index}].${issue.path.join('.')}: ${
          issue.message
        }`,
      );
    }
    return {
      ...result.data,
      id: `configured-${index + 1}`,
      createdBy: 'configuration',
      isConfigured: true,
    };
  });
}
