import { describe, expect, it } from '@jest/globals';
import { errorText, printable, redact } from '../../../../frameworks/common/redact.js';

describe('redact', () => {
  it.each([
    'GET https://admin@internal:hunter2@engine.dc1/api',
    'Authorization: Basic aHVudGVyMjpodW50ZXIy',
    '{"authorization":"Bearer hunter2hunter2"}',
    'grant_type=password&password=hunter2&scope=x',
    '{"root_password": "hunter2", "name": "h1"}',
    "token='hunter2'",
    'X-Api-Key: hunter2',
    'client_secret=hunter2',
    `${'x'.repeat(200)}password=hunter2`,
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nhunter2',
  ])('hides what is secret in %j', (text) => {
    expect(redact(text)).toContain('***');
    expect(redact(text)).not.toMatch(/hunter2|aHVudGVy/);
  });

  it.each([
    'machine h1 cannot be drained: it is drained',
    'https://engine.dc1:443/ovirt-engine/api/hosts answered 409',
    'token bucket is empty',
  ])('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });
});

it.each(['x', 'a-', 'http', 'password="', 'a://b:', '-----BEGIN PRIVATE KEY-----'])(
  'takes time in proportion to the text: %j a million times',
  (part) => {
    expect(redact(part.repeat(1_000_000 / part.length)).length).toBeGreaterThan(0);
  },
);

describe('printable', () => {
  it('makes one line of it', () => {
    expect(printable(' a\r\n\tb\u0000\u001b[31mc\u202e ')).toBe('a b [31mc');
  });

  it('shortens', () => {
    expect(printable('x'.repeat(600))).toHaveLength(500);
    expect(printable('abcdef', 4)).toBe('abc…');
    expect(printable('x'.repeat(10_000_000))).toHaveLength(500);
  });
});

describe('errorText', () => {
  it.each([
    [new Error('no route'), 'no route'],
    [new TypeError(''), 'TypeError'],
    ['text', 'text'],
    [undefined, 'undefined'],
  ])('of %p', (error, text) => {
    expect(errorText(error)).toBe(text);
  });
});
