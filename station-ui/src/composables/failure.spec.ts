import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '@/api';
import { saysOfItself } from '@/spec/node';
import { useSession } from '@/stores/session';
import { failureOf, failureWith, fieldFailureOf } from './failure';

beforeEach(() => saysOfItself({ version: '0.1.0' }));

describe('what failed', () => {
  it('is told as staff read it, and copied by its code with what the node, the program and the time are', () => {
    const failure = failureOf(Problem.noAnswer('call'));
    expect(failure.text).toContain('不知道是否已呼叫');
    expect(failure.copy).toBe('NET-02 problem=NoAnswer field=call status=0 at=2026-03-05T02:42:30.000Z name=荫营镇便民服务中心 node=a program=0.1.0');
    expect(failureOf(new Error('of a page')).copy).toMatch(/^NET-02 problem=NoAnswer field=\? /);
    expect(failureWith('PRN-01', '没有打印', 'paper_out')).toMatchObject({ text: '没有打印', copy: expect.stringMatching(/^PRN-01 problem=paper_out at=/) as string });
  });

  it('beside its field says what to do, and has a code to copy where the catalogue has one', () => {
    const full = fieldFailureOf(new Problem(409, 'NoCapacity', 'window', '已满', '请换一个时段。', 0));
    expect(full).toMatchObject({ text: '请换一个时段。（CAP-01）', copy: expect.stringMatching(/^CAP-01 /) as string });
    expect(fieldFailureOf(new Problem(400, 'BadFormat', 'phone', '格式不对', '手机号应为 11 位。', 0))).toEqual({ text: '手机号应为 11 位。' });
  });

  it('is copied without a word that may speak of a person, or which record it was', () => {
    useSession().who = { csrf: 'secret-of-the-page', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
    const { text, copy } = failureOf(new Problem(409, 'Conflict', 'duplicate/rjzrulp3tdmj', '张桂芳已约同一事项', '请核对 13812345678。', 0));
    expect(text).toContain('张桂芳');
    expect(copy).toContain('Conflict problem=Conflict field=duplicate status=409');
    for (const word of ['张桂芳', '13812345678', '王敏', 'wangmin', 'secret-of-the-page', 'rjzrulp3tdmj']) expect(copy).not.toContain(word);
  });
});
