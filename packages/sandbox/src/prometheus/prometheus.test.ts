import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../processes/processTable';
import { Sandbox } from '../supervisor/Sandbox';
import { FREE_PORTS } from '../supervisor/types';
import { writeState } from '../traffic/history/files';
import { Traffic } from '../traffic/Traffic';
import { findProgram, HOW_TO_GET_PROMETHEUS } from './binaries';
import { askPrometheus, errorRatio, queryPrometheus } from './query';

const HOUR_MS = 3_600_000;
const isInstalled = ['prometheus', 'promtool', 'alertmanager'].every(name =>
  findProgram(name as 'prometheus'),
);
const describeWhereInstalled = isInstalled ? describe : describe.skip;

describeWhereInstalled(
  `Prometheus in the sandbox (where it is left out: ${HOW_TO_GET_PROMETHEUS})`,
  () => {
    let dir: string;
    let sandbox: Sandbox | undefined;
    const messages: string[] = [];

    beforeAll(() => {
      dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-prometheus-'));
      // A sandbox that ended two hours ago, and had run for a day.
      const traffic = Traffic.startingAt(Date.now() - 26 * HOUR_MS);
      for (let hours = 25; hours >= 2; hours--) {
        traffic.step(Date.now() - hours * HOUR_MS, { withIncidents: false });
      }
      writeState(path.join(dir, 'traffic/state.json'), traffic.state);
    });
    afterAll(async () => {
      await sandbox?.stop();
      rmSync(dir, { recursive: true, force: true });
    }, 30_000);

    async function start(): Promise<string> {
      messages.length = 0;
      sandbox = Sandbox.create({
        dir,
        parts: ['alertmanager', 'prometheus'],
        ports: FREE_PORTS,
        historyDays: 1,
        onMessage: message => messages.push(message),
      });
      await sandbox.start();
      expect(sandbox.environment).toMatchObject({
        PROMETHEUS_URL: sandbox.prometheusUrl,
        ALERTMANAGER_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      });
      return sandbox.prometheusUrl!;
    }

    const API = 'http_requests_total{component="cloud-native-api",code="200"}';
    /** Moments at which there is a value, over the last three hours. */
    const known = (url: string) =>
      askPrometheus(url, `sum(count_over_time(${API}[3h]))`);

    it('has what was missed, goes on from there, and keeps it over a restart', async () => {
      const url = await start();
      expect(
        await eventually(
          async () => ((await known(url)) ?? 0) > 110,
          120_000,
          1_000,
        ),
      ).toBe(true);
      expect(await askPrometheus(url, 'sum(up)')).toBe(3);
      expect(
        await askPrometheus(url, 'sum(resets(http_requests_total[3h]))'),
      ).toBe(0);
      const hour = await askPrometheus(
        url,
        `sum(increase(http_requests_total{component="cloud-native-gateway"}[1h]))`,
      );
      expect(hour).toBeGreaterThan(3600 * 640 * 0.3);
      expect(hour).toBeLessThan(3600 * 640 * 2);
      const [{ values }] = await queryPrometheus(
        url,
        'histogram_quantile(0.95, sum by (le) (increase(http_request_duration_seconds_bucket{component="cloud-native-api"}[1h])))',
      );
      expect(values[0][1]).toBeGreaterThan(0.075);
      expect(values[0][1]).toBeLessThan(0.1);

      const before = (await known(url))!;
      await sandbox!.stop();
      const again = await start();
      expect(await known(again)).toBeGreaterThanOrEqual(before);
      expect(
        await askPrometheus(again, 'sum(resets(http_requests_total[3h]))'),
      ).toBe(0);
      expect(await errorRatio(again, 'cloud-native-api', 3600)).toBeLessThan(
        0.01,
      );
    }, 240_000);

    it('can be neither asked nor told anything by a page that does not know its address', async () => {
      const url = new URL(sandbox!.prometheusUrl!);
      for (const asked of [
        '/-/quit',
        '/-/reload',
        '/api/v1/admin/tsdb/delete_series?match[]=up',
        '/api/v1/query?query=up',
      ]) {
        const answer = await fetch(`${url.origin}${asked}`, {
          method: 'POST',
        });
        expect([asked, answer.status]).toEqual([asked, 404]);
      }
      const { headers } = await fetch(`${url}/api/v1/query?query=up`, {
        headers: { origin: 'https://example.com' },
      });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });

    it('takes rules, refuses wrong ones, and knows its Alertmanager', async () => {
      const url = sandbox!.prometheusUrl!;
      const rules = path.join(dir, 'prometheus/rules/test.yml');
      const reload = () => fetch(`${url}/-/reload`, { method: 'POST' });
      const record = (expr: string) =>
        writeFileSync(
          rules,
          JSON.stringify({
            groups: [{ name: 'test', rules: [{ record: 'test:one', expr }] }],
          }),
        );
      record('vector(1)');
      expect((await reload()).ok).toBe(true);
      const { data } = (await (await fetch(`${url}/api/v1/rules`)).json()) as {
        data: { groups: { name: string }[] };
      };
      expect(data.groups.map(({ name }) => name)).toEqual(['sandbox', 'test']);
      record('vector(');
      const refused = await reload();
      expect(refused.ok).toBe(false);
      expect(await refused.text()).toMatch(/failed to reload config/);
      const address = sandbox!.environment.ALERTMANAGER_URL.slice(
        'http://'.length,
      );
      const isKnown = async () => {
        const answer = await fetch(`${url}/api/v1/alertmanagers`);
        return (await answer.text()).includes(address);
      };
      expect(await eventually(isKnown, 20_000, 500)).toBe(true);
    }, 30_000);
  },
);

describe('a machine without Prometheus', () => {
  it('has the rest of the sandbox, and is told how to get it', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-without-'));
    const messages: string[] = [];
    const { PATH, PROMETHEUS_PATH } = process.env;
    process.env.PATH = '/nowhere';
    delete process.env.PROMETHEUS_PATH;
    const sandbox = Sandbox.create({
      dir,
      parts: ['alertmanager', 'prometheus'],
      ports: FREE_PORTS,
      onMessage: message => messages.push(message),
    });
    try {
      await sandbox.start();
      expect(messages.join('\n')).toMatch(/prometheus left out: .*apt-get/);
      expect(sandbox.environment).toEqual({});
      expect(sandbox.parts.map(({ state }) => state)).toEqual([
        'ended',
        'ended',
      ]);
    } finally {
      process.env.PATH = PATH;
      if (PROMETHEUS_PATH) {
        process.env.PROMETHEUS_PATH = PROMETHEUS_PATH;
      }
      await sandbox.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
