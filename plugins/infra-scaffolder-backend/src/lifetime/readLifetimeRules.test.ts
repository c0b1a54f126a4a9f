import { ConfigReader } from '@backstage/config';
import { readLifetimeRules } from './readLifetimeRules';

const policy = {
  productionSizes: ['prod'],
  productionAccounts: ['000000000001'],
};
const read = (lifetime?: object, over: Partial<typeof policy> = {}) =>
  readLifetimeRules(
    new ConfigReader({
      infraScaffolder: lifetime ? { lifetime } : {},
    } as never),
    { ...policy, ...over },
  );

describe('readLifetimeRules', () => {
  it('lets what is not production end where nothing is said', () => {
    const rules = read();
    expect(Object.keys(rules.sizes)).toEqual(['dev', 'small', 'staging']);
    expect(rules.endlessAccountIds).toEqual(['000000000001']);
    expect(
      Object.keys(read(undefined, { productionSizes: ['staging'] }).sizes),
    ).toEqual(['dev', 'small']);
  });

  it('takes what is configured and nothing else', () => {
    const rules = read({ dev: { defaultDays: 2, maxDays: 5 } });
    expect(rules.sizes).toEqual({ dev: { defaultDays: 2, maxDays: 5 } });
  });

  it.each([
    [{ dev: { defaultDays: 9, maxDays: 5 } }, 'Lower the default'],
    [{ dev: { defaultDays: 0, maxDays: 5 } }, 'lifetime.dev.defaultDays: 0'],
    [{ dev: { defaultDays: 1, maxDays: 2.5 } }, 'lifetime.dev.maxDays: 2.5'],
    [{ prod: { defaultDays: 1, maxDays: 2 } }, 'lifetime.prod: production'],
  ])('refuses %j', (lifetime, message) => {
    expect(() => read(lifetime)).toThrow(message);
  });
});
