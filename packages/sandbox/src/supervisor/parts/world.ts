import { Trouble } from '../../Trouble';
import { documentedNetworks } from '../../world/footprint/networks';
import { WorldPart } from '../../world/WorldPart';
import type { PartDefinition } from './PartDefinition';

/** The five systems of the documents in AWS, and what watches them. */
export const world: PartDefinition = {
  needs: () => ['aws'],
  async start(sandbox) {
    const aws = sandbox.services.aws;
    if (!aws) {
      throw new Error('The systems are made in AWS: start the part aws too.');
    }
    const trouble = new Trouble(reason =>
      sandbox.say(`The world is shown as it was: ${reason}`),
    );
    const part = WorldPart.start({
      connection: {
        endpoint: `http://127.0.0.1:${aws.emulator.port}`,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      },
      dns: {
        resolve: (...question) => aws.dns.resolve(...question),
        isHealthy: id => aws.dns.healthCheck(id)?.healthy ?? true,
      },
      dark: () => aws.faults.darkness(),
      onRead: () => trouble.over(),
      onError: error => trouble.met(error),
      onMessage: message => sandbox.say(message),
    });
    sandbox.services.world = part;
    sandbox.provide({
      APP_CONFIG_infraScaffolder_reservedCidrs: JSON.stringify(
        documentedNetworks(),
      ),
    });
    aws.systems = part.view;
    sandbox.add(
      {
        name: 'world',
        pid: process.pid,
        port: aws.gateway.port,
        url: `${aws.gateway.url}/_slipway/world`,
        state: 'running',
      },
      part,
    );
  },
};
