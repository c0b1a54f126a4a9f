import { InfraClient } from './InfraClient';

const encoder = new TextEncoder();

function streamOf(chunks: string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      chunks.forEach(chunk => controller.enqueue(encoder.encode(chunk)));
      controller.close();
    },
  });
}

function clientOf(
  answer: (url: string, init: RequestInit) => Partial<Response>,
) {
  return InfraClient.create({
    discoveryApi: { getBaseUrl: async id => `http://host/api/${id}` },
    fetchApi: {
      fetch: (async (url: string, init: RequestInit) =>
        answer(url, init)) as typeof fetch,
    },
  });
}

const event = (sequence: number) =>
  `id: ${sequence}\nevent: run-event\ndata: ${JSON.stringify({
    sequence,
  })}\n\n`;

async function read(chunks: string[]) {
  const urls: string[] = [];
  const client = clientOf(url => {
    urls.push(url);
    return { ok: true, body: streamOf(chunks) };
  });
  const sequences: number[] = [];
  const reading = (async () => {
    const { signal } = new AbortController();
    for await (const item of client.streamEvents('r/1', { after: 7, signal })) {
      sequences.push(item.sequence);
    }
  })();
  return { reading, sequences, urls };
}

it('reads a stream however it is cut, until its end', async () => {
  const text = `${event(8)}: still here\n\n${event(
    9,
  )}event: end\ndata: {}\n\n${event(10)}`;
  for (const size of [1, 7, 1_000]) {
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!;
    const { reading, sequences, urls } = await read(chunks);
    await reading;
    expect(sequences).toEqual([8, 9]);
    expect(urls).toEqual([
      'http://host/api/infra-scaffolder/runs/r%2F1/stream?after=7',
    ]);
  }
});

it('says that a stream ended before its time', async () => {
  const { reading, sequences } = await read([event(8)]);
  await expect(reading).rejects.toThrow('ended before the run did');
  expect(sequences).toEqual([8]);
});

it('keeps the issues of a refusal', async () => {
  const client = clientOf(() => ({
    ok: false,
    status: 400,
    statusText: 'Bad Request',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () =>
      JSON.stringify({
        error: {
          name: 'InputError',
          message: 'The request cannot be taken',
          issues: [{ path: 'cidr', message: 'overlaps' }],
        },
        response: { statusCode: 400 },
      }),
  }));
  await expect(client.checkRequest({ cidr: 'x' })).rejects.toMatchObject({
    body: { error: { issues: [{ path: 'cidr', message: 'overlaps' }] } },
  });
});

it('sends the idempotency key, queries and bodiless answers', async () => {
  const seen: Array<[string, RequestInit]> = [];
  const client = clientOf((url, init) => {
    seen.push([url, init]);
    return {
      ok: true,
      text: async () => '',
      json: async () => ({ items: [], total: 0 }),
    };
  });
  await client.createEnvironment({} as never, { idempotencyKey: 'k1' });
  await client.listEnvironments({ status: ['ready', 'failed'], limit: 5 });
  await expect(client.unfreezeEnvironment('e1')).resolves.toBeUndefined();
  expect(seen[0][1].headers).toMatchObject({ 'Idempotency-Key': 'k1' });
  expect(seen[1][0]).toMatch(/\?status=ready&status=failed&limit=5$/);
  expect(seen[2][1].method).toBe('DELETE');
});
