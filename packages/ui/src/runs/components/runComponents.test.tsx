import { render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import type { RunState } from '@slipway/plugin-runs-common';
import type { ResourceProgress } from '../model';
import { ResourceTable } from './ResourceTable';
import { RunControls } from './RunControls';

function resource(
  path: string,
  status: ResourceProgress['status'],
  startedAt?: string,
): ResourceProgress {
  return {
    logicalId: path,
    type: 'AWS::EC2::VPC',
    path,
    status,
    awsStatus: '',
    startedAt,
    updatedAt: startedAt,
  };
}

it('lists what failed first, then in the order of their start, what waits at the end', () => {
  render(
    <MemoryRouter>
      <ResourceTable
        resources={[
          resource('addons', 'pending'),
          resource('database', 'working', '2026-11-21T10:00:02Z'),
          resource('vpc', 'done', '2026-11-21T10:00:00Z'),
          resource('nat', 'failed', '2026-11-21T10:00:03Z'),
        ]}
      />
    </MemoryRouter>,
  );
  const paths = screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('cell')[1].textContent);
  expect(paths).toEqual(['nat', 'vpc', 'database', 'addons']);
});

it.each<[RunState, string[]]>([
  ['running', ['Pause', 'Cancel']],
  ['paused', ['Resume', 'Cancel']],
  ['failed', ['Cancel']],
  ['succeeded', []],
  ['cancelled', []],
])('a run that is %s offers %p', (state, names) => {
  const act = jest.fn();
  render(
    <RunControls state={state} onPause={act} onResume={act} onCancel={act} />,
  );
  const buttons = screen.queryAllByRole('button');
  expect(buttons.map(button => button.textContent)).toEqual(names);
  buttons.forEach(button => expect(button).toBeEnabled());
});
