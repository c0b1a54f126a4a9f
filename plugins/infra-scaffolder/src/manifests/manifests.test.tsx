import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import { FakeInfraApi, sampleEnvironment, sampleManifests } from '../testing';

function open(api: FakeInfraApi) {
  api.environments = [sampleEnvironment()];
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/environments/shop-dev?tab=manifests'],
    apis: [[infraApiRef, api]],
  });
}

describe('the manifests of an environment', () => {
  const saved: string[] = [];

  beforeEach(() => {
    saved.length = 0;
    URL.createObjectURL = () => 'blob:it';
    URL.revokeObjectURL = () => {};
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(this.download);
      });
  });

  it('stand in the order in which they are applied, each with its command and content', async () => {
    const api = new FakeInfraApi();
    open(api);
    await screen.findByText('Controllers');
    expect(
      screen
        .getAllByRole('button', { expanded: false })
        .map(button => button.textContent)
        .filter(text => text?.includes('.yaml')),
    ).toEqual([
      expect.stringMatching(/^namespaces\.yaml/),
      expect.stringMatching(/^cluster-autoscaler\.yaml \(Helm values\)/),
      expect.stringMatching(/^frontend\.yaml/),
    ]);
    await userEvent.click(
      screen.getByRole('button', { name: /^namespaces\.yaml/ }),
    );
    const [{ command, content }] = sampleManifests().files;
    expect(screen.getByText(command)).toBeVisible();
    expect(
      screen.getByLabelText('00-cluster/namespaces.yaml').textContent,
    ).toBe(content);
    await userEvent.click(
      screen.getByRole('button', { name: 'Download namespaces.yaml' }),
    );
    expect(saved).toEqual(['namespaces.yaml']);
  });

  it('come as an archive too', async () => {
    const api = new FakeInfraApi();
    open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download all' }),
    );
    await waitFor(() => expect(saved).toEqual(['shop-dev-manifests.zip']));
    expect(api.calls).toEqual([['downloadManifests', 'e1']]);
    expect(
      screen.getByText(
        'unzip shop-dev-manifests.zip && sh shop-dev-manifests/apply.sh',
      ),
    ).toBeVisible();
  });

  it('say why there are none', async () => {
    const api = new FakeInfraApi();
    api.manifests = {
      files: [],
      reason: 'They are made from its outputs, which come once it is ready.',
    };
    open(api);
    expect(await screen.findByText('No manifests')).toBeVisible();
    expect(screen.getByText(/which come once it is ready/)).toBeVisible();
  });
});
