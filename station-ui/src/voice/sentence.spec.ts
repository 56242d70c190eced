import { describe, expect, it } from 'vitest';
import clips from './clips.json';
import { callClips } from './sentence';

describe('the spoken call', () => {
  it('says 请 A013 号到 2 号窗口办理', () => {
    expect(callClips('A013', 2)).toEqual(['please', 'A', '0', '1', '3', 'to', '2', 'at']);
  });

  it('says a ticket that bears the mark of a later epoch, too', () => {
    expect(callClips('A4829013', 2)).toEqual(['please', ...'A4829013', 'to', '2', 'at']);
  });

  it('reads window numbers as people say them', () => {
    const window = (number: number): string[] => callClips('B1', number).slice(4, -1);
    expect(window(9)).toEqual(['9']);
    expect(window(10)).toEqual(['ten']);
    expect(window(12)).toEqual(['ten', '2']);
    expect(window(20)).toEqual(['2', 'ten']);
    expect(window(99)).toEqual(['9', 'ten', '9']);
  });

  it('is silent rather than incomplete', () => {
    expect(callClips('Q013', 2)).toEqual([]);
  });

  it('has its clips one after another, none of them empty', () => {
    let end = 0;
    const inOrder = Object.entries(clips).sort(([, a], [, b]) => (a[0] ?? 0) - (b[0] ?? 0));
    for (const [name, [begin = 0, length = 0]] of inOrder) {
      expect(begin, name).toBeGreaterThan(end - 0.001);
      expect(length, name).toBeGreaterThan(0.05);
      end = begin + length;
    }
  });
});
