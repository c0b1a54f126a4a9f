import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { fleetApiRef, infraApiRef } from '../api';
import { FakeFleetApi, FakeInfraApi, sampleEnvironment } from '../testing';
import { EnvironmentsEntityContent } from './EnvironmentsEntityContent';

const component = (spec: object, namespace?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace },
  spec: { type: 'service', ...spec },
});

function show(entity: Entity, environments = [sampleEnvironment()]) {
  const api = new FakeInfraApi();
  api.environments = environments;
  const fleet = new FakeFleetApi(api);
  renderInTestApp(
    <EntityProvider entity={entity}>
      <EnvironmentsEntityContent />
    </EntityProvider>,
    {
      apis: [
        [infraApiRef, api],
        [fleetApiRef, fleet],
      ],
    },
  );
  return fleet;
}

describe('the tab of environments in the catalog', () => {
  it('shows a component the environments of its system, with status and cost, and the way to the list', async () => {
    show(component({ system: 'shop' }), [
      sampleEnvironment({
        system: 'system:default/shop',
        estimate: {
          monthlyUsd: '12.50',
          pricesOf: '2026-11-01',
          planId: 'abc',
        },
      }),
      sampleEnvironment({
        id: 'e2',
        name: 'other',
        system: 'system:default/x',
      }),
    ]);
    expect(
      await screen.findByRole('link', { name: 'shop-dev' }),
    ).toBeInTheDocument();
    expect(screen.getByText('$12.50')).toBeInTheDocument();
    expect(screen.queryByText('other')).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All, with filters' }),
    ).toHaveAttribute('href', '/environments?system=system%3Adefault%2Fshop');
  });

  it('finds the system in the component’s own namespace', async () => {
    const fleet = show(component({ system: 'shop' }, 'retail'));
    expect(
      await screen.findByText('None that you may see belongs to shop.'),
    ).toBeInTheDocument();
    expect(fleet.queries[0].where).toEqual({ system: ['system:retail/shop'] });
  });
});
