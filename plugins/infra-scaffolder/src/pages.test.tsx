import { NotAllowedError } from '@backstage/errors';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '.';
import {
  FakeInfraApi,
  playConfirm,
  playFailure,
  playPlan,
  playResource,
  playSuccess,
  sampleEnvironment,
  samplePlan,
  sampleRun,
} from './testing';

function open(api: FakeInfraApi, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
}

function withEnvironment(part: Parameters<typeof sampleEnvironment>[0] = {}) {
  const api = new FakeInfraApi();
  api.environments = [sampleEnvironment(part)];
  api.runs.set('r1', sampleRun());
  return api;
}

describe('an environment', () => {
  it('shows outputs, and is destroyed only by its name typed', async () => {
    const api = withEnvironment();
    open(api, '/environments/shop-dev');
    expect(await screen.findByText('Kubeconfig')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Destroy…' }));
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(/31 resources in account 123456789012/),
    ).toBeInTheDocument();
    const button = within(dialog).getByRole('button', {
      name: 'Plan to destroy shop-dev',
    });
    const field = within(dialog).getByLabelText('Type shop-dev to go on');
    await userEvent.type(field, 'shop');
    expect(button).toBeDisabled();
    await userEvent.type(field, '-dev');
    await userEvent.click(button);
    expect(api.calls).toEqual([['destroyEnvironment', 'e1', 'shop-dev']]);
    expect(
      await screen.findByRole('tab', { name: 'Progress' }),
    ).toBeInTheDocument();
  });

  it.each([
    [
      'while a run is at work',
      {
        activeRun: {
          runId: 'r1',
          operation: 'update' as const,
          startedBy: 'user:default/tom',
          since: '2026-11-21T10:00:00.000Z',
        },
      },
      /Changing is at work, started by tom/,
    ],
    [
      'while it is frozen',
      {
        freeze: {
          by: 'user:default/sam',
          reason: 'Failover drill.',
          since: '2026-11-21T10:00:00.000Z',
        },
      },
      /frozen by sam: Failover drill/,
    ],
  ])('cannot be destroyed %s, and says why', async (_, part, why) => {
    open(withEnvironment(part), '/environments/shop-dev');
    const button = await screen.findByRole('button', { name: 'Destroy…' });
    expect(button).toBeDisabled();
    expect(button.getAttribute('aria-description')).toMatch(why);
  });

  it('is not there for those who may not see it', async () => {
    open(new FakeInfraApi(), '/environments/secret');
    expect(
      await screen.findByText('There is no environment secret'),
    ).toBeInTheDocument();
  });
});

describe('a run', () => {
  it('shows its plan before anything happens, and confirms exactly that', async () => {
    const api = withEnvironment({ status: 'planning' });
    open(api, '/environments/shop-dev/runs/r1');
    expect(await screen.findByText(/^Planning shop-dev/)).toBeInTheDocument();
    act(() => playPlan(api));
    const confirm = await screen.findByRole('button', {
      name: 'Create shop-dev (31 resources)',
    });
    expect(screen.getByText(/API server can be reached/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /^database/ }));
    await userEvent.click(screen.getByRole('button', { name: /DBInstance1/ }));
    expect(screen.getByText('AllocatedStorage')).toBeInTheDocument();
    expect(api.calls).toEqual([]);
    await userEvent.click(confirm);
    expect(api.calls).toEqual([['confirmPlan', 'r1', samplePlan().hash]]);
  });

  it('can be discarded, and says so', async () => {
    const api = withEnvironment();
    playPlan(api);
    open(api, '/environments/shop-dev/runs/r1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Discard plan' }),
    );
    expect(api.calls).toEqual([
      [
        'commandRun',
        'r1',
        { type: 'cancel', reason: 'The plan was discarded' },
      ],
    ]);
  });

  it('completes resources one by one, takes a broken connection up again, and ends', async () => {
    const api = withEnvironment();
    playPlan(api);
    playConfirm(api);
    playResource(api, 0, 'done');
    open(api, '/environments/runs/r1');
    expect(await screen.findByText(/1 of 31 resources/)).toBeInTheDocument();
    act(() => playResource(api, 1, 'done'));
    expect(await screen.findByText(/2 of 31 resources/)).toBeInTheDocument();

    const seen = api.events.get('r1')!.length;
    act(() => api.breakStreams());
    expect(await screen.findByText(/Reconnecting/)).toBeInTheDocument();
    act(() => playResource(api, 2, 'done'));
    expect(await screen.findByText(/3 of 31 resources/)).toBeInTheDocument();
    expect(api.streamsAfter[api.streamsAfter.length - 1]).toBe(seen);

    act(() => playSuccess(api));
    expect(
      await screen.findByRole('link', { name: 'Open shop-dev' }),
    ).toHaveAttribute('href', '/environments/shop-dev');
    expect(screen.getByText('Kubeconfig')).toBeInTheDocument();
  });

  it('names what failed and the way on: retry, or skip with a reason', async () => {
    const api = withEnvironment();
    playPlan(api);
    playConfirm(api);
    playFailure(api);
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByText(/Ask for a higher quota/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Retry this step' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Skip with a reason…' }),
    );
    const dialog = await screen.findByRole('dialog');
    const skip = within(dialog).getByRole('button', { name: 'Skip this step' });
    expect(skip).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText('Why'), 'by hand');
    await userEvent.click(skip);
    await waitFor(() =>
      expect(api.calls).toEqual([
        ['commandRun', 'r1', { type: 'retry', stepId: 'apply' }],
        [
          'commandRun',
          'r1',
          { type: 'skip', stepId: 'apply', reason: 'by hand' },
        ],
      ]),
    );
  });

  it('says what was refused, and offers nothing to those who may not', async () => {
    const api = withEnvironment();
    playPlan(api);
    api.confirmPlan = async () => {
      throw new NotAllowedError('You may not confirm this plan');
    };
    const view = open(api, '/environments/shop-dev/runs/r1');
    await userEvent.click(
      await screen.findByRole('button', { name: /^Create shop-dev/ }),
    );
    expect(
      await screen.findByText(/You may not confirm this plan/),
    ).toBeInTheDocument();
    view.unmount();
    api.allowed = {
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    };
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByRole('button', { name: /^Create shop-dev/ }),
    ).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeDisabled();
  });
});
