import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readKubeconfig } from './kubeconfig';

describe('a kubeconfig', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-kubeconfig-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function write(contexts: string, user = 'token: secret'): string {
    const file = path.join(dir, 'config');
    writeFileSync(
      file,
      `
apiVersion: v1
kind: Config
clusters:
  - name: one
    cluster: {server: 'https://one.example/', certificate-authority: ca.pem}
  - name: two
    cluster: {server: 'https://two.example'}
users:
  - name: me
    user: {${user}}
${contexts}`,
    );
    writeFileSync(path.join(dir, 'ca.pem'), 'AUTHORITY');
    return file;
  }
  const context = (name: string, cluster: string) =>
    `  - name: ${name}\n    context: {cluster: ${cluster}, user: me}\n`;

  it('gives the contexts primary and standby, whatever is current', () => {
    const file = write(
      `current-context: other\ncontexts:\n${context('other', 'two')}${context(
        'primary',
        'one',
      )}${context('standby', 'two')}`,
    );
    expect(readKubeconfig(file)).toEqual({
      primary: {
        url: 'https://one.example',
        ca: 'AUTHORITY',
        token: 'secret',
        clientCertificate: undefined,
      },
      standby: {
        url: 'https://two.example',
        ca: undefined,
        token: 'secret',
        clientCertificate: undefined,
      },
    });
  });

  it('gives the current context as the primary where there are no such names', () => {
    const file = write(
      `current-context: other\ncontexts:\n${context('other', 'two')}`,
    );
    const { primary, standby } = readKubeconfig(file);
    expect([primary?.url, standby]).toEqual(['https://two.example', undefined]);
  });

  it('takes a client certificate, and says what it cannot use', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const contexts = `current-context: x\ncontexts:\n${context('x', 'two')}`;
    const file = write(
      contexts,
      `client-certificate-data: ${base64('CERT')}, client-key-data: ${base64(
        'KEY',
      )}`,
    );
    expect(readKubeconfig(file).primary?.clientCertificate).toEqual({
      cert: 'CERT',
      key: 'KEY',
    });
    write(contexts, 'exec: {command: aws}');
    expect(() => readKubeconfig(file)).toThrow(/neither a token nor/);
    write('contexts: []');
    expect(() => readKubeconfig(file)).toThrow(/nor a current context/);
  });
});
