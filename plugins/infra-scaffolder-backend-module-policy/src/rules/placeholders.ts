const PLACEHOLDER = /\{([\w.]+)\}/g;

/** Names in braces, e.g. `DBInstanceClass` of `The class {DBInstanceClass} is for production.` */
export function placeholdersOf(message: string): string[] {
  return [...message.matchAll(PLACEHOLDER)].map(([, name]) => name);
}

/** The message with what `lookUp` knows in place of its names. */
export function fillIn(
  message: string,
  lookUp: (name: string) => string | undefined,
): string {
  return message.replace(
    PLACEHOLDER,
    (_, name: string) => lookUp(name) ?? 'not set',
  );
}
