import type { Config } from '@backstage/config';
import { AuthenticationError, InputError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  type ProxyAuthenticator,
} from '@backstage/plugin-auth-node';

/** Header in which the sign-in page says who was chosen. */
const PERSON_HEADER = 'x-slipway-person';

export interface DemoPerson {
  name: string;
  displayName: string;
}

/** Takes the chosen person from the request, where configuration lists them. */
export function createDemoAuthenticator(): ProxyAuthenticator<
  Map<string, DemoPerson>,
  DemoPerson
> {
  return createProxyAuthenticator({
    defaultProfileTransform: async person => ({
      profile: { displayName: person.displayName },
    }),
    initialize: ({ config }) => readPeople(config),
    async authenticate({ req }, people) {
      const name = req.get(PERSON_HEADER);
      if (!name) {
        throw new InputError(
          `Say who signs in by the header ${PERSON_HEADER}: one of ${[
            ...people.keys(),
          ].join(', ')}.`,
        );
      }
      const person = people.get(name);
      if (!person) {
        throw new AuthenticationError(
          `No such demonstration person; auth.providers.demo.people lists ${[
            ...people.keys(),
          ].join(', ')}.`,
        );
      }
      return { result: person };
    },
  });
}

function readPeople(config: Config): Map<string, DemoPerson> {
  return new Map(
    config.getConfigArray('people').map(person => [
      person.getString('name'),
      {
        name: person.getString('name'),
        displayName: person.getString('displayName'),
      },
    ]),
  );
}
