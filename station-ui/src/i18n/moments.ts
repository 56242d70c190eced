// Times as the counter says them. The station lives in one time zone, UTC+8, whatever the machine thinks.
import { locale, t } from './index';

const OFFSET_MS = 8 * 3_600_000;
const two = (value: number): string => String(value).padStart(2, '0');
const local = (ms: number): Date => new Date(ms + OFFSET_MS);

export const dateOf = (ms: number): string => local(ms).toISOString().slice(0, 10);
export const clockOf = (ms: number): string => local(ms).toISOString().slice(11, 16);
export const secondsOf = (ms: number): string => local(ms).toISOString().slice(11, 19);
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();

// 3月5日, or Mar 5.
export function dayText(date: string): string {
  const [, month = '', day = ''] = date.split('-');
  const name = new Intl.DateTimeFormat(locale.value, { month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  return t('app.day', { month: Number(month), name, day: Number(day) });
}

const weekday = (date: string, form: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(locale.value, { weekday: form, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
export const weekdayText = (date: string): string => weekday(date, 'short'); // 周四
export const weekdayLong = (date: string): string => weekday(date, 'long'); // 星期四

// 10:42 today, else 3月2日 18:20.
export function momentText(ms: number, nowMs: number): string {
  const time = clockOf(ms);
  return dateOf(ms) === dateOf(nowMs) ? time : `${dayText(dateOf(ms))} ${time}`;
}

// 04:31, or 1:04:31 from an hour on.
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest : `${Math.floor(seconds / 3600)}:${rest}`;
}

export const joined = (...parts: (string | null | undefined | false)[]): string =>
  parts.filter((part): part is string => typeof part === 'string' && part !== '').join(t('app.separator'));
