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
  const parts: string[] = address.match(/(?:[^.[]+(?:\[[^\]]*\])?)/g) ?? [
    address,
  ];
  const modules: string[] = [];
  let rest = parts;
  while (rest[0] === 'module' && rest.length > 3) {
    modules.push(rest[1]);
    rest = rest.slice(2);
  }
  const [type = '', name = ''] = rest;
  const plain = name.replace(/\[.*$/, '');
  const key = name.slice(plain.length);
  const leaf = ['this', 'main'].includes(plain)
    ? `${type.replace(/^aws_/, '')}${key}`
    : name;
  return [...modules, leaf].join('/');
}
