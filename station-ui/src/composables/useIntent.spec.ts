import { describe, expect, it } from 'vitest';
import { Problem } from '@/api';
import { useIntent } from './useIntent';

describe('an intention', () => {
  it('keeps its key until it is settled, so that pressing again is not a second wish', () => {
    const intent = useIntent();
    const first = intent.keyOf({ name: '张' });
    expect(intent.keyOf({ name: '张' })).toBe(first);
    intent.refused(Problem.noAnswer());
    expect(intent.keyOf({ name: '张' })).toBe(first);
  });

  it('is another one once it says something else, was refused, or is done', () => {
    const intent = useIntent();
    const first = intent.keyOf({ name: '张' });
    expect(intent.keyOf({ name: '张三' })).not.toBe(first);
    const second = intent.keyOf({ name: '张三' });
    intent.refused(new Problem(409, 'Conflict', '', '', '', 0));
    const third = intent.keyOf({ name: '张三' });
    expect(third).not.toBe(second);
    intent.done();
    expect(intent.keyOf({ name: '张三' })).not.toBe(third);
  });
});
