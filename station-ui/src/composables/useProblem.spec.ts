import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '@/api';
import { setLocale } from '@/i18n';
import { codeOf, problemLine, problemText } from './useProblem';

const problem = (status: number, code: Problem['code'], field = ''): Problem => new Problem(status, code, field, '该时段余号已用完', '没有保存。请换一个时段。', 0);
afterEach(() => setLocale('zh-CN'));

describe('a problem', () => {
  it('has the code of the catalogue, by its field first', () => {
    expect(codeOf(problem(409, 'NoCapacity'))).toBe('CAP-01');
    expect(codeOf(problem(507, 'StorageFull'))).toBe('STO-01');
    expect(codeOf(problem(403, 'Denied', 'staff'))).toBe('AUT-02');
    expect(codeOf(problem(403, 'Denied', 'role'))).toBe('Denied');
  });

  it('says what happened, whether anything was saved, and what to do, in the node’s own words', () => {
    expect(problemLine(problem(409, 'NoCapacity'))).toBe('该时段余号已用完。没有保存。请换一个时段。（CAP-01）');
  });

  it('without an answer does not claim that nothing was saved', () => {
    const text = problemText(Problem.noAnswer());
    expect(text.title).toContain('不知道是否已保存');
    expect(text.hint).not.toContain('没有保存');
    expect(text.code).toBe('NET-02');
  });

  it('has words of the page in another language, where the node has only its own', async () => {
    await setLocale('en');
    expect(/[\u3400-\u9fff]/.test(problemLine(problem(409, 'NoCapacity')))).toBe(false);
  });
});
