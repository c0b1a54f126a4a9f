import { identityApiRef } from '@backstage/frontend-plugin-api';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { EnvironmentRequest } from '@slipway/plugin-infra-scaffolder-common';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ComponentProps } from 'react';
import { infraApiRef, lifetimeApiRef } from '../api';
import { FakeInfraApi, FakeLifetimeApi, sampleEnvironment } from '../testing';
import { EnvironmentRequestField } from './EnvironmentRequestField';
import { validateRequest } from './validateRequest';

type FieldProps = ComponentProps<typeof EnvironmentRequestField>;
type Value = Partial<EnvironmentRequest>;

const catalog = catalogApiMock({
  entities: [
    { kind: 'Group', name: 'storefront' },
    { kind: 'Group', name: 'payments' },
    { kind: 'System', name: 'microservices-platform' },
  ].map(({ kind, name }) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
  })),
});

const identity = {
  getBackstageIdentity: async () => ({
    type: 'user' as const,
    userEntityRef: 'user:default/maya',
    ownershipEntityRefs: ['user:default/maya', 'group:default/storefront'],
  }),
  getProfileInfo: async () => ({}),
  getCredentials: async () => ({}),
  signOut: async () => undefined,
};

/** @param options - `lateMs`: how long the form around takes to hand back what it was sent. */
function show(
  api: FakeInfraApi,
  options: { rawErrors?: string[]; lateMs?: number } = {},
) {
  const { rawErrors = [], lateMs } = options;
  const latest: { value: Value } = { value: {} };
  function Form() {
    const [value, setValue] = useState<Value>({});
    latest.value = value;
    const take = (next: Value) =>
      lateMs === undefined
        ? setValue(next)
        : setTimeout(() => act(() => setValue(next)), lateMs);
    const props = {
      formData: value,
      onChange: take,
      rawErrors,
      uiSchema: { 'ui:options': { blueprint: 'microservices-platform' } },
    } as unknown as FieldProps;
    return <EnvironmentRequestField {...props} />;
  }
  renderInTestApp(
    <TestApiProvider
      apis={[
        [infraApiRef, api],
        [lifetimeApiRef, new FakeLifetimeApi()],
        [catalogApiRef, catalog],
        [identityApiRef, identity],
      ]}
    >
      <Form />
    </TestApiProvider>,
  );
  return latest;
}

const type = (label: string, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });

