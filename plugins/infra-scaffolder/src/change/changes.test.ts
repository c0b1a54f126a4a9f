import fc from 'fast-check';
import { withParameter } from '../form/model/request';
import { sampleBlueprint, sampleEnvironment } from '../testing';
import {
  changesOf,
  changesSentence,
  restored,
  startChange,
  withBlueprint,
} from './changes';

const recorded = sampleEnvironment();
const start = startChange(sampleBlueprint, recorded);
const pathsOf = (draft: typeof start, next = sampleBlueprint) =>
  changesOf(recorded, draft, sampleBlueprint, next).map(({ path }) => path);

it('begins with no change, and checks nothing that cannot change', () => {
  expect(pathsOf(start)).toEqual([]);
  expect(start).toMatchObject({ name: '', cidr: '', owner: '', system: '' });
  expect(changesSentence([])).toBe('Nothing is changed yet.');
});

it('counts what a size brings, and says each from what to what', () => {
  const draft = withParameter({ ...start, size: 'small' }, 'nodeMinSize', 2);
  const changes = changesOf(recorded, draft, sampleBlueprint, sampleBlueprint);
  expect(changesSentence(changes)).toBe(
    '4 changes: Size Dev → Small, Fewest nodes 1 node → 2 nodes, Most nodes 3 nodes → 6 nodes, Instance class db.t4g.micro → db.t4g.medium. Nothing happens before you confirm the plan.',
  );
});

it('follows another version: its values, without those it does not know', () => {
  const { databaseStorageGb: _, ...parameters } = sampleBlueprint.parameters;
  const next = { ...sampleBlueprint, version: '1.1.0', parameters };
  const draft = withBlueprint(start, next);
  expect(draft.parameters).toEqual({});
  expect(pathsOf(draft, next)).toEqual([
    'blueprint.version',
    'parameters.databaseStorageGb',
  ]);
});

const values = fc.record(
  {
    nodeMinSize: fc.integer({ min: 1, max: 20 }),
    nodeMaxSize: fc.integer({ min: 1, max: 20 }),
    databaseStorageGb: fc.integer({ min: 20, max: 1000 }),
    deletionProtection: fc.boolean(),
  },
  { requiredKeys: [] },
);
const size = fc.constantFrom('dev', 'small', 'prod');

it('has each change taken back by itself, and all of them together', () => {
  fc.assert(
    fc.property(values, size, values, size, (old, oldSize, young, newSize) => {
      const was = { ...recorded, size: oldSize, parameters: { ...old } };
      const changes = (draft: typeof start) =>
        changesOf(was, draft, sampleBlueprint, sampleBlueprint).map(
          ({ path }) => path,
        );
      let draft: typeof start = {
        ...startChange(sampleBlueprint, was),
        size: newSize,
        parameters: { ...young },
      };
      for (const path of changes(draft)) {
        const before = changes(draft);
        draft =
          path === 'size'
            ? draft
            : restored(
                draft,
                path.slice('parameters.'.length),
                was,
                sampleBlueprint,
                sampleBlueprint,
              );
        expect(changes(draft)).toEqual(
          before.filter(each => path === 'size' || each !== path),
        );
      }
      expect(changes(draft)).toEqual(oldSize === newSize ? [] : ['size']);
    }),
  );
});
