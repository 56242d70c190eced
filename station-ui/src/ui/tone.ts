export type Tone = 'ok' | 'primary' | 'wait' | 'warn' | 'danger' | 'prov';
