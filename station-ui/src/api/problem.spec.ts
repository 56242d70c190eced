import { describe, expect, it } from 'vitest';
import { Problem, asProblem } from './problem';

const body = (more = {}) => ({ type: 'urn:x', title: '不允许', status: 403, code: 'Denied', detail: '', field: 'lock', hint: '没有保存。', ...more }) as never;

describe('a problem', () => {
  it('is what the node wrote, and no wait where it named none', () => {
    expect(Problem.of(body())).toMatchObject({ status: 403, code: 'Denied', field: 'lock', title: '不允许', hint: '没有保存。', retryAfterS: 0 });
    expect(Problem.of(body({ retry_after_s: 4 })).retryAfterS).toBe(4);
    expect(Problem.of(body({ title_en: 'Not allowed', hint_en: 'Nothing was saved.' }))).toMatchObject({ titleEn: 'Not allowed', hintEn: 'Nothing was saved.' });
  });

  it('tells a lock from a sign-in that is gone, and both from a refusal', () => {
    expect([Problem.of(body()).isLock, Problem.of(body()).isSignedOut]).toEqual([true, false]);
    expect(Problem.of(body({ status: 401, field: 'yz_sid' })).isSignedOut).toBe(true);
    expect(Problem.of(body({ field: 'role' })).isLock).toBe(false);
  });

  it('of anything else is that no answer came: nobody knows what was saved', () => {
    expect(asProblem(new TypeError('gone'))).toMatchObject({ status: 0, code: 'NoAnswer' });
    const known = Problem.noAnswer('read');
    expect(asProblem(known)).toBe(known);
  });
});
