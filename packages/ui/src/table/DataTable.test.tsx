import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { toCsv } from './csv';
import { DataTable } from './DataTable';
import { readTableState, writeTableState } from './tableState';
import type { DataTableColumn, DataTableProps } from './types';

interface Row {
  name: string;
  region: string;
  nodes: number;
}

const columns: Array<DataTableColumn<Row>> = [
  { id: 'name', title: 'Name', value: row => row.name },
  {
    id: 'region',
    title: 'Region',
    value: row => row.region,
    filter: 'choice',
  },
  { id: 'nodes', title: 'Nodes', value: row => row.nodes, align: 'right' },
];

const rows: Row[] = [
  { name: 'shop-dev', region: 'us-east-1', nodes: 10 },
  { name: 'pay-prod', region: 'us-west-2', nodes: 9 },
  { name: 'shop-prod', region: 'us-west-2', nodes: 20 },
];

function Address() {
  return <output>{useLocation().search}</output>;
}

function show(props: Partial<DataTableProps<Row>> = {}, address = '/') {
  return render(
    <MemoryRouter initialEntries={[address]}>
      <DataTable
        name="environments"
        columns={columns}
        rows={rows}
        rowId={row => row.name}
        {...props}
      />
      <Address />
    </MemoryRouter>,
  );
}

const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('cell')[0].textContent);

describe('DataTable', () => {
  afterEach(() => jest.restoreAllMocks());

  it('sorts numbers as numbers, searches and filters, and keeps all of it in the address', async () => {
    const view = show();
    await userEvent.click(screen.getByRole('button', { name: 'Nodes' }));
    expect(names()).toEqual(['pay-prod', 'shop-dev', 'shop-prod']);
    await userEvent.click(screen.getByRole('button', { name: 'Nodes' }));
    expect(names()).toEqual(['shop-prod', 'shop-dev', 'pay-prod']);
    fireEvent.change(screen.getByLabelText('Find environments'), {
      target: { value: 'SHOP' },
    });
    expect(names()).toEqual(['shop-prod', 'shop-dev']);
    await userEvent.click(
      screen.getByRole('combobox', { name: /Filter by Region|Region/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'us-west-2' }));
    expect(names()).toEqual(['shop-prod']);
    expect(screen.getByText('1 of 3 environments')).toBeInTheDocument();

    const address = view.container.querySelector('output')!.textContent!;
    view.unmount();
    show({}, `/${address}`);
    expect(names()).toEqual(['shop-prod']);
  });

  it('says that nothing matches and shows all again', async () => {
    show({}, '/?t.q=nothing');
    expect(screen.getByText('No environments match')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all 3' }));
    expect(names()).toHaveLength(3);
  });

  it('opens a row in place, and those that must be seen unasked', async () => {
    show({
      detail: row => (row.nodes > 9 ? `more of ${row.name}` : undefined),
      alwaysOpen: row => row.name === 'shop-prod',
    });
    expect(screen.getByText('more of shop-prod')).toBeInTheDocument();
    expect(screen.queryByText('more of shop-dev')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Open shop-dev' }),
    );
    expect(screen.getByText('more of shop-dev')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Open pay-prod' }),
    ).not.toBeInTheDocument();
  });

  it('shows what it was given when there is nothing, or an error', () => {
    show({ rows: [], empty: 'None yet' });
    expect(screen.getByText('None yet')).toBeInTheDocument();
    show({ rows: [], error: 'Broken' });
    expect(screen.getByText('Broken')).toBeInTheDocument();
  });

  it('draws a part of a thousand rows', () => {
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(640);
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      name: `env-${index}`,
      region: 'us-east-1',
      nodes: index,
    }));
    show({ rows: many });
    expect(screen.getByText('1,000 environments')).toBeInTheDocument();
    expect(screen.getAllByRole('row').length).toBeLessThan(200);
    expect(screen.getByText('env-0')).toBeInTheDocument();
  });
});

it('reads back what it wrote into the address, and leaves the rest alone', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  const id = fc.constantFrom('name', 'region', 'nodes');
  fc.assert(
    fc.property(
      fc.record({
        search: fc.string(),
        sort: fc.option(fc.record({ id, descending: fc.boolean() }), {
          nil: undefined,
        }),
        choices: fc.dictionary(id, text),
        toggled: fc.uniqueArray(id),
        open: fc.uniqueArray(text),
      }),
      state => {
        const start = new URLSearchParams('tab=runs&other.q=x');
        const written = writeTableState(start, 't', state).toString();
        const params = new URLSearchParams(written);
        expect(readTableState(params, 't')).toEqual(state);
        expect(params.get('tab')).toBe('runs');
        expect(params.get('other.q')).toBe('x');
      },
    ),
  );
});

it('writes CSV that a spreadsheet neither breaks nor runs', () => {
  expect(
    toCsv(
      ['Name', 'Cost'],
      [
        ['a "b", c', 1.5],
        ['=HYPERLINK("x")', undefined],
        ['two\nlines', -2],
      ],
    ),
  ).toBe(
    'Name,Cost\r\n"a ""b"", c",1.5\r\n"\'=HYPERLINK(""x"")",\r\n"two\nlines",-2',
  );
});
