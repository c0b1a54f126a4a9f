/** What the signature of a request says about it. */
interface SignatureScope {
  accessKeyId: string;
  region: string;
  service: string;
}

const SCOPE =
  /Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;

/** Reads the scope from a Signature Version 4 header or from a presigned URL's query; undefined without a signature. */
export function signatureScope(
  authorization: string | undefined,
  query: URLSearchParams,
): SignatureScope | undefined {
  const presigned = query.get('X-Amz-Credential');
  const match = SCOPE.exec(
    authorization ?? (presigned ? `Credential=${presigned}` : ''),
  );
  return match
    ? { accessKeyId: match[1], region: match[2], service: match[3] }
    : undefined;
}
