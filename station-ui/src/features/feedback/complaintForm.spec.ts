import { describe, expect, it } from 'vitest';
import { complaintErrors, complaintOf, emptyComplaint } from './complaintForm';

const NOW = Date.UTC(2026, 10, 25, 3, 0); // 11:00
const filled = () => ({ ...emptyComplaint('2026-11-25'), time: '09:10', text: ' 等了一个上午 ', name: '张桂芳', phone: '138 1234-5678' });

describe('a complaint', () => {
  it('says what happened, when, and how to answer', () => {
    expect(complaintErrors(filled(), NOW)).toEqual({});
    expect(Object.keys(complaintErrors(emptyComplaint('2026-11-25'), NOW)).sort()).toEqual(['name', 'text', 'when']);
    expect(complaintErrors({ ...filled(), time: '11:01' }, NOW)).toEqual({ when: '发生时间不能晚于现在。' });
    expect(complaintErrors({ ...filled(), phone: '1381234' }, NOW).phone).toContain('现为 7 位');
    for (const window of ['0', '100', '二', '1.5']) expect(complaintErrors({ ...filled(), window }, NOW).window, window).toBeDefined();
    for (const window of ['', '1', '99']) expect(complaintErrors({ ...filled(), window }, NOW)).toEqual({});
  });

  it('of a person who gives a name or a phone is enough', () => {
    expect(complaintErrors({ ...filled(), name: '' }, NOW)).toEqual({});
    expect(complaintErrors({ ...filled(), phone: '' }, NOW)).toEqual({});
    expect(complaintOf({ ...filled(), phone: ' ' })).not.toHaveProperty('phone');
    expect(complaintErrors({ ...filled(), name: ' ', phone: '' }, NOW)).toEqual({ name: '请填写姓名或手机号；不愿留的请勾选匿名。' });
  });

  it('carries nothing of a person who stays anonymous, whatever was typed before', () => {
    const anonymous = { ...filled(), anonymous: true };
    expect(complaintErrors({ ...anonymous, name: '', phone: '' }, NOW)).toEqual({});
    expect(complaintOf(anonymous)).toEqual({
      about: 'service', fact: 'delay', occurred_at_ms: Date.UTC(2026, 10, 25, 1, 10), text: '等了一个上午', wish: '', anonymous: true,
    });
  });

  it('sends what was filled in, tidied', () => {
    expect(complaintOf({ ...filled(), window: ' 2 ', wish: ' 请道歉 ' })).toMatchObject({ name: '张桂芳', phone: '13812345678', window: 2, wish: '请道歉', text: '等了一个上午' });
  });
});
