import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ConfirmDialog } from './ConfirmDialog';

it('does nothing before the name is typed, and stays open with the reason when refused', async () => {
  const onConfirm = jest
    .fn<Promise<void>, [{ name: string; reason: string }]>()
    .mockRejectedValueOnce(
      Object.assign(new Error('x'), {
        body: { error: { name: 'ConflictError', message: 'A run is at work' } },
      }),
    )
    .mockResolvedValue();
  const onClose = jest.fn();
  render(
    <ConfirmDialog
      open
      danger
      title="Destroy shop-dev?"
      verb="Destroy shop-dev"
      typeName="shop-dev"
      onConfirm={onConfirm}
      onClose={onClose}
    >
      86 resources will be deleted.
    </ConfirmDialog>,
  );
  const button = screen.getByRole('button', { name: 'Destroy shop-dev' });
  const field = screen.getByLabelText('Type shop-dev to go on');
  expect(button).toBeDisabled();
  await userEvent.type(field, 'shop-de{enter}');
  expect(button).toBeDisabled();
  expect(onConfirm).not.toHaveBeenCalled();
  await userEvent.type(field, 'v');
  await userEvent.click(button);
  expect(await screen.findByText('A run is at work')).toBeInTheDocument();
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  expect(onConfirm).toHaveBeenLastCalledWith({ name: 'shop-dev', reason: '' });
});
