import { expect, type Camera } from '../Camera';
import type { PlannedRun, PortalWorld } from '../PortalWorld';

const PHONE = { width: 390, height: 844 };
const HOUR_MS = 60 * 60 * 1000;

const pathOf = ({ environment, runId }: PlannedRun) =>
  `/environments/${environment.name}/runs/${runId}`;

/** In UTC, to the minute. */
function inHours(hours: number): string {
  return `${new Date(Date.now() + hours * HOUR_MS)
    .toISOString()
    .slice(0, 16)}:00Z`;
}

async function addFreeze(
  world: PortalWorld,
  title: string,
  [from, until]: [number, number],
  scope: object,
): Promise<string> {
  const { id } = await world.call<{ id: string }>(
    'sam',
    'POST',
    '/infra-scaffolder/freezes',
    {
      title,
      from: inHours(from),
      until: inHours(until),
      scope: { accountIds: [], sizes: [], systems: [], ...scope },
    },
  );
  return id;
}

/** A plan that is confirmed and awaits somebody else. */
async function awaiting(
  world: PortalWorld,
  person: string,
  name: string,
  more: object = {},
): Promise<PlannedRun> {
  const run = await world.request(person, { name, size: 'prod', ...more });
  await world.confirm(run);
  await world.untilApprovalIsAsked('ada', run.runId);
  return run;
}

/** What awaits somebody else's approval, and the calendar of change freezes; leaves neither behind. */
export async function takeApprovals(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  await camera.take({
    person: 'ada',
    path: '/approvals',
    name: 'approvals-empty',
    caption: 'Approvals before there is one',
  });
  await camera.take({
    person: 'sam',
    path: '/freezes',
    name: 'freezes-empty',
    caption: 'The calendar of change freezes before there is one',
  });

  const run = await awaiting(world, 'maya', 'shop-prod');
  const urgent = await awaiting(world, 'tom', 'payments-reconciliation-emea', {
    owner: 'group:default/payments',
    system: 'system:default/enterprise-platform',
  });
  const rejected = await awaiting(world, 'maya', 'shop-black-friday');
  await world.decide('ada', rejected, {
    decision: 'reject',
    comment: 'Use shop-prod for the sale, and make it larger for the week.',
  });
  await world.untilRun('maya', rejected.runId, ['cancelled']);
  const freezes = [
    await addFreeze(world, 'Black Friday', [5, 101], {
      sizes: ['prod', 'standby'],
    }),
    await addFreeze(world, 'Quarter close', [-2, 30], {
      systems: ['system:default/enterprise-platform'],
    }),
    await addFreeze(
      world,
      'Move of the identity provider to a new region',
      [200, 212],
      {
        accountIds: ['123456789012'],
      },
    ),
  ];

  const shot = { person: 'ada', path: pathOf(run) };
  await camera.take({
    ...shot,
    name: 'approval',
    caption:
      'A plan of production for its approver: reasons, cost, findings, the plan',
  });
  await camera.take({
    ...shot,
    ...PHONE,
    name: 'approval-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    ...shot,
    person: 'maya',
    name: 'approval-author',
    caption: 'The same for who asked: somebody else decides',
  });
  await camera.take({
    person: 'ada',
    path: '/approvals',
    name: 'approvals',
    caption: 'All that awaits or awaited a decision',
  });
  await camera.take({
    ...PHONE,
    person: 'ada',
    path: '/approvals',
    name: 'approvals-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    person: 'sam',
    path: pathOf(urgent),
    name: 'freeze-override',
    caption: 'A change freeze, and letting one plan through it',
    act: async page => {
      await page.getByRole('button', { name: 'Let this plan through' }).click();
      await page
        .getByRole('dialog')
        .getByRole('textbox')
        .fill('Payments of today fail without it.');
    },
  });
  await camera.take({
    person: 'sam',
    path: '/freezes',
    name: 'freezes',
    caption: 'The calendar of change freezes',
    act: page => expect(page.getByText('Black Friday')).toBeVisible(),
  });
  await camera.take({
    ...PHONE,
    person: 'sam',
    path: '/freezes',
    name: 'freezes-phone',
    caption: 'The same on a phone',
    act: page => expect(page.getByText('Black Friday')).toBeVisible(),
  });
  await camera.take({
    person: 'sam',
    path: '/freezes',
    name: 'freeze-change',
    caption: 'Changing a freeze',
    act: page =>
      page.getByRole('button', { name: 'Change Black Friday' }).click(),
  });

  for (const id of freezes) {
    await world.call('sam', 'DELETE', `/infra-scaffolder/freezes/${id}`);
  }
  for (const left of [run, urgent]) {
    await world.cancel(left);
    await world.untilRun(left.person, left.runId, ['cancelled']);
  }
}