describe('EnvironmentRequestField', () => {
  it('fills in what can be known: team, account, region and a free block', async () => {
    const latest = show(new FakeInfraApi());
    await screen.findByDisplayValue('10.1.0.0/16');
    expect(latest.value).toMatchObject({
      blueprint: { id: 'microservices-platform', version: '1.0.0' },
      owner: 'group:default/storefront',
      accountId: '123456789012',
      region: 'us-east-1',
      cidr: '10.1.0.0/16',
      size: 'dev',
      engine: 'cdk',
      parameters: {},
    });
    expect(screen.getByText(/Document says 1\.28\./)).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: /Terraform/ })).toBeDisabled();
  });

  it('says what is left of an account, and why another cannot be chosen', async () => {
    const api = new FakeInfraApi();
    const [sandbox, full] = await api.listTargets();
    api.listTargets = async () => [
      full,
      {
        ...sandbox,
        quotas: {
          environments: { used: 2, most: 3 },
          monthlyUsd: { used: '412.50', most: '1000' },
        },
      },
    ];
    const latest = show(api);
    await screen.findByDisplayValue('10.1.0.0/16');
    expect(latest.value.accountId).toBe(sandbox.accountId);
    expect(
      screen.getByText(
        '2 of 3 environments are there. $412.50 of $1,000.00 a month are used.',
      ),
    ).toBeInTheDocument();
    fireEvent.mouseDown(screen.getByLabelText('AWS account'));
    const option = await screen.findByRole('option', { name: /^shared/ });
    expect(option).toHaveAttribute('aria-disabled', 'true');
    expect(option).toHaveTextContent('takes 3 environments at most and has 3');
  });

  it('checks while typing, and mends by one click', async () => {
    const api = new FakeInfraApi();
    api.environments = [sampleEnvironment()];
    const latest = show(api);
    await screen.findByDisplayValue('10.1.0.0/16');

    type('Name', 'Shop Dev');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Use shop-dev' }),
    );
    expect(await screen.findByText('shop-dev is taken.')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Use shop-dev-2' }),
    );
    await waitFor(() =>
      expect(screen.queryByText('shop-dev is taken.')).not.toBeInTheDocument(),
    );
    expect(latest.value.name).toBe('shop-dev-2');

    type('CIDR', '10.0.0.0/16');
    expect(
      await screen.findByText('10.0.0.0/16 overlaps 10.0.0.0/16 of shop-dev.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Use 10.1.0.0/16' }),
    );
    expect(latest.value.cidr).toBe('10.1.0.0/16');
  });

  it('refuses sizes outside their range, and lets the size set what was not set by hand', async () => {
    const latest = show(new FakeInfraApi());
    await screen.findByDisplayValue('10.1.0.0/16');
    expect(screen.getByLabelText('Most nodes')).toHaveValue('3');
    type('Storage', '5');
    expect(screen.getByText('Between 20 and 1000 GB.')).toBeInTheDocument();
    type('Storage', 'lots');
    expect(screen.getByText('Between 20 and 1000 GB.')).toBeInTheDocument();
    type('Storage', '80');
    expect(
      screen.queryByText('Between 20 and 1000 GB.'),
    ).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: /Production/ }));
    expect(screen.getByLabelText('Most nodes')).toHaveValue('20');
    expect(screen.getByLabelText('Storage')).toHaveValue('80');
    expect(latest.value.parameters).toEqual({ databaseStorageGb: 80 });
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to 20 GB' }),
    );
    expect(latest.value.parameters).toEqual({});
  });

  it('offers the end of the stage, says what one agrees to, and asks for none in production', async () => {
    const latest = show(new FakeInfraApi());
    await screen.findByDisplayValue('10.1.0.0/16');
    const inDays = () =>
      (Date.parse(latest.value.expiresAt!) - Date.now()) / (24 * 3_600_000);
    expect(inDays()).toBeCloseTo(7, 1);
    const consent = screen.getByRole('note', { name: 'What you agree to' });
    expect(consent).toHaveTextContent(
      /The environment is destroyed on .* unless you extend it\. All data in it are deleted\./,
    );
    await userEvent.click(screen.getByRole('button', { name: 'In 30 days' }));
    expect(inDays()).toBeCloseTo(30, 1);
    await userEvent.click(screen.getByRole('radio', { name: /Small/ }));
    expect(inDays()).toBeCloseTo(30, 1);
    type('Ends (UTC)', '2030-01-02T03:04');
    expect(latest.value.expiresAt).toBe('2030-01-02T03:04:00.000Z');
    expect(consent).toHaveTextContent('2 January 2030 at 03:04 UTC');
    await userEvent.click(screen.getByRole('radio', { name: /Production/ }));
    await waitFor(() => expect(latest.value.expiresAt).toBeUndefined());
    expect(
      screen.getByText(/does not end by itself: size prod/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: /^Dev/ }));
    await waitFor(() => expect(inDays()).toBeCloseTo(7, 1));
  });

  it('keeps what is typed at once, before the form around has taken over the defaults', async () => {
    const api = new FakeInfraApi();
    let propose: (proposal: { cidr: string }) => void = () => {};
    api.proposeCidr = () =>
      new Promise(resolve => {
        propose = resolve;
      });
    const latest = show(api, { lateMs: 30 });
    await screen.findByLabelText('Name');
    type('Name', 'shop');
    await act(async () => propose({ cidr: '10.1.0.0/16' }));
    type('Name', 'shop-dev');
    await waitFor(() =>
      expect(latest.value).toMatchObject({
        name: 'shop-dev',
        cidr: '10.1.0.0/16',
        region: 'us-east-1',
        owner: 'group:default/storefront',
      }),
    );
    expect(screen.getByLabelText('Name')).toHaveValue('shop-dev');
  });

  it('proposes anew for another region, unless the person wrote the block', async () => {
    const latest = show(new FakeInfraApi());
    await screen.findByDisplayValue('10.1.0.0/16');
    const choose = async (region: string) => {
      await userEvent.click(screen.getByRole('combobox', { name: 'Region' }));
      await userEvent.click(screen.getByRole('option', { name: region }));
    };
    await choose('us-west-2');
    await screen.findByDisplayValue('10.2.0.0/16');
    type('CIDR', '10.9.0.0/16');
    await choose('us-east-1');
    await waitFor(() => expect(latest.value.region).toBe('us-east-1'));
    expect(screen.getByLabelText('CIDR')).toHaveValue('10.9.0.0/16');
  });

  it('says what is missing once the person tried to go on', async () => {
    show(new FakeInfraApi(), { rawErrors: ['something'] });
    expect(
      await screen.findByText('Give the environment a name.'),
    ).toBeInTheDocument();
  });

  it('says why there is no form', async () => {
    const api = new FakeInfraApi();
    api.listBlueprints = async () => [];
    show(api);
    expect(
      await screen.findByText(/no blueprint “microservices-platform”/),
    ).toBeInTheDocument();
  });
});

describe('validateRequest', () => {
  async function errorsOf(value: Value) {
    const api = new FakeInfraApi();
    api.environments = [sampleEnvironment()];
    const errors: string[] = [];
    await validateRequest(
      value,
      { addError: message => errors.push(message) },
      { apiHolder: { get: () => api as never } },
    );
    return errors;
  }
  const { blueprint, ...good } = sampleEnvironment({
    name: 'shop-two',
    cidr: '10.5.0.0/16',
  });

  it('keeps back what is missing, malformed or taken, and lets the rest go on', async () => {
    expect(await errorsOf({})).toHaveLength(1);
    expect(await errorsOf({ blueprint })).toContain(
      'Choose the system that it is for.',
    );
    expect(await errorsOf({ ...good, blueprint, name: 'X' })).toHaveLength(1);
    expect(await errorsOf({ ...good, blueprint, name: 'shop-dev' })).toEqual([
      'shop-dev is taken.',
    ]);
    expect(await errorsOf({ ...good, blueprint })).toEqual([]);
  });
});
