import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { FaultBook } from '../faults/FaultBook';
import { CallRecorder, RECORDED_BYTES } from './CallRecorder';
import { Gateway } from './Gateway';

const SIGNED_FOR = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAKEY/20261125/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=5ec4e7`,
  'x-amz-security-token': '5ec4e7',
});

describe('recording of calls', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-recorder-'));
  const record = path.join(dir, 'record');
  let emulator: Server;
  let gateway: Gateway;

  beforeAll(async () => {
    emulator = createServer((request, response) => {
      if (request.url?.startsWith('/bucket/missing')) {
        response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
      } else if (request.url?.startsWith('/?large')) {
        response.end('x'.repeat(RECORDED_BYTES + 1));
      } else {
        response.end('<Done/>');
      }
    });
    await new Promise<void>(resolve => {
      emulator.listen(0, '127.0.0.1', resolve);
    });
    gateway = await Gateway.start({
      port: 0,
      emulatorPort: (emulator.address() as { port: number }).port,
      defaultAccount: '123456789012',
      faults: new FaultBook(),
      callLogFile: path.join(dir, 'calls.jsonl'),
      recorder: new CallRecorder(record),
    });
  });
  afterAll(() => {
    emulator.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('keeps both sides of a call whole, but neither credentials nor objects', async () => {
    const form = {
      method: 'POST',
      headers: {
        ...SIGNED_FOR('cloudformation'),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'Action=DescribeStacks&Version=2010-05-15',
    };
    await (await fetch(gateway.url, form)).text();
    const object = (name: string) => `${gateway.url}/bucket/${name}`;
    const s3 = SIGNED_FOR('s3');
    await (
      await fetch(object('a'), { method: 'PUT', headers: s3, body: 'mine' })
    ).text();
    await (await fetch(object('a'), { headers: s3 })).text();
    await (await fetch(object('missing'), { headers: s3 })).text();
    await (
      await fetch(
        `${object('a')}?X-Amz-Credential=5ec4e7&X-Amz-Signature=5ec4e7`,
      )
    ).text();
    await (await fetch(`${gateway.url}/?large`, form)).text();
    await gateway.stop();

    const [file] = readdirSync(record);
    expect(statSync(path.join(record, file)).mode % 0o1000).toBe(0o600);
    const text = readFileSync(path.join(record, file), 'utf8');
    expect(text).not.toContain('5ec4e7');
    const body = (base64: string | undefined) =>
      base64 && Buffer.from(base64, 'base64').toString('utf8');
    const calls = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
      .map(call => [
        call.operation,
        call.status,
        body(call.requestBody),
        body(call.responseBody),
      ]);
    expect(calls).toEqual([
      ['DescribeStacks', 200, form.body, '<Done/>'],
      ['PutObject', 200, undefined, undefined],
      ['GetObject', 200, undefined, undefined],
      ['GetObject', 404, undefined, '<Error><Code>NoSuchKey</Code></Error>'],
      [expect.any(String), 200, '', '<Done/>'],
      ['DescribeStacks', 200, form.body, undefined],
    ]);
  });
});
