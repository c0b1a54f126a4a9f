import type { IdentityApi } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import { useEffect } from 'react';

const maya: IdentityApi = {
  getBackstageIdentity: async () => ({
    type: 'user',
    userEntityRef: 'user:default/maya',
    ownershipEntityRefs: ['user:default/maya', 'group:default/storefront'],
  }),
  getProfileInfo: async () => ({ displayName: 'Maya' }),
  getCredentials: async () => ({}),
  signOut: async () => undefined,
};

function SignIn({ onSignInSuccess }: SignInPageProps) {
  useEffect(() => onSignInSuccess(maya), [onSignInSuccess]);
  return null;
}

/** Everybody is Maya here: this page has no back end. */
export const signInPage = SignInPageBlueprint.make({
  params: { loader: async () => SignIn },
});
