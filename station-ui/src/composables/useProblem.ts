// A problem as staff read it: what happened, was anything saved, what to do now, and a code.
import { Problem } from '@/api';
import { hasText, locale, t, type TextKey } from '@/i18n';

// The code of the catalogue for a problem of the node; the node's own name where the catalogue has none.
const CATALOGUE: Partial<Record<Problem['code'], string>> = {
  StorageFull: 'STO-01', StorageIo: 'STO-01', StorageCorrupt: 'STO-02', NoCapacity: 'CAP-01', Unreachable: 'NET-01', NoAnswer: 'NET-02',
};
const BY_FIELD: Record<string, string> = {
  'Denied/secret': 'AUT-01', 'Denied/staff': 'AUT-02', 'Throttled/secret': 'AUT-01', 'Expired/window': 'OFF-01', 'Expired/date': 'OFF-01',
};

export const codeOf = (problem: Problem): string =>
  BY_FIELD[`${problem.code}/${problem.field}`] ?? CATALOGUE[problem.code] ?? problem.code;

const textAt = (...keys: string[]): string | undefined => {
  const key = keys.find(hasText);
  return key === undefined ? undefined : t(key as TextKey);
};

export interface ProblemText { title: string; hint: string; code: string }

// The node writes in both languages; where no answer came, the page has its own words.
export function problemText(problem: Problem): ProblemText {
  const code = codeOf(problem);
  if (problem.status !== 0) return locale.value === 'zh-CN' ? { title: problem.title, hint: problem.hint, code } : { title: problem.titleEn, hint: problem.hintEn, code };
  const title = textAt(`problem.${problem.code}.${problem.field}.title`, `problem.${problem.code}`) ?? t('problem.other');
  const hint = textAt(`problem.${problem.code}.${problem.field}`, `problem.${problem.code}.hint`) ?? t('problem.other.hint');
  return { title, hint, code };
}

// Beside the field that it is about: what to do, and the code where the catalogue has one.
export function hintOf(problem: Problem): string {
  const { hint, code } = problemText(problem);
  return code === problem.code ? hint : t('problem.hint', { hint, code });
}

export function problemLine(problem: Problem): string {
  const { title, hint, code } = problemText(problem);
  return t('problem.line', { title, hint, code });
}
