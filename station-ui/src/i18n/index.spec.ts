import { describe, expect, it } from 'vitest';
import { NEVER, namesIn as names } from '@/spec/texts';
import en from './en.json';
import { setLocale, t, tOf } from './index';
import zh from './zh-CN.json';

const sources = import.meta.glob<string>(['/src/**/*.{ts,vue}', '!/src/**/*.spec.ts', '!/src/api/generated/**'], { query: '?raw', import: 'default', eager: true });

describe('texts', () => {
  it('are there in both languages, with the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    for (const [key, text] of Object.entries(zh)) {
      expect(names((en as Record<string, string>)[key] ?? '').filter((name) => name !== 'name' || key !== 'app.day'), key)
        .toEqual(names(text).filter((name) => name !== 'month' || key !== 'app.day'));
    }
  });

  it('are not empty, and English ones hold no Chinese but names of the standard', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(text.trim() === '' && key !== 'app.separator', key).toBe(false);
      if (key !== 'app.language') expect(/[\u3400-\u9fff]/.test(text), `${key}: ${text}`).toBe(false);
    }
  });

  it('never claim what cannot be known', () => {
    for (const [key, text] of Object.entries(zh)) {
      for (const phrase of NEVER) expect(text.includes(phrase), `${key}: ${text}`).toBe(false);
    }
  });

  it('are all used, and nothing else is asked for', () => {
    const all = Object.values(sources).join('\n');
    const groups = new Set([...all.matchAll(/(?:tOf\(\s*'|`)([\w.]+?)(?:'|\.\$\{)/g)].map((match) => match[1]));
    for (const key of Object.keys(zh)) {
      const group = key.slice(0, key.indexOf('.'));
      expect(all.includes(`'${key}'`) || groups.has(group), `${key} is never shown`).toBe(true);
    }
  });

  it('change with the language, and come back', async () => {
    expect(t('chip.sending', { pending: 12 })).toBe('已连通 · 正在上报，剩 12 条');
    await setLocale('en');
    expect(t('chip.sending', { pending: 12 })).toBe('Connected · 12 left to send');
    expect(document.documentElement.lang).toBe('en');
    await setLocale('zh-CN');
    expect(tOf('role', 'lead')).toBe('站长');
    expect(tOf('role', 'unheard_of')).toBe('unheard_of');
  });
});
