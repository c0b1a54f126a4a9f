import {
  chromium,
  expect as expectSoon,
  type Browser,
  type Page,
} from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from '../support/chromium';

const THEMES = ['light', 'dark'] as const;
/** A busy machine takes its time. */
const PATIENCE_MS = 90_000;
const QUIET_MS = 400;
const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Playwright's, with more patience. */
export const expect = expectSoon.configure({ timeout: PATIENCE_MS });

type Theme = (typeof THEMES)[number];

/** One page of the portal in light and dark. */
export interface Shot {
  /** Of the files: `<name>-light.png`, `<name>-dark.png`. */
  name: string;
  /** One line under the picture. */
  caption: string;
  /** Who is signed in; nobody unless told. */
  person?: string;
  /** An address, or a path of the portal. */
  path: string;
  /** In pixels. */
  width?: number;
  height?: number;
  /** What a person does until the page is what the picture shows. */
  act?: (page: Page) => Promise<void>;
}

/** Takes pictures of pages, each in light and dark. */
export class Camera {
  readonly #browser: Browser;
  readonly #appUrl: string;
  readonly #folder: string;
  readonly #wanted: string[];
  readonly taken: Shot[] = [];
  readonly overflowing: string[] = [];

  static async start(options: {
    appUrl: string;
    folder: string;
    /** Names; all unless told. */
    only?: string[];
  }): Promise<Camera> {
    const executablePath = findChromium();
    if (!executablePath) {
      throw new Error(
        'No Chromium. Debian: apt-get install chromium; elsewhere set CHROMIUM_PATH.',
      );
    }
    mkdirSync(options.folder, { recursive: true });
    const browser = await chromium.launch({
      executablePath,
      args: BROWSER_ARGUMENTS,
    });
    return new Camera(
      browser,
      options.appUrl,
      options.folder,
      options.only ?? [],
    );
  }

  private constructor(
    browser: Browser,
    appUrl: string,
    folder: string,
    wanted: string[],
  ) {
    this.#browser = browser;
    this.#appUrl = appUrl;
    this.#folder = folder;
    this.#wanted = wanted;
  }

  /** Opens the page in both themes at the same time, lets `act` happen in each, and takes the pictures. */
  async take(shot: Shot, whenOpen?: () => Promise<void>): Promise<void> {
    await this.takeTogether([shot], whenOpen);
  }

  /** Several pages of one moment: all are open before `whenOpen`, and none is taken before it. */
  async takeTogether(
    shots: Shot[],
    whenOpen: () => Promise<void> = async () => {},
  ): Promise<void> {
    this.taken.push(...shots);
    const wanted = shots.filter(
      ({ name }) => this.#wanted.length === 0 || this.#wanted.includes(name),
    );
    const open = await Promise.all(
      wanted.flatMap(shot =>
        THEMES.map(async theme => ({
          shot,
          theme,
          page: await this.#open(shot, theme),
        })),
      ),
    );
    await whenOpen();
    for (const { shot, theme, page } of open) {
      await shot.act?.(page);
      await this.#press(shot, theme, page);
      await page.context().close();
    }
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  async #open(shot: Shot, theme: Theme): Promise<Page> {
    const context = await this.#browser.newContext({
      colorScheme: theme,
      viewport: { width: shot.width ?? 1280, height: shot.height ?? 900 },
      deviceScaleFactor: 1,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    await context.addInitScript(person => {
      if (person) {
        window.sessionStorage.setItem('slipway.person', person);
      }
    }, shot.person);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const url = new URL(shot.path, this.#appUrl).href;
    await page.goto(url);
    if (url.startsWith(this.#appUrl)) {
      await page
        .getByRole('heading', { level: 1 })
        .first()
        .waitFor()
        .catch(error => this.#explain(shot, page, error));
    }
    return page;
  }

  async #explain(shot: Shot, page: Page, cause: unknown): Promise<never> {
    const file = path.join(tmpdir(), `slipway-picture-${shot.name}.png`);
    await page.screenshot({ path: file });
    throw new Error(
      `${page.url()} has no heading; ${file} shows it: ${await page
        .locator('body')
        .innerText()}`,
      { cause },
    );
  }

  async #press(shot: Shot, theme: Theme, page: Page): Promise<void> {
    await page
      .locator(
        'main [class*="MuiSkeleton-root"], main [aria-busy=true], main [role=progressbar]:not([aria-valuenow])',
      )
      .first()
      .waitFor({ state: 'detached', timeout: 30_000 })
      .catch(() => {});
    await page.waitForTimeout(QUIET_MS);
    const { wide, width } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }));
    if (wide > width) {
      this.overflowing.push(
        `${shot.name} (${theme}): ${wide} px in ${width} px`,
      );
    }
    await page.screenshot({
      path: path.join(this.#folder, `${shot.name}-${theme}.png`),
      caret: 'hide',
      animations: 'disabled',
    });
  }
}
