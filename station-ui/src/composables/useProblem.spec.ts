import { afterEach, describe, expect, it } from 'vitest';
import { Problem } from '@/api';
import { setLocale } from '@/i18n';
import { codeOf, hintOf, problemLine, problemText } from './useProblem';

const problem = (status: number, code: Problem['code'], field = ''): Problem => new Problem(status, code, field, '该时段余号已用完', '没有保存。请换一个时段。', 0, 'No places left at that time', 'Nothing was saved. Choose another time.');
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

  it('is told in the language of the page, on its own line and beside a field', async () => {
    await setLocale('en');
    expect(problemLine(problem(409, 'NoCapacity'))).toBe('No places left at that time. Nothing was saved. Choose another time. (CAP-01)');
    expect(hintOf(problem(400, 'BadFormat', 'name'))).toBe('Nothing was saved. Choose another time.');
  });

  it('beside a field has the code of the catalogue, and none where the catalogue has none', () => {
    expect(hintOf(problem(403, 'Denied', 'staff'))).toBe('没有保存。请换一个时段。（AUT-02）');
    expect(hintOf(problem(400, 'BadFormat', 'name'))).toBe('没有保存。请换一个时段。');
  });
});
