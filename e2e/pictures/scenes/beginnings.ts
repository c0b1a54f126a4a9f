import { expect, type Camera } from '../Camera';

/** What a person sees before anything was made. */
export async function takeBeginnings(camera: Camera): Promise<void> {
  await camera.take({
    name: 'sign-in',
    caption: 'Signing in: the demonstration people of a developer’s machine',
    path: '/',
    act: page => expect(page.getByText('Maya Lindqvist')).toBeVisible(),
  });
  await camera.take({
    name: 'environments-empty',
    caption: 'Environments before there is one',
    person: 'maya',
    path: '/environments',
    act: page => expect(page.getByText('No environments yet')).toBeVisible(),
  });
  await camera.take({
    name: 'create',
    caption: 'What can be created',
    person: 'maya',
    path: '/create',
    act: page =>
      expect(page.getByText('Records service').first()).toBeVisible(),
  });
}
