import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { Gallery } from './Gallery';

it.each([
  ['words', 'Attention'],
  ['pages', 'What ConflictError says of shop-dev.'],
  ['plan', '1 to add, 1 to change, 1 to replace and 1 to delete'],
  ['run', 'Ask for a higher quota, then retry.'],
  ['events', 'Level'],
])('shows %s', (tab, text) => {
  render(
    <MemoryRouter initialEntries={[`/?tab=${tab}`]}>
      <Gallery />
    </MemoryRouter>,
  );
  expect(screen.getAllByText(text).length).toBeGreaterThan(0);
});
