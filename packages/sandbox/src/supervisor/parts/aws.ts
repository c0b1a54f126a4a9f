import { ROOT_DIR } from '../../rootDir';
import { AwsWorld } from '../AwsWorld';
import { awsEnvironment } from '../environment';
import type { PartDefinition } from './PartDefinition';

/** AWS: the emulator, the gateway in front of it, and Route 53's data plane. */
export const aws: PartDefinition = {
  needs: () => [],
  async start(sandbox) {
    const world = await AwsWorld.start({
      rootDir: ROOT_DIR,
      dir: sandbox.dir,
      logDir: sandbox.logDir,
      startedAt: sandbox.startedAt,
      gatewayPort: sandbox.ports.aws,
      dnsPort: sandbox.ports.dns,
      resourceSeconds: sandbox.options.resourceSeconds,
      faultSeed: sandbox.options.faultSeed,
      recordCalls:
        sandbox.options.recordCalls ?? process.env.SLIPWAY_RECORD_CALLS,
      parts: sandbox.parts,
      onMessage: sandbox.options.onMessage,
    });
    sandbox.services.aws = world;
    sandbox.provide(awsEnvironment(world.gateway.url));
    const [emulator, ...others] = world.parts;
    sandbox.add(emulator, {
      stop: () => world.stop(),
      ended: world.emulator.ended,
    });
    for (const status of others) {
      sandbox.add(status, { stop: async () => {} });
    }
  },
};
