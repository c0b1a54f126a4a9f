import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram, HOW_TO_GET_PROMETHEUS } from '../prometheus/binaries';
import { askPrometheus, errorRatio } from '../prometheus/query';
import { eventually } from '../processes/processTable';
import { ROOT_DIR } from '../rootDir';
import { Sandbox } from '../supervisor/Sandbox';
import { FREE_PORTS } from '../supervisor/types';

const run = promisify(execFile);

const WALK = path.join(ROOT_DIR, 'packages/sandbox/docs/failover-by-hand.md');
const OWN_CLI = path.join(ROOT_DIR, '.tools/awscli/bin');
const FRONT = 'cloud-native-gateway';
const SECONDS = 1_000;
/** Four scrapes. */
const WINDOW_SECONDS = 20;

/** The commands below a heading of the walk, block by block. */
function commandsOf(heading: string): string {
  const [, section] = readFileSync(WALK, 'utf8').split(`## ${heading}\n`);
  return [...section.split('\n## ')[0].matchAll(/```sh\n(.*?)```/gs)]
    .map(([, block]) => block)
    .join('');
}

const describeWhereInstalled = findProgram('prometheus')
  ? describe
  : describe.skip;

describeWhereInstalled(
  `A failover by hand, as its document has it (where it is left out: ${HOW_TO_GET_PROMETHEUS})`,
  () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-drill-'));
    let sandbox: Sandbox;

    beforeAll(async () => {
      sandbox = Sandbox.create({
        parts: ['aws', 'world', 'alertmanager', 'prometheus'],
        dir,
        ports: FREE_PORTS,
        resourceSeconds: 0.2,
        historyDays: 1,
        durable: false,
      });
      await sandbox.start();
      await sandbox.world!.whole();
    }, 180_000);
    afterAll(async () => {
      await sandbox?.stop();
      rmSync(dir, { recursive: true, force: true });
    }, 60_000);

    /** As a person has them in `script/sandbox shell`. */
    async function shell(commands: string): Promise<string> {
      const { stdout } = await run(
        'bash',
        [
          '-euo',
          'pipefail',
          '-c',
          commands.replaceAll(
            'script/sandbox ',
            `script/sandbox --dir ${dir} `,
          ),
        ],
        {
          cwd: ROOT_DIR,
          env: {
            ...process.env,
            ...sandbox.environment,
            PATH: `${process.env.PATH}:${OWN_CLI}`,
            AWS_PAGER: '',
            AWS_MAX_ATTEMPTS: '1',
          },
        },
      );
      return stdout;
    }

    const errors = async () =>
      (await errorRatio(sandbox.prometheusUrl!, FRONT, WINDOW_SECONDS)) ??
      Number.NaN;
    /** Calls a second that changed something, by the region that took them. */
    const writes = async (region: string) =>
      (await askPrometheus(
        sandbox.prometheusUrl!,
        `sum(rate(http_requests_total{component="${FRONT}",region="${region}",method="POST",code="201"}[${WINDOW_SECONDS}s]))`,
      )) ?? 0;

    async function within(
      seconds: number,
      what: string,
      isSo: () => Promise<boolean>,
    ): Promise<void> {
      if (!(await eventually(isSo, seconds * SECONDS, SECONDS))) {
        throw new Error(
          `Not seen within ${seconds} s: ${what}. Errors ${await errors()}, writes a second ${await writes(
            'us-east-1',
          )} in us-east-1, ${await writes('us-west-2')} in us-west-2.`,
        );
      }
    }

    it('serves from its home region while all is well', async () => {
      await expect(
        within(
          90,
          'traffic without errors',
          async () =>
            (await errors()) < 0.01 &&
            (await writes('us-east-1')) > 10 &&
            (await writes('us-west-2')) < 1,
        ),
      ).resolves.toBeUndefined();
    }, 100_000);

    it('shows the outage on Prometheus within a minute of the dark, and no call to the region is answered', async () => {
      await shell('script/sandbox dark us-east-1');
      await within(
        60,
        'most calls fail',
        async () => (await errors()) > 0.5 && (await writes('us-east-1')) < 1,
      );
      await expect(
        shell('aws eks list-clusters --region us-east-1'),
      ).rejects.toMatchObject({
        stderr: expect.stringMatching(
          /Connection was closed|Could not connect/,
        ),
      });
      expect(await shell('aws eks list-clusters --region us-west-2')).toContain(
        'cloud-native-standby',
      );
    }, 120_000);

    it('is healed by the commands of the document', async () => {
      await shell(commandsOf('Away'));
      await expect(
        within(
          150,
          'writes succeed in us-west-2',
          async () =>
            (await errors()) < 0.01 && (await writes('us-west-2')) > 10,
        ),
      ).resolves.toBeUndefined();
    }, 180_000);

    it('comes home by the commands of the document', async () => {
      const [light, ...home] = commandsOf('Home').split(/(?<=us-east-1\n)/);
      await shell(light);
      await expect(
        within(90, 'us-east-1 is a healthy reader again', async () => {
          const { regions, healthChecks } =
            sandbox.world!.view.current().systems['cloud-native'];
          return (
            regions['us-east-1'].database.role === 'reader' &&
            regions['us-east-1'].database.isAvailable &&
            healthChecks.some(
              ({ region, isHealthy }) => region === 'us-east-1' && isHealthy,
            )
          );
        }),
      ).resolves.toBeUndefined();
      await shell(
        `store=$(aws elasticache describe-global-replication-groups --region us-west-2 --query 'GlobalReplicationGroups[0].GlobalReplicationGroupId' --output text)\n${home.join(
          '',
        )}`,
      );
      await within(
        150,
        'writes succeed in us-east-1',
        async () =>
          (await errors()) < 0.01 &&
          (await writes('us-east-1')) > 10 &&
          (await writes('us-west-2')) < 1,
      );
    }, 300_000);
  },
);
