/** An instance of a resource, taken apart. */
export interface ResourceAddress {
  modules: ModuleStep[];
  isData: boolean;
  type: string;
  name: string;
  /** Of `count` or `for_each`, as it is written. */
  key?: string;
}

export interface ModuleStep {
  name: string;
  key?: string;
}

const KEY = /^\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/;

interface Part {
  name: string;
  key?: string;
}

/** `module.a["x.y"].aws_b.c[0].d` → its parts, each with the key that it has. */
export function partsOf(text: string): Part[] {
  return [
    ...text.matchAll(/([^.[\]]+)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])*)/g),
  ]
    .map(([, name, keys]) => ({ name, key: KEY.exec(keys)?.[1] }))
    .map(({ name, key }) => ({ name, ...(key !== undefined && { key }) }));
}

export function addressOf(text: string): ResourceAddress {
  const parts = partsOf(text);
  const modules: ModuleStep[] = [];
  while (parts[0]?.name === 'module' && parts.length > 1) {
    parts.shift();
    modules.push(parts.shift()!);
  }
  const isData = parts[0]?.name === 'data';
  if (isData) {
    parts.shift();
  }
  const [type, named] = parts;
  return {
    modules,
    isData,
    type: type?.name ?? '',
    name: named?.name ?? '',
    ...(named?.key !== undefined && { key: named.key }),
  };
}

/** Without the keys of instances: what the configuration calls it. */
export function configuredAs(address: Omit<ResourceAddress, 'key'>): string {
  return [
    ...address.modules.flatMap(({ name }) => ['module', name]),
    ...(address.isData ? ['data'] : []),
    address.type,
    address.name,
  ].join('.');
}
