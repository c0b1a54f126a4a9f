import { chromium, type Page } from '@playwright/test';
import { Sandbox } from '@slipway/sandbox';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from '../../e2e/support/chromium';
import { median, milliseconds, quantile } from '../statistics';
import type { Figure, Measure } from '../types';
import { ROOT_DIR } from '../world/ChildProgram';
import { PortalClient } from '../world/PortalClient';
import { seedFleet } from '../world/seedFleet';

const ENVIRONMENTS = 5_000;
const TARGET_FIRST_MS = 1_000;
const TARGET_FILTER_MS = 200;
const DIR = path.join(ROOT_DIR, '.local/bench-fleet');

/** In the page, so that the way to the browser and back is not in it: a click, until what it leads to is drawn. */
async function timed(
  page: Page,
  what: { click: string; until: { rowsHave?: string; total: string } },
): Promise<number> {
  return page.evaluate(
    ({ click, until }) =>
      new Promise<number>((resolve, reject) => {
        const target = document.evaluate(
          click,
          document,
          null,
          XPathResult.FIRST_ORDERED_NODE_TYPE,
        ).singleNodeValue as HTMLElement | null;
        if (!target) {
          reject(new Error(`There is nothing to click at ${click}`));
          return;
        }
        const began = performance.now();
        const isThere = () => {
          const table = document.querySelector('[aria-label="environments"]');
          const rows = [...(table?.querySelectorAll('tr[data-row]') ?? [])];
          const total = document.querySelector(
            'main [role=status][data-total]',
          );
          return (
            rows.length > 0 &&
            table!.getAttribute('aria-busy') === 'false' &&
            total?.getAttribute('data-total') === until.total &&
            rows.every(row => row.textContent!.includes(until.rowsHave ?? ''))
          );
        };
        const look = () => {
          if (isThere()) {
            resolve(performance.now() - began);
          } else if (performance.now() - began > 30_000) {
            reject(new Error(`Waited in vain after the click at ${click}`));
          } else {
            requestAnimationFrame(look);
          }
        };
        target.click();
        look();
      }),
    what,
  );
}

async function walk(
  page: Page,
  appUrl: string,
  portal: PortalClient,
  rounds: number,
) {
  const countOf = async (query: string) =>
    (
      await portal.get<{ totals: { environments: number } }>(
        `/infra-scaffolder/fleet/summary?${query}`,
      )
    ).totals.environments;
  const total = String(await countOf(''));
  const first: number[] = [];
  const loads: number[] = [];
  const filters: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const isWarm = round > 0;
    await page.goto(new URL('/', appUrl).href);
    const link = '//nav//a[@href="/environments"]';
    await page.waitForSelector(`xpath=${link}`);
    const shown = await timed(page, { click: link, until: { total } });
    await page.reload({ waitUntil: 'commit' });
    await page.waitForSelector('tr[data-row]');
    const loaded = await page.evaluate(() => performance.now());
    if (isWarm) {
      first.push(shown);
      loads.push(loaded);
    }
    for (const [facet, value, title] of [
      ['region', 'us-west-2', 'Region'],
      ['status', 'failed', 'Status'],
      ['system', 'system:default/cloud-native', 'System'],
    ]) {
      const wanted = String(await countOf(`${facet}=${value}`));
      await page.waitForSelector(`[data-total="${total}"]`);
      await page.getByRole('button', { name: `Filter by ${title}` }).click();
      const item = `//*[@role="menuitemcheckbox"][@data-value="${value}"]`;
      await page.waitForSelector(`xpath=${item}`);
      const on = await timed(page, { click: item, until: { total: wanted } });
      const off = await timed(page, { click: item, until: { total } });
      await page.keyboard.press('Escape');
      if (isWarm) {
        filters.push(on, off);
      }
    }
  }
  return { first, loads, filters };
}

function figuresOf(
  { first, loads, filters }: Awaited<ReturnType<typeof walk>>,
  rounds: number,
): Figure[] {
  const shown = median(first);
  const filtered = quantile(filters, 0.95);
  return [
    {
      measure: `fleet page with ${ENVIRONMENTS.toLocaleString(
        'en-US',
      )} environments, first rows, median`,
      figure: milliseconds(shown),
      target: '≤1 s',
      met: shown <= TARGET_FIRST_MS,
      details: [
        `from a click in the navigation until rows and sums are drawn, ${rounds} times: p50 ${milliseconds(
          shown,
        )}, max ${milliseconds(
          Math.max(...first),
        )}; the whole page loaded anew, first rows p50 ${milliseconds(
          median(loads),
        )}`,
      ],
    },
    {
      measure: 'filter of the same, p95',
      figure: milliseconds(filtered),
      target: '≤200 ms',
      met: filtered <= TARGET_FILTER_MS,
      details: [
        `from a click on a value until rows, counts and sums are drawn, ${
          filters.length
        } times over region, status and system: p50 ${milliseconds(
          median(filters),
        )}, p95 ${milliseconds(filtered)}, max ${milliseconds(
          Math.max(...filters),
        )}`,
      ],
    },
  ];
}

/** The fleet page in a real browser over the built pages, the back end and PostgreSQL with 5,000 environments. */
export const fleet: Measure = {
  name: 'fleet',
  title: 'the page of 5,000 environments, in a browser',
  async run(_world, { rounds, say }) {
    rmSync(DIR, { recursive: true, force: true });
    const sandbox = Sandbox.create({
      parts: ['postgres', 'aws', 'backend', 'app'],
      dir: DIR,
      ports: { postgres: 0, aws: 0, backend: 0, app: 0, dns: 0 },
      onMessage: say,
    });
    await sandbox.start();
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const portal = await PortalClient.signIn(sandbox.backendUrl, 'sam');
      await portal.untilCatalogIsThere();
      await seedFleet(sandbox.postgresUrl!, ENVIRONMENTS);
      const page = await browser.newPage({
        viewport: { width: 1280, height: 900 },
      });
      await page.addInitScript(() =>
        window.sessionStorage.setItem('slipway.person', 'sam'),
      );
      return figuresOf(
        await walk(page, sandbox.appUrl, portal, rounds),
        rounds,
      );
    } finally {
      await browser.close();
      await sandbox.stop();
    }
  },
};
