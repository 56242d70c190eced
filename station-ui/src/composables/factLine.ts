// One line for who helps from afar: a name, then facts that need no translation.
export const factLine = (name: string, facts: Record<string, unknown>): string =>
  [name, ...Object.entries(facts).map(([key, value]) => `${key}=${String(value ?? '?')}`)].join(' ');
