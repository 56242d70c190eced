import { describe, expect, it } from 'vitest';
import { emptyLate, lateBookingOf, lateErrorsOf, lateVisitOf, occurredAt, paperNumberOf } from './lateForm';

const NOW = Date.UTC(2026, 10, 25, 3, 0); // 11:00
const PAPER = '140311100-0305-0017-4';
const filled = () => ({
  ...emptyLate(), paper: PAPER, day: '2026-11-25', time: '09:10', name: '张桂芳', number: '140399199003070013', phone: '13812345678',
  item: 'SB-0101', date: '2026-11-26', window: '09:30',
});

describe('a hand-written form', () => {
  it('has a number that is read from its code or typed without its hyphens', () => {
    for (const text of [PAPER, `YZ1:${PAPER}`, 'yz1:140311100-0305-0017-4', ' 140311100 0305 0017 4 ', '140311100030500174']) {
      expect(paperNumberOf(text), text).toBe(PAPER);
    }
    for (const text of ['', '140311100-0305-0017-5', '140311100-0305-0071-4', '140311100-0305-0017', 'YZ1:140311100-0305-0017-4-1']) {
      expect(paperNumberOf(text), text).toBe('');
    }
  });

  it('was written before now, at the station whatever zone the browser is in', () => {
    expect(occurredAt(filled())).toBe(Date.UTC(2026, 10, 25, 1, 10));
    expect(lateErrorsOf(filled(), NOW)).toEqual({});
    expect(lateErrorsOf({ ...filled(), time: '11:00' }, NOW)).toEqual({});
    expect(lateErrorsOf({ ...filled(), time: '11:01' }, NOW)).toEqual({ when: '登记时间不能晚于现在。' });
    expect(lateErrorsOf({ ...filled(), time: '' }, NOW).when).toBe('请填写手写单上的登记时间。');
  });

  it('is checked digit by digit before anything is sent', () => {
    expect(lateErrorsOf({ ...filled(), paper: '' }, NOW)).toEqual({ paper: '请填写手写单编号。' });
    expect(lateErrorsOf({ ...filled(), paper: '140311100-0305-0018-8' }, NOW).paper).toContain('校验不符');
  });

  it('of a booking needs all that a booking needs, and carries its number and its time', () => {
    expect(Object.keys(lateErrorsOf({ ...filled(), phone: '', window: '' }, NOW)).sort()).toEqual(['phone', 'window']);
    expect(lateBookingOf(filled())).toMatchObject({ date: '2026-11-26', window: '09:30', paper_number: PAPER, occurred_at_ms: Date.UTC(2026, 10, 25, 1, 10) });
  });

  it('of a visit needs only its item, and says how it ended', () => {
    const visit = { ...filled(), what: 'walk_in' as const, name: '', number: '', phone: '', date: '', window: '' };
    expect(lateErrorsOf(visit, NOW)).toEqual({});
    expect(lateErrorsOf({ ...visit, item: '', phone: '138', number: '123' }, NOW)).toMatchObject({ item: expect.any(String), phone: expect.any(String), number: expect.any(String) });
    expect(lateVisitOf(visit)).toEqual({ item: 'SB-0101', outcome: 'done', paper_number: PAPER, occurred_at_ms: Date.UTC(2026, 10, 25, 1, 10) });
    expect(lateVisitOf({ ...filled(), outcome: 'waiting' })).not.toHaveProperty('outcome');
    expect(lateVisitOf(filled())).toMatchObject({ name: '张桂芳', phone: '13812345678', document: { kind: 'resident_id', number: '140399199003070013' } });
  });
});
