import { describe, expect, it } from 'vitest';
import { ageOf, bodyOf, emptyForm, errorsOf, groupedPhone, isResidentId, maskedNumber } from './bookingForm';

const ID = '140399199003070013';
const filled = () => ({ ...emptyForm(), name: ' 张桂芳 ', number: ID, phone: '138 1234-5678', item: 'SB-0101', date: '2026-03-05', window: '09:30' });

describe('the form of a booking', () => {
  it('knows a check digit', () => {
    expect(isResidentId(ID)).toBe(true);
    expect(isResidentId('140399199003070014')).toBe(false);
    expect(isResidentId(ID.slice(1))).toBe(false);
  });
  it('finds nothing wrong with a whole one, and sends only what was filled in', () => {
    expect(errorsOf(filled())).toEqual({});
    expect(bodyOf(filled())).toEqual({
      item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '张桂芳', document: { kind: 'resident_id', number: ID }, channel: 'window', phone: '13812345678',
    });
    expect(bodyOf({ ...filled(), noPhone: true })).not.toHaveProperty('phone');
    expect(bodyOf({ ...filled(), toBring: ['户口本'] })).toHaveProperty('to_bring', ['户口本']);
  });
  it('says how many digits a phone has, and does without one', () => {
    expect(errorsOf({ ...filled(), phone: '1381234567' }).phone).toContain('现为 10 位');
    expect(errorsOf({ ...filled(), phone: '1381234567', noPhone: true })).toEqual({});
    expect(errorsOf({ ...filled(), phone: '0353-5151234' })).toEqual({});
  });
  it('checks digits only of numbers that have them', () => {
    expect(errorsOf({ ...filled(), kind: 'passport', number: 'E12345678' })).toEqual({});
    expect(errorsOf({ ...filled(), number: '123' }).number).toContain('校验不符');
    expect(Object.keys(errorsOf(emptyForm())).sort()).toEqual(['item', 'name', 'number', 'phone', 'window']);
  });
  it('masks a number, and tells an age on its day', () => {
    expect(maskedNumber(ID)).toBe('1403**********0013');
    expect(ageOf(ID, '2026-03-06')).toBe(35);
    expect(ageOf(ID, '2026-03-07')).toBe(36);
    expect(ageOf('E12345678', '2026-03-07')).toBeUndefined();
  });
  it('groups a mobile number to be read back, and leaves any other as it is', () => {
    expect(groupedPhone('13812345678')).toBe('138 1234 5678');
    for (const other of ['', '1381234567', '0353-5151234', '138 1234 5678']) expect(groupedPhone(other)).toBe(other);
  });
});
