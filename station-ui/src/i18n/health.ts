// Texts of the health checks, which only one page and the commands of the node need: apart from the others, so
// that the hall's screens do not load them. node/doctor makes the words of `yizhan doctor` of the same files.
import en from './health.en.json';
import zh from './health.zh-CN.json';
import { locale } from './index';

type Texts = Record<string, string>;

// Null: there is no such text.
export function healthText(key: string, values: Record<string, string> = {}): string | null {
  const text = ((locale.value === 'en' ? en : zh) as Texts)[key];
  return text?.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole) ?? null;
}
