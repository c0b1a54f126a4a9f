import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';

/** Who is signed in, and through what they own things. */
export interface SignedInPerson {
  displayName: string;
  ownershipEntityRefs: string[];
}

/** The person that is signed in; undefined for a moment at first. */
export function usePerson(): SignedInPerson | undefined {
  const identityApi = useApi(identityApiRef);
  const [person, setPerson] = useState<SignedInPerson>();
  useEffect(() => {
    let current = true;
    Promise.all([
      identityApi.getProfileInfo(),
      identityApi.getBackstageIdentity(),
    ]).then(([profile, identity]) => {
      if (current) {
        setPerson({
          displayName: profile.displayName ?? identity.userEntityRef,
          ownershipEntityRefs: identity.ownershipEntityRefs,
        });
      }
    });
    return () => {
      current = false;
    };
  }, [identityApi]);
  return person;
}
