import { ConfigReader } from '@backstage/config';
import { readLifetimeRules } from './readLifetimeRules';

const read = (lifetime?: object) =>
  readLifetimeRules(
    new ConfigReader({
      infraScaffolder: lifetime ? { lifetime } : {},
    } as never),
  );

describe('readLifetimeRules', () => {
  it('lets development and staging expire where nothing is said', () => {
    expect([...read().keys()]).toEqual(['dev', 'staging']);
  });

  it('takes what is configured and nothing else', () => {
    const rules = read({ dev: { defaultDays: 2, maxDays: 5 } });
    expect([...rules]).toEqual([['dev', { defaultDays: 2, maxDays: 5 }]]);
  });

  it.each([
    [{ defaultDays: 9, maxDays: 5 }, 'Lower the default'],
    [{ defaultDays: 0, maxDays: 5 }, 'lifetime.dev.defaultDays: 0'],
    [{ defaultDays: 1, maxDays: 2.5 }, 'lifetime.dev.maxDays: 2.5'],
  ])('refuses %j', (dev, message) => {
    expect(() => read({ dev })).toThrow(message);
  });
});
