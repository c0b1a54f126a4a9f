/**
 * How the portal looks and speaks: page shell, status, tables, runs, plans, dialogs, formats, themes.
 *
 * @packageDocumentation
 */
export * from './dialog';
export * from './errors';
export * from './format';
export * from './gallery';
export * from './hooks';
export * from './page';
export * from './plan';
export * from './runs';
export * from './status';
export * from './table';
export * from './theme';
