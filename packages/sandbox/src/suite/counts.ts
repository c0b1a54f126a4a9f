/** Test cases of one stage. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Adds up counts. */
export function sumOf(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** Reads what `jest --json` wrote; a test file that could not be loaded counts as one failed case. */
export function jestCounts(json: string): Counts {
  const report = JSON.parse(json) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    numRuntimeErrorTestSuites: number;
  };
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Reads what Playwright's JSON reporter wrote; a case that passed on a second try counts as passed. */
export function playwrightCounts(json: string): Counts {
  const report = JSON.parse(json) as {
    stats: {
      expected: number;
      unexpected: number;
      flaky: number;
      skipped: number;
    };
    errors?: unknown[];
  };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const hasCases = expected + unexpected + flaky + skipped > 0;
  return {
    passed: expected + flaky,
    failed: unexpected + (hasCases ? 0 : report.errors?.length ?? 0),
    skipped,
  };
}

/** Reads the last lines of Python's unittest: `Ran 12 tests in 3.1s`, `FAILED (failures=1, errors=1, skipped=2)`. */
export function unittestCounts(output: string): Counts | undefined {
  const ran = /^Ran (\d+) tests? in /m.exec(output);
  if (!ran) {
    return undefined;
  }
  const outcome = output.slice(ran.index);
  const number = (label: string) =>
    Number(new RegExp(`\\b${label}=(\\d+)`).exec(outcome)?.[1] ?? 0);
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  return { passed: Number(ran[1]) - failed - skipped, failed, skipped };
}
