import type { Config } from '@backstage/config';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
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

/**
 * Takes the chosen person from the request, where configuration lists them.
 *
 * @param hostnames - under which the portal is reached. Requests to any other are refused, because a page of another site
 * that gives the portal's address to a name of its own could else sign in from within the developer's browser.
 */
export function createDemoAuthenticator(
  hostnames: Set<string>,
): ProxyAuthenticator<Map<string, DemoPerson>, DemoPerson> {
  return createProxyAuthenticator({
    defaultProfileTransform: async person => ({
      profile: { displayName: person.displayName },
    }),
    initialize: ({ config }) => readPeople(config),
    async authenticate({ req }, people) {
      const hostname = (req.headers.host ?? '').replace(/:\d+$/, '');
      if (!hostnames.has(hostname)) {
        throw new NotAllowedError(
          `Nobody signs in without a password at '${hostname}': open the portal at the address of app.baseUrl or backend.baseUrl.`,
        );
      }
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
