// What is said of a health check: the same words as `yizhan doctor` has, which are made of these texts.
import type { Answer } from '@/api';
import { hasText, tOf } from '@/i18n';

export type Check = Answer<'health'>['checks'][number];

// Empty: nothing was looked at.
export const foundWords = (check: Check): string =>
  (hasText(`found.${check.id}.${check.found}`) ? tOf('found', `${check.id}.${check.found}`, check.with) : '');

// Of this very finding when it has its own, else of the check; none for what is well.
export function remedyWords(check: Check): string {
  if (check.verdict === 'ok') return '';
  const own = `${check.id}.${check.found}`;
  const key = hasText(`remedy.${own}`) ? own : check.id;
  return hasText(`remedy.${key}`) ? tOf('remedy', key, check.with) : '';
}
