import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import plugin, { infraApiRef } from '..';
import {
  FakeInfraApi,
  playPlan,
  sampleChangeEstimate,
  sampleEnvironment,
  sampleEstimate,
  samplePlan,
  sampleRun,
} from '../testing';

function open(address: string, plan?: Plan) {
  const api = new FakeInfraApi();
  api.environments = [sampleEnvironment()];
  api.runs.set('r1', sampleRun());
  if (plan) {
    playPlan(api, 'r1', plan);
  }
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
  return api;
}

const RUN = '/environments/shop-dev/runs/r1';

describe('the cost of a plan', () => {
  it('stands over the plan, and leads to what it is made of', async () => {
    open(RUN, samplePlan({ estimate: sampleEstimate() }));
    expect(
      await screen.findByText(/31 to add, \+\$112\.04 a month\. Nothing/),
    ).toBeInTheDocument();
    expect(screen.getByText('$112.04 a month')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('link', { name: 'What it is made of' }),
    );
    const table = await screen.findByRole('region', {
      name: 'priced resources',
    });
    expect(
      within(table)
        .getAllByRole('row')
        .slice(1)
        .map(row => row.textContent),
    ).toEqual([
      'cluster/control-planeKubernetes 1.36$75.00',
      'database/instancedb.t3.small$36.59',
      'database/secretSecret$0.45',
    ]);
    expect(
      screen.getByText(/none of them older than 2026-07-20/),
    ).toBeVisible();
    expect(
      screen.getByText('Each secret is read 10 thousand times a month.'),
    ).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Open database/secret' }),
    );
    expect(screen.getByText('10,000 requests × $0.000005')).toBeVisible();
    expect(screen.getByText('$0.05')).toBeVisible();
  });

  it('of a change says the difference, and what could not be priced', async () => {
    open(
      `${RUN}?tab=cost`,
      samplePlan({ operation: 'update', estimate: sampleChangeEstimate() }),
    );
    expect(
      await screen.findByText('+$17.63 (+19 %) on the $94.41 of what stands'),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      /graph\/cluster \(AWS::Neptune::DBCluster\): Nobody taught/,
    );
    const row = (name: RegExp) => screen.getByRole('row', { name });
    expect(row(/database\/instance/)).toHaveTextContent('$15.76$36.59+$20.83');
    expect(row(/assets-bucket/)).toHaveTextContent('$3.20$0.00−$3.20');
    expect(row(/control-plane/)).toHaveTextContent('$75.00$75.00–');
  });

  it('is not made up where nobody worked it out', async () => {
    open(
      `${RUN}?tab=cost`,
      samplePlan({
        warnings: ['What it costs could not be worked out: the list is gone'],
      }),
    );
    expect(
      await screen.findByText('Nobody worked out what this costs'),
    ).toBeVisible();
    expect(screen.getByText(/the list is gone/)).toBeVisible();
  });

  it('comes with the plan', async () => {
    open(`${RUN}?tab=cost`);
    expect(
      await screen.findByText(/It is worked out with the plan/),
    ).toBeVisible();
  });
});

it('an environment says what it costs as it stands', async () => {
  open('/environments/shop-dev');
  expect(await screen.findByText('$268.91')).toBeVisible();
});
