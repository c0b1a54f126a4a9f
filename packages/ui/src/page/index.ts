export { PageShell, type PageShellProps, type PageTab } from './PageShell';
export { Column, Columns } from './Columns';
export { Section } from './Section';
export { Facts } from './Facts';
export { EmptyState } from './EmptyState';
export { ErrorState } from './ErrorState';
export { CopyText } from './CopyText';
export { TextLink } from './TextLink';
