import type {
  Change,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import { replacementsOf } from './replacements';

const direct = (
  name: string,
  recreation: 'Always' | 'Conditionally' | 'Never',
): ResourceChangeDetail => ({
  Target: {
    Attribute: 'Properties',
    Name: name,
    RequiresRecreation: recreation,
  },
  Evaluation: 'Static',
  ChangeSource: 'DirectModification',
});

const through = (
  name: string,
  cause: string,
  recreation: 'Always' | 'Conditionally' = 'Always',
): ResourceChangeDetail => ({
  Target: {
    Attribute: 'Properties',
    Name: name,
    RequiresRecreation: recreation,
  },
  Evaluation: 'Dynamic',
  ChangeSource: cause.includes('.') ? 'ResourceAttribute' : 'ResourceReference',
  CausingEntity: cause,
});

const modify = (
  id: string,
  replacement: 'True' | 'False' | 'Conditional',
  ...details: ResourceChangeDetail[]
): Change => ({
  ResourceChange: {
    Action: 'Modify',
    LogicalResourceId: id,
    Replacement: replacement,
    Details: details,
  },
});

const told = (...changes: Change[]) =>
  Object.fromEntries(
    [...replacementsOf(changes)].map(([id, { replaces, because }]) => [
      id,
      [replaces, ...because.map(({ property }) => property)].join(' '),
    ]),
  );

it('does not call replaced what only refers to a resource that stays', () => {
  expect(
    told(
      modify('Key', 'False', direct('Tags', 'Never')),
      modify(
        'Database',
        'Conditional',
        direct('DBInstanceClass', 'Never'),
        through('KmsKeyId', 'Key.Arn'),
        through('DBSubnetGroupName', 'Group'),
      ),
      modify('Alarm', 'Conditional', through('Dimensions', 'Database')),
      modify('Group', 'False', direct('Tags', 'Never')),
    ),
  ).toEqual({ Key: 'no', Database: 'no', Alarm: 'no', Group: 'no' });
});

it('follows a replacement to what refers to it, however many steps away', () => {
  expect(
    told(
      modify('Alarm', 'Conditional', through('Dimensions', 'Database')),
      modify('Database', 'Conditional', through('KmsKeyId', 'Key.Arn')),
      modify('Key', 'True', direct('KeySpec', 'Always')),
    ),
  ).toEqual({
    Key: 'yes KeySpec',
    Database: 'yes KmsKeyId',
    Alarm: 'yes Dimensions',
  });
});

it('leaves open what AWS leaves open', () => {
  expect(
    told(
      modify('A', 'Conditional', direct('Engine', 'Conditionally')),
      modify('B', 'Conditional', through('Host', 'A.Endpoint.Address')),
      modify('C', 'Conditional', through('Target', 'A.Arn')),
      modify('D', 'Conditional'),
      modify('E', 'True'),
    ),
  ).toEqual({
    A: 'maybe Engine',
    B: 'maybe Host',
    C: 'maybe Target',
    D: 'maybe',
    E: 'yes',
  });
});
