import { addressOf } from './addresses';

/** Words that CloudFormation writes in capitals, whatever the rule says. */
const CAPITALS: Record<string, string> = {
  acl: 'Acl',
  arn: 'Arn',
  az: 'AZ',
  ca: 'CA',
  cidr: 'Cidr',
  db: 'DB',
  dns: 'Dns',
  fifo: 'Fifo',
  id: 'Id',
  ids: 'Ids',
  iam: 'IAM',
  ip: 'Ip',
  ipv6: 'Ipv6',
  kms: 'Kms',
  ssl: 'Ssl',
  vpc: 'Vpc',
};

/** `allocated_storage` → `AllocatedStorage`. */
export function pascal(snake: string): string {
  return snake
    .split('_')
    .map(
      word =>
        CAPITALS[word] ?? `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`,
    )
    .join('');
}

/** Where a resource stands: `module.vpc.aws_subnet.private[0]` → `vpc/private[0]`. */
export function pathOf(address: string): string {
  const { modules, type, name, key } = addressOf(address);
  const keyed = (text: string, of: string | undefined) =>
    of === undefined ? text : `${text}[${of}]`;
  const leaf = ['this', 'main'].includes(name)
    ? type.replace(/^aws_/, '')
    : name;
  return [
    ...modules.map(each => keyed(each.name, each.key)),
    keyed(leaf, key),
  ].join('/');
}
