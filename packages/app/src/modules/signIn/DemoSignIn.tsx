import { ProxiedSignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { useMemo, useState } from 'react';
import { DemoIdentity } from './DemoIdentity';
import { PersonChooser } from './PersonChooser';
import { readPeople } from './people';
import { forgetPerson, rememberedPerson, rememberPerson } from './session';
import { createSignInFailure } from './SignInFailure';

/** Sign-in as one of the demonstration people; the choice lasts as long as the browser's tab. */
export function DemoSignIn({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const people = useMemo(() => readPeople(config), [config]);
  const [name, setName] = useState(() => rememberedPerson(people));
  const [attempt, setAttempt] = useState(0);
  const SignInFailure = useMemo(
    () =>
      createSignInFailure({
        onRetry: () => setAttempt(last => last + 1),
        onBack: () => {
          forgetPerson();
          setName(undefined);
        },
      }),
    [],
  );

  if (!name) {
    return (
      <PersonChooser
        people={people}
        onChoose={chosen => {
          rememberPerson(chosen);
          setName(chosen);
        }}
      />
    );
  }
  return (
    <ProxiedSignInPage
      key={attempt}
      provider="demo"
      headers={{ 'x-slipway-person': name }}
      onSignInSuccess={identity =>
        onSignInSuccess(DemoIdentity.create(identity))
      }
      ErrorComponent={SignInFailure}
    />
  );
}
