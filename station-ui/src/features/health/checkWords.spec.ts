import { describe, expect, it } from 'vitest';
import { foundWords, remedyWords, titleOf, type Check } from './checkWords';

const check = (id: string, verdict: Check['verdict'], found: string, values: Record<string, string> = {}): Check => ({ id, verdict, value: null, found, with: values });

describe('the words of a check', () => {
  it('name what was found, with its numbers', () => {
    expect(foundWords(check('ST-02', 'warn', 'low', { free: '1.9 GB', next: '200 MB' }))).toBe('还有 1.9 GB，少于 200 MB 时必须处理');
    expect(foundWords(check('ST-02', 'unknown', ''))).toBe('');
    expect([titleOf(check('ST-02', 'ok', 'room')), titleOf(check('XX-99', 'ok', ''))]).toEqual(['可用空间', 'XX-99']);
  });

  it('say what to do about this very finding, or about the check, and nothing about what is well', () => {
    expect(remedyWords(check('ID-01', 'fail', 'open', { file: '/var/lib/yizhan/secrets.yz' }))).toBe('请运行: chmod 600 /var/lib/yizhan/secrets.yz');
    expect(remedyWords(check('ST-03', 'fail', 'refused'))).toContain('请停止登记');
    expect(remedyWords(check('ST-10', 'ok', 'made'))).toBe('');
    expect(remedyWords(check('XX-99', 'warn', 'new'))).toBe('');
  });
});
