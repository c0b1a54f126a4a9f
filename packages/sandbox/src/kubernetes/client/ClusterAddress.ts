/** How to reach an API server as its administrator. */
export interface ClusterAddress {
  /** Without a final slash. */
  url: string;
  /** PEM; left out: the machine's own authorities. */
  ca?: string;
  /** Sent as a bearer token. */
  token?: string;
  /** PEM. */
  clientCertificate?: { cert: string; key: string };
}
