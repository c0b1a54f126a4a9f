/** One series of an answer: its labels, and its values by time (UTC milliseconds). */
export interface QueriedSeries {
  labels: Record<string, string>;
  values: [timeMs: number, value: number][];
}

interface Answer {
  status: 'success' | 'error';
  error?: string;
  data?: {
    result: {
      metric: Record<string, string>;
      value?: [number, string];
      values?: [number, string][];
    }[];
  };
}

async function ask(
  url: string,
  path: string,
  parameters: Record<string, string>,
): Promise<QueriedSeries[]> {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const { status, error, data } = (await answer.json()) as Answer;
  if (status !== 'success' || !data) {
    throw new Error(`Prometheus refuses ${parameters.query}: ${error}`);
  }
  return data.result.map(({ metric, value, values }) => ({
    labels: metric,
    values: (values ?? (value ? [value] : [])).map(([seconds, text]) => [
      seconds * 1000,
      Number(text),
    ]),
  }));
}

/** Series at one moment, now unless told. */
export function queryPrometheus(
  url: string,
  query: string,
  timeMs?: number,
): Promise<QueriedSeries[]> {
  return ask(url, 'query', {
    query,
    ...(timeMs === undefined ? {} : { time: `${timeMs / 1000}` }),
  });
}

/** The one number that a query gives; undefined where there is none, e.g. without traffic. */
export async function askPrometheus(
  url: string,
  query: string,
  timeMs?: number,
): Promise<number | undefined> {
  const found = await queryPrometheus(url, query, timeMs);
  if (found.length > 1) {
    throw new Error(`${query} gives ${found.length} series, not one number.`);
  }
  const value = found[0]?.values[0]?.[1];
  return Number.isNaN(value) ? undefined : value;
}

/** Share of the calls to a component that failed by no fault of the caller's, over the last so many seconds. */
export function errorRatio(
  url: string,
  component: string,
  seconds: number,
): Promise<number | undefined> {
  const rate = (codes: string) =>
    `sum(rate(http_requests_total{component="${component}"${codes}}[${seconds}s]))`;
  return askPrometheus(url, `${rate(',code=~"5.."')} / ${rate('')}`);
}
