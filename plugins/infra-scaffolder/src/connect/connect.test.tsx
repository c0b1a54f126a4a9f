import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { infraApiRef } from '../api';
import { FakeInfraApi, sampleEnvironment } from '../testing';
import { ConnectTab } from './ConnectTab';

const environment = sampleEnvironment({
  outputs: [
    {
      key: 'ClusterName',
      title: 'Cluster',
      kind: 'text',
      value: 'slipway-shop-dev',
    },
    {
      key: 'DatabaseEndpoint',
      title: 'Database',
      kind: 'endpoint',
      value: 'shop.cluster-abc.us-east-1.rds.amazonaws.com',
    },
  ],
});

function show(api: FakeInfraApi, shown = environment) {
  return renderInTestApp(<ConnectTab environment={shown} />, {
    apis: [[infraApiRef, api]],
    config: {
      infraScaffolder: {
        connect: {
          links: [{ title: 'Grafana', url: 'https://g.test/{name}' }],
        },
      },
    },
  });
}

describe('the Connect tab', () => {
  it('has commands to copy, pages to open and the links of the configuration', async () => {
    const user = userEvent.setup();
    const written = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue();
    show(new FakeInfraApi());
    await user.click(
      await screen.findByRole('button', { name: 'Copy Connect kubectl' }),
    );
    expect(written).toHaveBeenCalledWith(
      'aws eks update-kubeconfig --region us-east-1 --name slipway-shop-dev --alias shop-dev',
    );
    expect(screen.getByText('Password for 15 minutes')).toBeInTheDocument();
    expect(
      screen
        .getAllByRole('link', { name: /^Open/ })
        .map(link => link.getAttribute('href')),
    ).toContain('https://g.test/shop-dev');
  });

  it('says what is missing where AWS does not answer', async () => {
    const api = new FakeInfraApi();
    jest
      .spyOn(api, 'listResources')
      .mockRejectedValue(new Error('AWS does not answer'));
    show(api);
    expect(
      await screen.findByText(/could not be read from AWS/),
    ).toBeInTheDocument();
    expect(screen.getByText('Connect kubectl')).toBeInTheDocument();
  });

  it('says so before there is anything', async () => {
    show(
      new FakeInfraApi(),
      sampleEnvironment({ outputs: [], status: 'creating' }),
    );
    expect(
      await screen.findByText('Nothing to connect to'),
    ).toBeInTheDocument();
  });
});
