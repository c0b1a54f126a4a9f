import type { Person } from './people';

const STORAGE_KEY = 'slipway.person';

/** Who was chosen in this tab, where they are still among the people. */
export function rememberedPerson(people: Person[]): string | undefined {
  const name = sessionStorage.getItem(STORAGE_KEY);
  return people.find(person => person.name === name)?.name;
}

export function rememberPerson(name: string): void {
  sessionStorage.setItem(STORAGE_KEY, name);
}

export function forgetPerson(): void {
  sessionStorage.removeItem(STORAGE_KEY);
}
