import { ACTIONS } from './catalogue';
import { EFFECTS } from './effects';
import { type TemplateInput, templateInput } from './model';
import { LISTERS } from './resources';
import { templateProblem } from './validate';

const wait = { actionId: 'aws:fis:wait', parameters: { duration: 'PT1M' } };
const subnets = {
  resourceType: 'aws:ec2:subnet',
  resourceTags: { tier: 'private' },
  selectionMode: 'ALL',
};
const disrupt = {
  actionId: 'aws:network:disrupt-connectivity',
  parameters: { duration: 'PT10M', scope: 'all' },
  targets: { Subnets: 'subnets' },
};

function template(parts: Partial<TemplateInput>): TemplateInput {
  return templateInput.parse({
    clientToken: 'token',
    description: 'd',
    roleArn: 'arn:aws:iam::111111111111:role/fis',
    stopConditions: [{ source: 'none' }],
    targets: { subnets },
    actions: { wait },
    ...parts,
  });
}

it('every action of the catalogue does something, to resources that can be found', () => {
  expect(Object.keys(EFFECTS).sort()).toEqual(Object.keys(ACTIONS).sort());
  for (const { target } of Object.values(ACTIONS)) {
    expect(target === undefined || target.resourceType in LISTERS).toBe(true);
  }
});

it.each(['constructor', 'toString', '__proto__'])(
  'knows no action that is called %s',
  actionId => {
    expect(templateProblem(template({ actions: { a: { actionId } } }))).toMatch(
      /is not available here/,
    );
  },
);

it('takes what FIS takes', () => {
  expect(templateProblem(template({}))).toBeUndefined();
  expect(
    templateProblem(
      template({
        actions: { wait, disrupt: { ...disrupt, startAfter: ['wait'] } },
      }),
    ),
  ).toBeUndefined();
});

it.each<[string, Partial<TemplateInput>]>([
  [
    'not available',
    { actions: { a: { actionId: 'aws:ebs:pause-volume-io' } } },
  ],
  ['at least one action', { actions: {} }],
  ['duration is required', { actions: { a: { actionId: 'aws:fis:wait' } } }],
  [
    'duration must be',
    { actions: { a: { ...wait, parameters: { duration: 'PT13H' } } } },
  ],
  [
    'no parameter speed',
    {
      actions: { a: { ...wait, parameters: { duration: 'PT1M', speed: '9' } } },
    },
  ],
  [
    'scope must be one of',
    {
      actions: {
        a: { ...disrupt, parameters: { duration: 'PT1M', scope: 'dynamodb' } },
      },
    },
  ],
  [
    'needs the target Subnets',
    { actions: { a: { ...disrupt, targets: undefined } } },
  ],
  [
    'must be one of the template',
    { actions: { a: { ...disrupt, targets: { Subnets: 'nothing' } } } },
  ],
  [
    'needs no target',
    { actions: { a: { ...wait, targets: { X: 'subnets' } } } },
  ],
  ['no action b', { actions: { a: { ...wait, startAfter: ['b'] } } }],
  [
    'form a circle',
    {
      actions: {
        a: { ...wait, startAfter: ['b'] },
        b: { ...wait, startAfter: ['a'] },
      },
    },
  ],
  [
    'goes with neither',
    { targets: { subnets: { ...subnets, resourceArns: ['arn:aws:x'] } } },
  ],
  [
    'must have resourceArns',
    { targets: { subnets: { ...subnets, resourceTags: undefined } } },
  ],
  [
    'is not available here',
    {
      targets: { subnets: { ...subnets, resourceType: 'aws:ec2:ebs-volume' } },
    },
  ],
  [
    'has no parameter speed',
    { targets: { subnets: { ...subnets, parameters: { speed: '9' } } } },
  ],
  [
    'none goes with no other',
    { stopConditions: [{ source: 'none' }, { source: 'none' }] },
  ],
])('refuses: %s', (problem, parts) => {
  expect(templateProblem(template(parts))).toContain(problem);
});
