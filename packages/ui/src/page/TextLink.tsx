import Link from '@mui/material/Link';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';

/** A link within the portal, or out of it where `to` is a whole address. @public */
export function TextLink(props: { to: string; children: ReactNode }) {
  const { to, children } = props;
  return /^https?:/.test(to) ? (
    <Link href={to} target="_blank" rel="noopener noreferrer">
      {children}
    </Link>
  ) : (
    <Link component={RouterLink} to={to}>
      {children}
    </Link>
  );
}
