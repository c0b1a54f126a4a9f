import { groupChanges, planSentence, type PlanChange } from './planModel';

function change(path: string, action: PlanChange['action']): PlanChange {
  return {
    logicalId: path.replace(/\W/g, ''),
    type: path.startsWith('database')
      ? 'AWS::RDS::DBInstance'
      : 'AWS::EC2::VPC',
    path,
    action,
    attributes: [],
  };
}

const changes = [
  change('network/vpc', 'create'),
  change('database/main', 'replace'),
  change('network/old', 'delete'),
  change('network/same', 'unchanged'),
];

it('counts in a sentence', () => {
  expect(planSentence(changes)).toBe('1 to add, 1 to replace and 1 to delete');
  expect(planSentence(changes.slice(0, 1))).toBe('1 to add');
  expect(planSentence(changes.slice(3))).toBe('nothing to change');
});

it('groups in the plan’s order with what destroys first', () => {
  expect(
    groupChanges(changes).map(group => [
      group.name,
      group.changes.map(({ path }) => path),
    ]),
  ).toEqual([
    ['network', ['network/old', 'network/vpc', 'network/same']],
    ['database', ['database/main']],
  ]);
});

it('finds by path and type, words in any order', () => {
  const found = groupChanges(changes, 'dbinstance main').flatMap(group =>
    group.changes.map(({ path }) => path),
  );
  expect(found).toEqual(['database/main']);
  expect(groupChanges(changes, 'lambda')).toEqual([]);
});
