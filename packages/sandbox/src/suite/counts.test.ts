import { jestCounts, playwrightCounts, sumOf, unittestCounts } from './counts';

describe('counts of test cases', () => {
  it('reads unittest, with and without trouble', () => {
    expect(
      unittestCounts('....\n------\nRan 28 tests in 179.516s\n\nOK\n'),
    ).toEqual({ passed: 28, failed: 0, skipped: 0 });
    expect(
      unittestCounts(
        'Ran 10 tests in 1s\n\nFAILED (failures=1, errors=2, skipped=3)\n',
      ),
    ).toEqual({ passed: 4, failed: 3, skipped: 3 });
    expect(unittestCounts('No module named unittest')).toBeUndefined();
  });

  it('counts a jest file that could not be loaded as a failure', () => {
    expect(
      jestCounts(
        JSON.stringify({
          numPassedTests: 5,
          numFailedTests: 1,
          numPendingTests: 2,
          numTodoTests: 1,
          numRuntimeErrorTestSuites: 1,
        }),
      ),
    ).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it('counts a Playwright run that found no test because of an error as a failure', () => {
    const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 4 };
    expect(playwrightCounts(JSON.stringify({ stats, errors: [{}] }))).toEqual({
      passed: 3,
      failed: 1,
      skipped: 4,
    });
    const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(
      playwrightCounts(JSON.stringify({ stats: none, errors: [{}] })).failed,
    ).toBe(1);
  });

  it('adds up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(sumOf([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});
