// Texts by key. zh-CN is the original, and its keys are the type: a wrong key does not compile.
// The other language comes only when it is asked for.
import { ref, shallowRef } from 'vue';
import zh from './zh-CN.json';

export type TextKey = keyof typeof zh;
export type Locale = 'zh-CN' | 'en';
type Texts = Record<string, string>;

const KEPT = 'yz-locale';
const texts = shallowRef<Texts>(zh);
export const locale = ref<Locale>('zh-CN');

export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const text = texts.value[key] ?? zh[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

// A key that is put together at run time, e.g. `life.` + the life of a record; the key itself when unknown.
export function tOf(group: string, value: string, values: Record<string, string | number> = {}): string {
  const key = `${group}.${value}`;
  return key in zh ? t(key as TextKey, values) : value;
}

export const hasText = (key: string): key is TextKey => key in zh;

export async function setLocale(wanted: Locale): Promise<void> {
  texts.value = wanted === 'zh-CN' ? zh : (await import('./en.json')).default;
  locale.value = wanted;
  document.documentElement.lang = wanted;
  localStorage.setItem(KEPT, wanted);
}

export async function startLocale(): Promise<void> {
  if (localStorage.getItem(KEPT) === 'en') await setLocale('en');
}
