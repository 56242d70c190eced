import { describe, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { figuresOf } from './figures';

const totals = {
  booked: 9, confirmed: 7, waitlisted: 0, arrived: 6, finished: 20, off_hours: 15, off_noon: 5, off_flex: 4, off_overtime: 3, off_weekend: 2, off_holiday: 1,
  average_wait_min: 11, rated: 0, l5: 0, l4: 0, l3: 0, l2: 0, l1: 0,
};
const whole = (more = {}, mark = '') => figuresOf({ ...totals, ...more }, (count) => `${count}${mark}`, mark);
const partsOf = (name: string, more = {}) => whole(more).find((each) => each.name === name)?.parts?.map((part) => `${part.name} ${part.value}`);

describe('the figures of a day', () => {
  it('are the bookings, who came, who was served, and the wait', () => {
    expect(whole().map(({ name, value }) => `${name} ${value}`)).toEqual(['预约 9', '预约到场 6', '办结 20', '无休办件 15', '平均等候 11 分']);
  });

  it('name the certain bookings, and a waitlist only where somebody waits', () => {
    expect(partsOf('预约')).toEqual(['已确认 7']);
    expect(partsOf('预约', { waitlisted: 2 })).toEqual(['已确认 7', '候补 2']);
  });

  it('name every kind of off-hours service, those of which there was none too', () => {
    expect(partsOf('无休办件', { off_weekend: 0 })).toEqual(['午间 5', '早晚错时 4', '延时 3', '周末 0', '节假日 1']);
  });

  it('carry the mark of what is not complete, and give no average of nobody', () => {
    expect(whole({}, '*').map(({ value }) => value)).toEqual(['9*', '6*', '20*', '15*', '11 分*']);
    expect(whole({ average_wait_min: null }, '*').at(-1)?.value).toBe('—');
  });

  it('have their English', async () => {
    await setLocale('en');
    expect(partsOf('Off hours')).toEqual(['Noon 5', 'Flexible 4', 'Overtime 3', 'Weekend 2', 'Holiday 1']);
    await setLocale('zh-CN');
  });
});
