import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef, signInTitle } from './oidcAuthApi';

/** Sign-in with the organisation's identity provider. */
export function OrganisationSignIn(props: SignInPageProps) {
  const title = signInTitle(useApi(configApiRef));
  return (
    <SignInPage
      {...props}
      auto
      title="Slipway"
      provider={{
        id: 'oidc',
        title,
        message: `Sign in with ${title}.`,
        apiRef: oidcAuthApiRef,
      }}
    />
  );
}
