import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import { lifetimeApiRef } from '../api';
import {
  FakeInfraApi,
  FakeLifetimeApi,
  sampleEnvironment,
  sampleReceipt,
} from '../testing';

const HOUR_MS = 3_600_000;
const inHours = (hours: number) =>
  new Date(Date.now() + hours * HOUR_MS).toISOString();

function open(
  part: Parameters<typeof sampleEnvironment>[0],
  address = '/environments/shop-dev',
) {
  const infra = new FakeInfraApi();
  const lifetime = new FakeLifetimeApi();
  infra.environments = [sampleEnvironment(part)];
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [
      [infraApiRef, infra],
      [lifetimeApiRef, lifetime],
    ],
  });
  return { infra, lifetime };
}

function ending(hours: number, more: object = {}) {
  return {
    expiresAt: inHours(hours),
    expiry: {
      setAt: inHours(hours - 24 * 7),
      consent: {
        by: 'user:default/maya',
        at: '2026-11-20T10:00:00.000Z',
        words: 'shop-dev is destroyed on 27 November 2026 at 10:00 UTC.',
      },
      ...more,
    },
  };
}

describe('the end of an environment', () => {
  it('that is near is a notice with what was agreed to, and one click makes it later', async () => {
    const { infra, lifetime } = open(ending(30));
    lifetime.onExtend = () => {
      infra.environments = [sampleEnvironment(ending(24 * 30))];
    };
    expect(
      await screen.findByText(/shop-dev is destroyed in 1 d/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        /maya agreed on 20 November 2026: “shop-dev is destroyed/,
      ),
    ).toBeInTheDocument();
    const [button] = await screen.findAllByRole('button', {
      name: /^Extend to \d+ \w+ \d{4}$/,
    });
    await userEvent.click(button);
    expect(lifetime.calls).toEqual([['extendEnvironment', 'e1']]);
    await waitFor(() =>
      expect(
        screen.queryByText(/shop-dev is destroyed in/),
      ).not.toBeInTheDocument(),
    );
  });

  it('that is far is a fact; one without an end says so', async () => {
    open(ending(24 * 20));
    expect(
      await screen.findByRole('button', { name: /^Extend to/ }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/is destroyed in/)).not.toBeInTheDocument();
  });

  it('says why it was not extended', async () => {
    const { lifetime } = open(ending(30));
    const [button] = await screen.findAllByRole('button', {
      name: /^Extend to/,
    });
    lifetime.failure = new Error('The database does not answer');
    await userEvent.click(button);
    expect(
      await screen.findByText(/It was not extended: The database/),
    ).toBeInTheDocument();
  });

  it('that has passed says what holds it up, or when it is tried again', async () => {
    open(ending(-2, { heldUpBy: 'component:default/checkout depends on it.' }));
    expect(
      await screen.findByText(/once nothing holds it up.*checkout depends/),
    ).toBeInTheDocument();
  });

  it('cannot be moved by who may not change it', async () => {
    const { infra } = open(ending(30));
    infra.allowed = {
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    };
    expect(
      await screen.findByText(/Only storefront, an SRE or an admin may extend/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Extend/ })).toBeNull();
  });
});

describe('the destroy dialog', () => {
  const openDialog = async () => {
    await userEvent.click(
      await screen.findByRole('button', { name: 'Destroy…' }),
    );
    return within(await screen.findByRole('dialog'));
  };

  it('says what becomes of data, and is shut while others need it', async () => {
    const { infra, lifetime } = open({});
    lifetime.dependents = [
      {
        entityRef: 'component:default/checkout',
        reason: 'component:default/checkout depends on it.',
      },
    ];
    const dialog = await openDialog();
    expect(
      await dialog.findByText('component:default/checkout depends on it.'),
    ).toBeInTheDocument();
    expect(dialog.getByText('All data in it are deleted.')).toBeInTheDocument();
    expect(dialog.queryByRole('textbox')).toBeNull();
    expect(
      dialog.getByRole('button', { name: 'Plan to destroy shop-dev' }),
    ).toBeDisabled();
    expect(infra.calls).toEqual([]);
  });

  it('lets an admin go on for a reason', async () => {
    const { lifetime } = open({});
    lifetime.dependents = [{ reason: "Another group's environment." }];
    lifetime.mayOverride = true;
    const dialog = await openDialog();
    await userEvent.type(
      await dialog.findByLabelText('Why, in spite of them'),
      'The file is wrong',
    );
    await userEvent.type(dialog.getByLabelText(/^Type shop-dev/), 'shop-dev');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Plan to destroy shop-dev' }),
    );
    expect(lifetime.calls).toEqual([
      ['destroyDespiteDependents', 'e1', 'shop-dev', 'The file is wrong'],
    ]);
  });
});

describe('the receipt', () => {
  const destroyed = { status: 'destroyed' as const };

  it('says what was left, kept, saved and agreed to, and is downloaded', async () => {
    const { lifetime } = open(destroyed);
    lifetime.receipt = sampleReceipt();
    expect(
      await screen.findByText(/1 resource still there that should be gone/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/aws ec2 delete-volume --volume-id vol-0a1b2c3d4e/),
    ).toBeInTheDocument();
    expect(screen.getByText(/snapshot:shop-dev-final/)).toBeInTheDocument();
    expect(screen.getByText('$268.91')).toBeInTheDocument();
    expect(screen.getAllByText(/by the portal/)).toHaveLength(2);
    const markdown = screen.getByRole('link', { name: 'Download as Markdown' });
    expect(markdown).toHaveAttribute('download', 'shop-dev-receipt.md');
    expect(decodeURIComponent(markdown.getAttribute('href')!)).toContain(
      '# shop-dev was destroyed',
    );
    const json = screen.getByRole('link', { name: 'Download as JSON' });
    expect(
      JSON.parse(
        decodeURIComponent(json.getAttribute('href')!.split('utf-8,')[1]),
      ),
    ).toEqual(sampleReceipt());

    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(
      await screen.findByText(/Nothing is left that should be gone/),
    ).toBeInTheDocument();
  });

  it('never takes what nobody could see for gone', async () => {
    const { lifetime } = open(destroyed);
    lifetime.receipt = sampleReceipt({
      scan: {
        at: '2026-11-27T10:12:21.000Z',
        regions: [],
        orphans: [],
        kept: [],
        failed: [{ region: 'us-east-1', reason: 'Access denied.' }],
      },
    });
    expect(
      await screen.findByText('Nowhere could be looked.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/us-east-1 could not be looked at: Access denied/),
    ).toBeInTheDocument();
  });

  it('says why there is none', async () => {
    open(destroyed);
    expect(await screen.findByText('No receipt')).toBeInTheDocument();
  });

  it('says what went wrong with it', async () => {
    const { lifetime } = open(destroyed);
    lifetime.failure = new Error('The database does not answer');
    expect(
      await screen.findByText('The receipt could not be read'),
    ).toBeInTheDocument();
  });
});
