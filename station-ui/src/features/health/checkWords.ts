// What is said of a health check: the same words as `yizhan doctor` has, which are made of these texts.
import type { Answer } from '@/api';
import { healthText } from '@/i18n/health';

export type Check = Answer<'health'>['checks'][number];

export const titleOf = (check: Check): string => healthText(`check.${check.id}`) ?? check.id;
// Empty: nothing was looked at.
export const foundWords = (check: Check): string => healthText(`found.${check.id}.${check.found}`, check.with) ?? '';

// Of this very finding when it has its own, else of the check; none for what is well.
export function remedyWords(check: Check): string {
  if (check.verdict === 'ok') return '';
  return healthText(`remedy.${check.id}.${check.found}`, check.with) ?? healthText(`remedy.${check.id}`, check.with) ?? '';
}
