/**
 * What calls about a resource may name it by: its physical id, and of one that is put together (an ARN, an address,
 * `cluster/nodes`, `name|id|scope`) what it is put together from.
 */
export function namesOf(physicalId: string | undefined): string[] {
  if (!physicalId) {
    return [];
  }
  const own = physicalId.startsWith('arn:')
    ? physicalId.split(':').slice(5).join(':')
    : physicalId;
  const parts = own.includes('|')
    ? own.split('|').slice(0, 2)
    : [own.split(/[/:]/).at(-1) ?? ''];
  return [...new Set([physicalId, ...parts])].filter(name => name.length > 2);
}
