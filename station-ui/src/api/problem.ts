// A refusal of the node, as it wrote it; status 0 when no answer came, and nobody knows what was saved.
import type { ProblemBody } from './types';

export type ProblemCode = ProblemBody['code'] | 'NoAnswer';

// A wish with a key, which is safe to repeat; one without; a question; a call; another act at a window.
export type Unanswered = '' | 'unkeyed' | 'read' | 'call' | 'act';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly field: string,
    readonly title: string,
    readonly hint: string,
    readonly retryAfterS: number,
    readonly titleEn = title,
    readonly hintEn = hint,
  ) {
    super(code);
    this.name = 'Problem';
  }

  static of(body: ProblemBody): Problem {
    return new Problem(body.status, body.code, body.field, body.title, body.hint, body.retry_after_s ?? 0, body.title_en, body.hint_en);
  }

  // `field` says of what, for the words about it.
  static noAnswer(field: Unanswered = ''): Problem {
    return new Problem(0, 'NoAnswer', field, '', '', 0);
  }

  get isLock(): boolean { return this.code === 'Denied' && this.field === 'lock'; }
  get isSignedOut(): boolean { return this.status === 401 && this.field === 'yz_sid'; }
}

export const asProblem = (error: unknown): Problem => (error instanceof Problem ? error : Problem.noAnswer());
