import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** A demonstration person, as `auth.providers.demo.people` describes them. */
export interface Person {
  name: string;
  displayName: string;
  role: string;
  team: string;
  summary: string;
}

export function readPeople(config: ConfigApi): Person[] {
  return config.getConfigArray('auth.providers.demo.people').map(person => ({
    name: person.getString('name'),
    displayName: person.getString('displayName'),
    role: person.getString('role'),
    team: person.getString('team'),
    summary: person.getString('summary'),
  }));
}
