import type { JsonObject, JsonValue } from '@backstage/types';

/** What CloudFormation's pseudo parameters are in this environment, e.g. `AWS::Region`. */
export type PseudoParameters = Record<string, string>;

/** A text as far as it is known: what is not stands in it as `${Key.Arn}`. */
export interface Text {
  text: string;
  known: boolean;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** `{ Ref: … }` or `{ "Fn::…": … }`. */
export function isIntrinsic(value: JsonValue | undefined): value is JsonObject {
  if (!isObject(value)) {
    return false;
  }
  const names = Object.keys(value);
  return (
    names.length === 1 && (names[0] === 'Ref' || names[0].startsWith('Fn::'))
  );
}

function unknownText(what: string): Text {
  return { text: `\${${what}}`, known: false };
}

function joined(parts: Text[], separator: string): Text {
  return {
    text: parts.map(({ text }) => text).join(separator),
    known: parts.every(({ known }) => known),
  };
}

function substituted(
  template: string,
  values: JsonObject,
  pseudo: PseudoParameters,
): Text {
  let known = true;
  const text = template.replace(
    /\$\{(!?)([^}]+)\}/g,
    (whole, literal: string, name: string) => {
      if (literal) {
        return `\${${name}}`;
      }
      const own = values[name];
      const value =
        own === undefined ? refText(name, pseudo) : textOf(own, pseudo);
      known &&= value.known;
      return value.known ? value.text : whole;
    },
  );
  return { text, known };
}

function refText(name: string, pseudo: PseudoParameters): Text {
  return name in pseudo
    ? { text: pseudo[name], known: true }
    : unknownText(name);
}

/**
 * A scalar or intrinsic as text. `Ref`, `Fn::GetAtt`, `Fn::Join` and `Fn::Sub` are followed as far as they can be; of any
 * other function nothing is known before AWS has made what it is about.
 */
export function textOf(value: JsonValue, pseudo: PseudoParameters): Text {
  if (!isObject(value)) {
    return Array.isArray(value) || value === null
      ? unknownText('…')
      : { text: String(value), known: true };
  }
  const [name, argument] = Object.entries(value)[0] ?? ['…', null];
  switch (name) {
    case 'Ref':
      return refText(String(argument), pseudo);
    case 'Fn::GetAtt':
      return unknownText([argument].flat().map(String).join('.'));
    case 'Fn::Join': {
      const [separator, list] = Array.isArray(argument) ? argument : [];
      return Array.isArray(list)
        ? joined(
            list.map(each => textOf(each ?? '', pseudo)),
            String(separator),
          )
        : unknownText(name);
    }
    case 'Fn::Sub': {
      const [template, values] = Array.isArray(argument)
        ? argument
        : [argument];
      return typeof template === 'string'
        ? substituted(template, isObject(values) ? values : {}, pseudo)
        : unknownText(name);
    }
    default:
      return unknownText(name);
  }
}

/** A document that was given as text, e.g. a trust policy; what is unknown in it stays an intrinsic. */
export function documentOf(
  value: JsonValue,
  pseudo: PseudoParameters,
): JsonValue | undefined {
  if (typeof value !== 'string' && !isIntrinsic(value)) {
    return undefined;
  }
  const { text, known } = textOf(value, pseudo);
  if (!/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text, (_, part) =>
      !known && typeof part === 'string' && part.includes('${')
        ? { 'Fn::Sub': part }
        : part,
    );
  } catch {
    return undefined;
  }
}
