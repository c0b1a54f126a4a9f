import { setTimeout as sleep } from 'node:timers/promises';
import { isRegionDark, isZoneDark } from '../../faults/darkness';
import { documentedNodeGroups } from '../../kubernetes/nodes/documentedNodeGroups';
import {
  KubernetesWorld,
  type Surroundings,
} from '../../kubernetes/KubernetesWorld';
import { dailyLoad } from '../../kubernetes/metrics/usage';
import { ROOT_DIR } from '../../rootDir';
import { PARTS, type PartStatus } from '../types';
import type { PartContext, PartDefinition } from './PartDefinition';

const LOOK_MS = 200;
/** Also a portal that does not come up must not keep the clusters waiting for ever. */
const LONGEST_WAIT_MS = 120_000;

/** Two Kubernetes clusters with the systems in them. They come up behind the others, which need not wait for them. */
export const kubernetes: PartDefinition = {
  needs: () => ['aws'],
  async start(sandbox) {
    const kubernetesOptions = sandbox.options.kubernetes ?? {};
    const status: PartStatus = {
      name: 'kubernetes',
      pid: process.pid,
      port: sandbox.ports.kubernetes,
      state: 'starting',
    };
    const world = await KubernetesWorld.start({
      rootDir: ROOT_DIR,
      dir: sandbox.dir,
      logDir: sandbox.logDir,
      surroundings: surroundingsOf(sandbox),
      ports: {
        primary: sandbox.ports.kubernetes,
        standby: sandbox.ports.kubernetesStandby,
      },
      otherwise: documentedNodeGroups,
      nodeGraceSeconds: kubernetesOptions.nodeGraceSeconds,
      env: kubernetesOptions.env,
      after: othersRun(sandbox),
      onMessage: message => sandbox.say(message),
      onChange: () => {
        status.note = sandbox.services.kubernetes?.progress;
        sandbox.changed();
      },
    });
    if (typeof world === 'string') {
      sandbox.say(
        `There is no Kubernetes: ${world}. Everything else works without it.`,
      );
      return;
    }
    sandbox.services.kubernetes = world;
    sandbox.provide(world.environment);
    status.url = world.url;
    sandbox.add(status, world);
    world.attached.then(
      () => {
        status.note = world.description;
        sandbox.markReady(status);
      },
      (error: Error) => {
        status.state = 'ended';
        sandbox.changed();
        if (!world.isStopping) {
          sandbox.say(
            `There is no Kubernetes: ${error.message} Everything else works without it.`,
          );
        }
      },
    );
  },
};

/** Follows the sandbox's AWS and its faults; without them it is light everywhere and every day is like the other. */
function surroundingsOf({ services }: PartContext): Surroundings {
  return {
    emulatorUrl:
      services.aws && `http://127.0.0.1:${services.aws.emulator.port}`,
    isDark: place => {
      const darkness = services.aws?.faults.darkness();
      return (
        darkness !== undefined &&
        (isRegionDark(darkness, place) || isZoneDark(darkness, place))
      );
    },
    load: (system, region) => {
      const state = services.world?.view.current().systems[system];
      const share = state
        ? state.dns[0]?.shares[region] ?? 0
        : Number(region === 'us-east-1');
      return share * dailyLoad(new Date());
    },
  };
}

/** Resolves when all other parts that are wanted run. */
async function othersRun(sandbox: PartContext): Promise<void> {
  const wanted = (sandbox.options.parts ?? PARTS)
    .filter(part => part !== 'kubernetes')
    .map(part => (part === 'aws' ? 'gateway' : part));
  const deadline = Date.now() + LONGEST_WAIT_MS;
  const areUp = () =>
    wanted.every(name =>
      sandbox
        .parts()
        .some(part => part.name === name && part.state !== 'starting'),
    );
  while (!areUp() && Date.now() < deadline) {
    await sleep(LOOK_MS, undefined, { ref: false });
  }
}
