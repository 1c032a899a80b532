import { attachmentTypeOf } from './attachment-type';

describe('the type of an attachment', () => {
  test.each([
    ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2])],
    ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['image/webp', Buffer.from('RIFF1234WEBPVP8 ', 'latin1')],
    ['application/pdf', Buffer.from('%PDF-1.7\n', 'latin1')],
  ])('%s is known by how it begins', (type, bytes) => {
    expect(attachmentTypeOf(bytes)).toBe(type);
  });

  test.each([
    ['a page', Buffer.from('<!doctype html><script>')],
    ['a drawing that can hold scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a sound in the same wrapping as a picture', Buffer.from('RIFF1234WAVEfmt ', 'latin1')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is none', (_what, bytes) => {
    expect(attachmentTypeOf(bytes)).toBeUndefined();
  });
});
