import { expect, it, vi } from 'vitest';
import { saveAs } from './saveAs';

it('hands a file to the browser under its name, and lets go of it', async () => {
  const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  const freed = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {});
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function note(this: HTMLAnchorElement) {
    expect([this.download, this.href]).toEqual(['a.csv', 'blob:x']);
  });
  saveAs('a.csv', 'text', 'text/csv');
  expect([made, clicked, freed].map((each) => each.mock.calls.length)).toEqual([1, 1, 1]);
  const blob = made.mock.calls[0]?.[0] as Blob;
  expect([blob.type, blob.size]).toEqual(['text/csv', 4]);
});
