import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import App from './App';

const people = [
  {
    name: 'maya',
    displayName: 'Maya Lindqvist',
    role: 'Developer',
    team: 'Storefront',
    summary: 'Runs the environments of Storefront.',
  },
  {
    name: 'sam',
    displayName: 'Sam Ferreira',
    role: 'SRE',
    team: 'Reliability',
    summary: 'Sees every environment.',
  },
];

const answer = (status: number, body: object) =>
  ({
    ok: status < 400,
    status,
    statusText: '',
    headers: new Headers({ 'content-type': 'application/json' }),
    json: async () => body,
    text: async () => JSON.stringify(body),
  } as Response);

describe('sign-in as a demonstration person', () => {
  const fetchMock = jest.fn<Promise<Response>, [string, RequestInit?]>();

  beforeEach(() => {
    sessionStorage.clear();
    fetchMock.mockReset();
    global.fetch = fetchMock as typeof fetch;
    process.env = {
      ...process.env,
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Slipway', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: { providers: { demo: { people } } },
          },
          context: 'test',
        },
      ] as unknown as string,
    };
  });

  const refreshes = () =>
    fetchMock.mock.calls.filter(([url]) =>
      String(url).endsWith('/api/auth/demo/refresh'),
    );

  it('shows who there is, signs the chosen one in, and remembers the choice', async () => {
    fetchMock.mockRejectedValue(new TypeError('Failed to fetch'));
    const { unmount } = render(App.createRoot());
    expect(await screen.findByText('Who are you today?')).toBeVisible();
    expect(screen.getByText('SRE, Reliability')).toBeVisible();
    expect(refreshes()).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: /maya/i }));
    await waitFor(() => expect(refreshes()).toHaveLength(1));
    const headers = new Headers(refreshes()[0][1]?.headers);
    expect(headers.get('x-slipway-person')).toBe('maya');
    expect(
      await screen.findByText(/waiting for the portal’s back end/i),
    ).toBeVisible();
    unmount();

    render(App.createRoot());
    await waitFor(() => expect(refreshes().length).toBeGreaterThan(1));
    expect(screen.queryByText('Who are you today?')).toBeNull();
  });

  it('says why somebody could not be signed in, and leads back to the choice', async () => {
    fetchMock.mockResolvedValue(
      answer(401, {
        error: { name: 'AuthenticationError', message: 'No such person' },
        response: { statusCode: 401 },
      }),
    );
    render(App.createRoot());
    await userEvent.click(await screen.findByRole('button', { name: /sam/i }));
    expect(await screen.findByText(/No such person/)).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Choose somebody else' }),
    );
    expect(await screen.findByText('Who are you today?')).toBeVisible();
    expect(sessionStorage.getItem('slipway.person')).toBeNull();
  });
});
