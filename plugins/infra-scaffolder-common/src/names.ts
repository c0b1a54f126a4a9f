/** @public */
export const ENVIRONMENT_NAME_LENGTH = { minimum: 3, maximum: 28 };

/** A lower-case letter, then lower-case letters, digits and single hyphens. @public */
export const ENVIRONMENT_NAME_PATTERN = /^[a-z](?:-?[a-z0-9])*$/;

function nearestName(name: string): string | undefined {
  const nearest = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, ENVIRONMENT_NAME_LENGTH.maximum)
    .replace(/-+$/, '');
  return nearest.length >= ENVIRONMENT_NAME_LENGTH.minimum
    ? nearest
    : undefined;
}

/** Checks an environment's name by itself; whether it is taken is another question. @public */
export function checkName(
  name: string,
): { message: string; suggestion?: string } | undefined {
  const { minimum, maximum } = ENVIRONMENT_NAME_LENGTH;
  if (name.length < minimum || name.length > maximum) {
    return {
      message: `A name has ${minimum} to ${maximum} characters; this one has ${name.length}.`,
      suggestion: nearestName(name),
    };
  }
  if (!ENVIRONMENT_NAME_PATTERN.test(name)) {
    return {
      message:
        'A name begins with a lower-case letter and goes on with lower-case letters, digits and single hyphens.',
      suggestion: nearestName(name),
    };
  }
  return undefined;
}
