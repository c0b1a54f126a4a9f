import dgram from 'node:dgram';
import net from 'node:net';
import { type Authority, replyTo } from './respond';

/** A UDP reply that is longer is cut off, and asked for again over TCP. */
const UDP_BYTES = 1232;
const IDLE_MS = 10_000;
const HEADER_BYTES = 12;
const TRUNCATED = 0b10;

/** DNS over UDP and TCP on one port of loopback. */
export class DnsServer {
  readonly #udp = dgram.createSocket('udp4');
  readonly #tcp: net.Server;
  readonly #connections = new Set<net.Socket>();
  readonly #authority: Authority;

  /** @param port - 0 takes a free one */
  static async start(authority: Authority, port: number): Promise<DnsServer> {
    const server = new DnsServer(authority);
    // A port that is free over TCP is the rarer one.
    await new Promise<void>((resolve, reject) => {
      server.#tcp.once('error', reject);
      server.#tcp.listen(port, '127.0.0.1', resolve);
    });
    try {
      await new Promise<void>((resolve, reject) => {
        server.#udp.once('error', reject);
        server.#udp.bind(server.port, '127.0.0.1', resolve);
      });
    } catch (error) {
      server.#tcp.close();
      throw error;
    }
    return server;
  }

  private constructor(authority: Authority) {
    this.#authority = authority;
    this.#udp.on('message', (message, from) => {
      // Nobody can be answered at port 0, but it can be written into a packet.
      const reply = from.port > 0 && replyTo(authority, message);
      if (reply) {
        // That an answer does not arrive is the asker's to notice.
        this.#udp.send(cutOff(reply), from.port, from.address, () => {});
      }
    });
    this.#tcp = net.createServer(socket => this.#serve(socket));
  }

  get port(): number {
    return (this.#tcp.address() as net.AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.#connections.forEach(socket => socket.destroy());
    await Promise.all([
      new Promise<void>(resolve => this.#udp.close(resolve)),
      new Promise(resolve => this.#tcp.close(resolve)),
    ]);
  }

  /** Each message comes with its length before it, in two bytes. */
  #serve(socket: net.Socket): void {
    let read = Buffer.alloc(0);
    this.#connections.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.once('close', () => this.#connections.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', data => {
      read = Buffer.concat([read, data]);
      while (read.length >= 2 && read.length >= 2 + read.readUInt16BE(0)) {
        const end = 2 + read.readUInt16BE(0);
        const reply = replyTo(this.#authority, read.subarray(2, end));
        read = read.subarray(end);
        if (!reply) {
          socket.destroy();
          return;
        }
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      }
    });
  }
}

function cutOff(reply: Buffer): Buffer {
  if (reply.length <= UDP_BYTES) {
    return reply;
  }
  const head = Buffer.from(reply.subarray(0, HEADER_BYTES));
  head[2] |= TRUNCATED;
  head.fill(0, 4);
  return head;
}
