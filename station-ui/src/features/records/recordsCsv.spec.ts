import { afterEach, describe, expect, it } from 'vitest';
import { setLocale } from '@/i18n';
import { recordsCsv } from './recordsCsv';

const row = (more = {}) => ({ id: 'a', number: '140311100-1126-0001-8', item: 'SB-0101', date: '2026-03-05', window: '09:30', name: '张*', agent: null, phone_tail: '0137', life: 'confirmed', rung: 'saved', station: '1403', ...more }) as never;
const names = { itemOf: () => '城乡居民养老保险参保登记', stationOf: () => '荫营镇' };
const lines = (...rows: never[]) => recordsCsv(rows, names).split('\r\n');
afterEach(() => setLocale('zh-CN'));

describe('the list as a file', () => {
  it('begins with its mark, names its columns, and ends each line', () => {
    expect(recordsCsv([row()], names)).toBe('\uFEFF站点,预约号,姓名,代办人,手机,事项,日期,时段,业务状态,传输\r\n'
      + '荫营镇,140311100-1126-0001-8,张*,,…0137,城乡居民养老保险参保登记,2026-03-05,09:30,已确认,已存本机\r\n');
  });

  it('keeps rare characters whole', () => {
    expect(lines(row({ name: '𬭎*' }))[1]).toContain(',𬭎*,');
  });

  it.each(['=', '+', '-', '@', '\t'])('makes no formula of what begins with %j', (sign) => {
    expect(lines(row({ name: `${sign}c*` }))[1]).toContain(`,'${sign}c*,`);
  });

  it('quotes what holds a comma or a quote', () => {
    expect(lines(row({ name: 'a,"b*' }))[1]).toContain(',"a,""b*",');
  });

  it('speaks the language of the page', async () => {
    await setLocale('en');
    expect(/[\u3400-\u9fff]/.test(lines()[0] ?? '')).toBe(false);
  });
});
