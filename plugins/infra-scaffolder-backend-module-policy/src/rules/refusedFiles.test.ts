import { PolicyFileError } from './PolicyFileError';
import { readRules } from './readRules';
import { readSchema } from './readSchema';

const SCHEMA = {
  name: 'own.cedarschema',
  text: `namespace AWS::RDS {
  // Größe in Bytes ist nicht Länge in Zeichen
  entity DBInstance in [Slipway::Kind] { StorageEncrypted?: Bool } tags String;
}`,
};
const MARKS = `@title("T") @effect("deny") @message("M") @mend("W") @unknown("counts: so")`;
const FORBID = `forbid (principal, action, resource is AWS::RDS::DBInstance)`;

function refusal(text: string, schema = SCHEMA): string {
  try {
    readRules([{ name: 'own.cedar', text }], readSchema([schema]));
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyFileError);
    return (error as Error).message;
  }
  return 'taken';
}

describe('policy files', () => {
  it('are taken when they are right', () => {
    expect(refusal(`@id("a") ${MARKS}\n${FORBID};`)).toBe('taken');
  });

  it.each([
    ['do not parse', `// é\n@id("a") ${MARKS}\n${FORBID} when {{ true };`, 3],
    [
      'name what is not there',
      `\n@id("a") ${MARKS}\n${FORBID}\nwhen { resource.Encrypted };`,
      4,
    ],
    [
      'do not ask whether it is set',
      `@id("a") ${MARKS}\n${FORBID}\nwhen { resource.StorageEncrypted };`,
      3,
    ],
    ['allow', `@id("a") ${MARKS}\npermit (principal, action, resource);`, 1],
    ['leave a mark out', `\n\n@id("a")\n${FORBID};`, 3],
    [
      'have another effect',
      `@id("a") ${MARKS.replace('deny', 'block')}\n${FORBID};`,
      1,
    ],
    [
      'do not decide on what is unknown',
      `@id("a") ${MARKS.replace('counts: so', 'perhaps')}\n${FORBID};`,
      1,
    ],
    [
      'have an id twice',
      `@id("a") ${MARKS}\n${FORBID};\n@id("a") ${MARKS}\n${FORBID} when { true };`,
      3,
    ],
    [
      'say what the resource has not',
      `@id("a") ${MARKS.replace('"M"', '"{Nothing}"')}\n${FORBID};`,
      1,
    ],
  ])('are refused with file and line when they %s', (_, text, line) => {
    expect(refusal(text)).toMatch(new RegExp(`own\\.cedar:${line}: .{10}`));
  });

  it('refuse types that are not right, with file and line', () => {
    const right = `@id("a") ${MARKS}\n${FORBID};`;
    const broken = {
      ...SCHEMA,
      text: SCHEMA.text.replace('?: Bool', '?: Boot'),
    };
    expect(refusal(right, broken)).toMatch(/own\.cedarschema:3: /);
    const required = {
      ...SCHEMA,
      text: SCHEMA.text.replace('?: Bool', ': Bool'),
    };
    expect(refusal(right, required)).toMatch(
      /own\.cedarschema:3: .*StorageEncrypted\?/,
    );
  });
});
