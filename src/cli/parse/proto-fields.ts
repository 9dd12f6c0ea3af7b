/** Reads what proto files say about messages: every field with its type and the comment above it. */

export interface ProtoField {
  /** As JSON has it: `hostId`. */
  readonly name: string;
  /** Name of the type: `string`, `int64`, `Host`. */
  readonly type: string;
  readonly kind: 'one' | 'list' | 'dictionary';
  readonly comment: string;
}

export interface ProtoTypes {
  readonly messages: ReadonlyMap<string, readonly ProtoField[]>;
  /** Values without the prefix that they share. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

const BLOCK = /^(message|enum) (\w+) \{(\})?$/;
const FIELD = /^ {2,4}(repeated )?(?:map<string, (\w+)>|([\w.]+)) (\w+) = \d+/;
const VALUE = /^ {2}([A-Z][A-Z0-9_]*) = \d+/;

/** @param texts proto files as `buf format` leaves them */
export function protoTypes(texts: readonly string[]): ProtoTypes {
  const messages = new Map<string, readonly ProtoField[]>();
  const enums = new Map<string, readonly string[]>();
  let fields: ProtoField[] = [];
  let values: string[] = [];
  let comment: string[] = [];
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const [, block, name = '', empty] = BLOCK.exec(line) ?? [];
    const [, repeated, ofMap, single, fieldName = ''] = FIELD.exec(line) ?? [];
    const [, value] = VALUE.exec(line) ?? [];
    if (block === 'message') messages.set(name, (fields = []));
    else if (block === 'enum') enums.set(name, (values = []));
    else if (value !== undefined) values.push(value);
    else if (fieldName !== '')
      fields.push({
        name: camelCase(fieldName),
        type: ofMap ?? single ?? '',
        kind: ofMap !== undefined ? 'dictionary' : repeated === undefined ? 'one' : 'list',
        comment: comment.join(' '),
      });
    const [, words] = /^ *\/\/ ?(.*)$/.exec(line) ?? [];
    comment = words === undefined || empty !== undefined ? [] : [...comment, words];
  }
  for (const [name, known] of enums) enums.set(name, withoutPrefix(known));
  return { messages, enums };
}

/** The first value is `…_UNSPECIFIED`: what it begins with is what all begin with. It stands for what is not known. */
function withoutPrefix(values: readonly string[]): readonly string[] {
  const prefix = (values[0] ?? '').replace(/UNSPECIFIED$/, '');
  return values.slice(1).map((value) => value.slice(prefix.length));
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
