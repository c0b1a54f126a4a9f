import { createServer } from 'node:net';

function canListen(port: number, host: string): Promise<number | undefined> {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      // A machine without IPv6 has no one who could hold the port there.
      resolve(error.code === 'EADDRNOTAVAIL' ? port : undefined),
    );
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      const bound = typeof address === 'object' ? address?.port : undefined;
      probe.close(() => resolve(bound));
    });
  });
}

/**
 * The preferred TCP port when nobody listens on it on any loopback address, else one that is free.
 * 0 always gives a free one.
 */
export async function freePort(preferred: number): Promise<number> {
  if (
    preferred !== 0 &&
    (await canListen(preferred, '127.0.0.1')) &&
    (await canListen(preferred, '::1')) &&
    (await canListen(preferred, '0.0.0.0'))
  ) {
    return preferred;
  }
  const free = await canListen(0, '127.0.0.1');
  if (!free) {
    throw new Error(
      'No free TCP port on 127.0.0.1; end programs that listen there and start again.',
    );
  }
  return free;
}
