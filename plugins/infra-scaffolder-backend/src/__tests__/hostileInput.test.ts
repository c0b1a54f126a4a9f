import { environmentRequest, MAYA, SAM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

const TEXTS: Array<[string, string]> = [
  ['empty', ''],
  ['blank', '   '],
  ['SQL', "x'; DROP TABLE environments; --"],
  ['a NUL', 'shop\u0000dev'],
  ['a lone surrogate', 'shop\ud800'],
  ['right-to-left', '\u202eved-pohs'],
  ['an emoji', '🛒🛒🛒'],
  ['a path', '../../etc/passwd'],
  ['a template', '${{ secrets }}'],
  ['markup', '<script>alert(1)</script>'],
  ['LIKE wildcards', '%_\\'],
  ['very long', 'a'.repeat(100_000)],
  ['a prototype', '__proto__'],
  ['an inherited key', 'toString'],
];

const NOT_TEXT: Array<[string, unknown]> = [
  ['null', null],
  ['a number', 7],
  ['a list', ['x']],
  ['an object', { $ne: null }],
  ['true', true],
];

const FIELDS = [
  'name',
  'owner',
  'system',
  'accountId',
  'region',
  'size',
  'cidr',
  'engine',
  'blueprint',
  'parameters',
] as const;

const NESTED = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

describe('hostile input', () => {
  const context = usePortal();

  it.each(FIELDS)(
    'in %s of a request is refused as what it is',
    async field => {
      const maya = context.portal.as(MAYA);
      for (const [what, value] of [...TEXTS, ...NOT_TEXT]) {
        const body = { ...environmentRequest(), [field]: value };
        const created = await maya
          .post('/environments', body)
          .set('Idempotency-Key', `${field}-${what}`);
        expect([field, what, created.status]).toEqual([field, what, 400]);
        expect(created.body.error.issues.length).toBeGreaterThan(0);
        const checked = await maya.post('/environment-checks', body);
        expect([field, what, checked.status < 500]).toEqual([
          field,
          what,
          true,
        ]);
      }
      expect((await maya.get('/environments')).body.total).toBe(0);
    },
  );

  it.each([
    ['prototype keys', '{"parameters":{"__proto__":{"polluted":1}}}'],
    ['a constructor key', '{"parameters":{"constructor":{"prototype":1}}}'],
    ['prototype keys on top', '{"__proto__":{"name":"x"},"name":"good-name"}'],
    ['a key that nobody knows', '{"isAdmin":true}'],
    ['deep nesting', `{"parameters":{"note":${NESTED}}}`],
    ['deep nesting on top', NESTED],
    ['half a document', '{"name":'],
    ['a list', '[]'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['numbers that are none', '{"parameters":{"nodeMin":1e999}}'],
    ['a huge body', JSON.stringify({ name: 'a'.repeat(2_000_000) })],
    [
      'many keys',
      JSON.stringify({
        parameters: Object.fromEntries(
          Array.from({ length: 10_000 }, (_, i) => [`k${i}`, 1]),
        ),
      }),
    ],
  ])('as a document: %s', async (_what, document) => {
    for (const path of [
      '/environments',
      '/environment-checks',
      '/cidr-proposals',
      '/environments/some-name/destroy',
      '/environments/some-name/update',
      '/environments/some-name/leases',
      '/runs/some-run/confirm',
      '/runs/some-run/commands',
    ]) {
      const response = await context.portal
        .as(MAYA)
        .post(path)
        .set('Content-Type', 'application/json')
        .set('Idempotency-Key', 'document')
        .send(document);
      expect([path, response.status >= 500]).toEqual([path, false]);
      expect([path, response.status]).not.toEqual([path, 201]);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each(['group:default/\u0000', 'group:\ud800/x', 'storefront '])(
    'in references is not handed on to the catalog: %j',
    async owner => {
      const { body } = await context.portal
        .as(MAYA)
        .post('/environment-checks', { owner })
        .expect(200);
      expect(body.issues).toEqual([
        {
          path: 'owner',
          message: `"${owner}" is not a group. Write it as group:default/name.`,
        },
      ]);
    },
  );

  it.each(['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])(
    'in a cursor that nobody gave out: %s',
    async at => {
      const cursor = Buffer.from(
        JSON.stringify([at, '00000000-0000-4000-8000-000000000000']),
      ).toString('base64url');
      const { status } = await context.portal
        .as(SAM)
        .get(`/environments?cursor=${cursor}`);
      expect(status).toBeLessThan(500);
    },
  );

  it.each(TEXTS.map(([, text]) => text.slice(0, 3000)))(
    'in addresses and queries: %j',
    async text => {
      const sam = context.portal.as(SAM);
      const part = /\p{Cs}/u.test(text)
        ? '%ED%A0%80'
        : encodeURIComponent(text);
      for (const path of [
        `/environments/${part}`,
        `/environments/${part}/resources`,
        `/runs/${part}`,
        `/runs/${part}/plan`,
        `/runs/${part}/events?after=${part}`,
        `/runs/${part}/stream?after=${part}`,
        `/environments?search=${part}`,
        `/environments?cursor=${part}`,
        `/environments?limit=${part}`,
        `/environments?status=${part}`,
        `/environments?owner=${part}`,
        `/environments?search[]=${part}&search[x]=${part}`,
        `/environments/${part}/manifests`,
        `/environments/${part}/upgrade-preview`,
        `/environments/${part}/dependents`,
        `/fleet?owner=${part}`,
        `/fleet?region=${part}&search=${part}`,
        `/fleet?cursor=${part}`,
        `/fleet/summary?system=${part}`,
        `/exemptions?environmentId=${part}`,
        `/runs/${part}/approval`,
        `/approvals?state=${part}`,
      ]) {
        const { status } = await sam.get(path);
        expect([path, status < 500]).toEqual([path, true]);
      }
      for (const path of [
        `/exemptions/${part}/end`,
        `/exemptions/${part}/grant`,
        `/environments/${part}/extend`,
      ]) {
        const { status } = await sam.post(path, {});
        expect([path, status < 500]).toEqual([path, true]);
      }
      const { status } = await sam.delete(`/freezes/${part}`);
      expect(['delete a freeze', status < 500]).toEqual([
        'delete a freeze',
        true,
      ]);
    },
  );

  it('in reasons and keys', async () => {
    const { portal } = context;
    const { environment, runId } = await portal.create({ name: 'target' });
    await portal.runIs(runId, 'waiting');
    const sam = portal.as(SAM);
    for (const [, text] of [...TEXTS, ...NOT_TEXT]) {
      for (const response of [
        await sam.put(`/environments/${environment.id}/freeze`, {
          reason: text,
        }),
        await sam.post(`/runs/${runId}/confirm`, { planHash: text }),
        await sam.post(`/runs/${runId}/commands`, { type: text }),
        await sam.post(`/runs/${runId}/commands`, {
          type: 'retry',
          stepId: text,
        }),
        await sam.post(`/runs/${runId}/commands`, {
          type: 'signal',
          signal: 'confirm',
          payload: text,
        }),
        await sam.post(`/environments/${environment.id}/destroy`, {
          confirmName: text,
        }),
        await sam.put(`/environments/${environment.id}/leases/x`, {
          seconds: text,
        }),
      ]) {
        expect(response.status).toBeLessThan(500);
      }
      await sam.delete(`/environments/${environment.id}/freeze`).expect(204);
    }
  });
});
