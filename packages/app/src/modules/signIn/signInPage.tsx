import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  SignInPageBlueprint,
  type SignInPageProps,
} from '@backstage/plugin-app-react';
import { lazy } from 'react';

const DemoSignIn = lazy(() =>
  import('./DemoSignIn').then(m => ({ default: m.DemoSignIn })),
);
const OrganisationSignIn = lazy(() =>
  import('./OrganisationSignIn').then(m => ({ default: m.OrganisationSignIn })),
);

function PortalSignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  return config.has('auth.providers.demo') ? (
    <DemoSignIn {...props} />
  ) : (
    <OrganisationSignIn {...props} />
  );
}

export const signInPage = SignInPageBlueprint.make({
  params: { loader: async () => PortalSignIn },
});
