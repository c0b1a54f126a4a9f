import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';

/** The names under which the sandbox's own servers are asked on loopback, and by an API server. */
const NAMES = [
  'localhost',
  'kubernetes.default.svc',
  'resource-metrics.slipway.svc',
];
const TEN_YEARS = 3650;

/** What is needed to talk about Kubernetes on this machine before any cluster is there; kept across restarts. */
export interface Credentials {
  /** PEM, a certificate that signs itself. */
  certificate: string;
  /** PEM. */
  privateKey: string;
  /** Bearer tokens that the gateway takes; each stands for an account in the clusters. */
  tokens: { portal: string; operator: string; admin: string };
  /** PEM; signs the tokens of service accounts. */
  serviceAccountKey: string;
  /** Of the parts of the control plane among each other. */
  controlPlaneToken: string;
}

function make(): Credentials {
  const { cert, private: privateKey } = generate(
    [{ name: 'commonName', value: 'slipway-sandbox-kubernetes' }],
    {
      keySize: 2048,
      algorithm: 'sha256',
      days: TEN_YEARS,
      extensions: [
        { name: 'basicConstraints', cA: true },
        {
          name: 'keyUsage',
          keyCertSign: true,
          digitalSignature: true,
          keyEncipherment: true,
        },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            ...NAMES.map(value => ({ type: 2, value })),
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    },
  );
  const token = () => randomBytes(24).toString('base64url');
  return {
    certificate: cert,
    privateKey,
    tokens: { portal: token(), operator: token(), admin: token() },
    serviceAccountKey: generateKeyPairSync('rsa', {
      modulusLength: 2048,
    }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    controlPlaneToken: token(),
  };
}

/** Reads the credentials below a folder; makes them the first time. Only the user can read the file. */
export function credentialsIn(dir: string): Credentials {
  const file = path.join(dir, 'credentials.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  } catch {
    const made = make();
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.new`, JSON.stringify(made), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return made;
  }
}
