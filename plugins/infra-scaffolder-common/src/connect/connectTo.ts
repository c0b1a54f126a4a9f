import {
  applicationGroup,
  bastionGroup,
  clusterGroup,
  imagesGroup,
} from './access';
import {
  cacheGroup,
  databaseGroup,
  messagingGroup,
  storageGroup,
} from './data';
import { placeOf } from './Place';
import type { ConnectGroup, ConnectInput } from './types';
import { consoleGroup, dashboardsGroup, logsGroup } from './watching';

/**
 * How to reach what an environment is made of, from its outputs: the same for both engines, because their outputs have
 * the same keys. A group that an environment has nothing of is left out; no value is a secret.
 *
 * @public
 */
export function connectTo(input: ConnectInput): ConnectGroup[] {
  const place = placeOf(input);
  return [
    applicationGroup(place),
    clusterGroup(place),
    databaseGroup(place),
    cacheGroup(place),
    messagingGroup(place),
    storageGroup(place),
    imagesGroup(place),
    bastionGroup(place),
    logsGroup(place, input.resources),
    dashboardsGroup(place, input),
    consoleGroup(place, input),
  ].filter(group => group.items.length > 0);
}
