import { afterEach, describe, expect, it } from 'vitest';
import { NEVER, namesIn } from '@/spec/texts';
import en from './health.en.json';
import { healthText } from './health';
import zh from './health.zh-CN.json';
import { setLocale } from './index';

afterEach(() => setLocale('zh-CN'));

describe('texts of the health checks', () => {
  it('are there in both languages, with the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of Object.entries(zh)) expect(namesIn((en as Record<string, string>)[key] ?? ''), key).toEqual(namesIn(text));
  });

  it('are not empty, English ones hold no Chinese, and none claims what cannot be known', () => {
    for (const [key, text] of Object.entries(en)) expect(text.trim() === '' || /[\u3400-\u9fff]/.test(text), key).toBe(false);
    for (const [key, text] of Object.entries(zh)) {
      for (const phrase of NEVER) expect(text.includes(phrase), `${key}: ${text}`).toBe(false);
    }
  });

  it('are filled in the language of the page', async () => {
    expect(healthText('found.ST-02.full', { free: '3 MB' })).toBe('只有 3 MB');
    expect(healthText('found.ST-02.full')).toBe('只有 {free}');
    await setLocale('en');
    expect(healthText('found.ST-02.full', { free: '3 MB' })).toBe('only 3 MB');
    expect(healthText('found.XX-99.odd')).toBeNull();
  });
});
